"""The editors' desk: every list and every empty form opens, and publishing refuses with its reasons."""

import pytest
from django.contrib import admin
from django.urls import reverse

from events.models import Event
from record import publishing


@pytest.mark.django_db
def test_every_admin_page_opens(admin_client):
    names = [f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry]
    pages = [reverse(f"admin:{name}_{page}") for name in names for page in ("changelist", "add")]
    assert {page: admin_client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


@pytest.mark.django_db
def test_entry_without_a_source_cannot_be_published(admin_user):
    event = Event.objects.create(slug="visit", title_en="Visit", summary_en="A visit.", kind="summit", level="ministers")
    with pytest.raises(publishing.Refused) as refused:
        publishing.publish(event, by=admin_user)
    assert refused.value.reasons == ["It has no source: add at least one citation."]
    assert not Event.objects.public().exists()
