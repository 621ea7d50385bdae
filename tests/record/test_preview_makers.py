"""A preview opens no longer than the account that made it may work at the desk."""

import re

import pytest
from django.contrib.auth.models import User

from record import previews
from record.models import PreviewLink
from tests import people
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


def made_by(user, hours=1):
    entry = EventFactory(title_en="The visit itself")
    link, token = previews.make(entry, by=user, hours=hours)
    return entry, link, token


def test_preview_of_a_deactivated_account_is_over_and_says_so(client):
    user = people.editor()
    entry, link, token = made_by(user)
    assert client.get(f"/preview/{token}/en/").status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    answer = client.get(f"/preview/{token}/en/")
    page = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (410, "no-store, private")
    assert "The account that gave out this address is closed." in page and entry.any_title not in page
    assert previews.link_of(token) is None
    assert not PreviewLink.objects.of(entry).working().exists()
    User.objects.filter(pk=user.pk).update(is_active=True)
    assert client.get(f"/preview/{token}/en/").status_code == 200


def test_preview_that_the_site_itself_made_works(client):
    entry, _link, token = made_by(None)
    assert client.get(f"/preview/{token}/en/").status_code == 200
    assert PreviewLink.objects.of(entry).working().count() == 1


def test_deleted_account_takes_its_previews_back(client):
    user, administrator = people.editor(), people.person("chief", is_superuser=True)
    _entry, link, token = made_by(user)
    client.force_login(administrator)
    assert client.post(f"/admin/auth/user/{user.pk}/delete/", {"post": "yes"}).status_code == 302
    link.refresh_from_db()
    assert (link.made_by, link.revoked_by) == (None, administrator)
    assert re.search("This address was taken back", client.get(f"/preview/{token}/en/").content.decode())
