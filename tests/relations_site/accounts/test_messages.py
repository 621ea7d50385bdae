"""What the desk tells is told to the one whom it was for, without a write to the database."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from record.models import Source
from tests import people
from tests.factories import SourceFactory
from tests.record.history.test_versions import address_of
from tests.record.test_admin import form_of

pytestmark = pytest.mark.django_db
WORDS = "Working title"


def saved(client):
    """An editor, logged in, whose save was answered and whose next page was never opened."""
    client.force_login(people.editor())
    address = address_of(SourceFactory(language="en"))
    sent = form_of(client, address) | {"title": WORDS}
    with CaptureQueriesContext(connection) as queries:
        assert client.post(address, sent).status_code == 302
    assert Source.objects.filter(title=WORDS).exists()
    return [row["sql"] for row in queries.captured_queries if row["sql"].startswith('UPDATE "django_session"')]


def test_saved_row_is_named_on_the_next_page_once_and_no_session_is_written(client):
    assert saved(client) == []
    assert [client.get("/admin/").content.decode().count(WORDS + "</a>” was changed") for _ in range(2)] == [1, 0]


def test_next_account_in_the_same_browser_is_not_told_of_it(client):
    saved(client)
    del client.cookies[settings.SESSION_COOKIE_NAME]
    client.force_login(people.person("another", "administrator"))
    page = client.get("/admin/")
    assert (page.status_code, list(page.context["messages"])) == (200, [])
