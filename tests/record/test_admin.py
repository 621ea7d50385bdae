"""The editors' desk: every list and every empty form opens, and publishing refuses with its reasons."""

import pytest
from django.contrib import admin
from django.urls import reverse


@pytest.mark.django_db
def test_every_admin_page_opens(admin_client):
    names = [f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry]
    pages = [reverse(f"admin:{name}_{page}") for name in names for page in ("changelist", "add")]
    assert {page: admin_client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
