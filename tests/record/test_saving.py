"""What a page of the desk costs does not grow with the record, and a save does each thing once."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Event
from record import doubles, history, search
from record.models import SearchEntry
from tests import factories
from tests.record.test_admin import form_of

REFERENCES = ("record_person", "record_place", "record_organisation", "record_topic", "record_source", "events_event")


def asked_of(context, table):
    return [row["sql"] for row in context.captured_queries if f'FROM "{table}"' in row["sql"]]


@pytest.mark.django_db
def test_form_of_an_entry_never_goes_through_a_table_of_references(admin_client):
    event = factories.EventFactory(place=factories.PlaceFactory())
    event.participants.create(person=factories.PersonFactory())
    with CaptureQueriesContext(connection) as queries:
        admin_client.get(reverse("admin:events_event_change", args=[event.pk]))
    unbounded = [sql for table in REFERENCES for sql in asked_of(queries, table) if not re.search(r"\bWHERE\b|\bLIMIT\b", sql)]
    assert unbounded == []


@pytest.mark.django_db
def test_save_writes_a_row_into_the_index_once(admin_client):
    event = factories.EventFactory(published=True)
    address = reverse("admin:events_event_change", args=[event.pk])
    with CaptureQueriesContext(connection) as queries:
        admin_client.post(address, form_of(admin_client, address) | {"title_en": "Exchange of surveyors", "_save": "Save"})
    written = [row["sql"] for row in queries.captured_queries if row["sql"].startswith('INSERT INTO "record_searchentry"')]
    assert (len(written), SearchEntry.objects.get(kind="event", object_id=event.pk).title.count("surveyor")) == (1, 1)


@pytest.mark.django_db
def test_index_follows_whatever_is_saved_last_within_a_version():
    event = factories.EventFactory(published=True)
    with history.version():
        event.title_en = "Exchange of surveyors"
        event.save()
        event.title_en = "Exchange of cartographers"
        event.save()
        assert not search.ask("cartographers").found(SearchEntry.objects.all()).exists()
    assert search.ask("cartographers").found(SearchEntry.objects.all()).get().object_id == event.pk


@pytest.mark.django_db
def test_what_is_compared_is_compared_again_when_it_changes_and_only_then(admin_client):
    first = factories.EventFactory(title_en="Exchange of surveyors of the state border", date="2024-03-05")
    second = factories.EventFactory(title_en="Something else altogether", date="2024-03-05")
    address = reverse("admin:events_event_change", args=[second.pk])

    def saved(**changed):
        with CaptureQueriesContext(connection) as queries:
            admin_client.post(address, form_of(admin_client, address) | changed | {"_save": "Save"})
        return len(queries), doubles.waiting(Event)

    few, waiting = saved(editor_note="Asked for the communiqué.")
    assert not Event.objects.filter(waiting).exists()
    many, waiting = saved(title_en=first.title_en)
    assert set(Event.objects.filter(waiting)) == {first, second}
    assert few < many


@pytest.mark.django_db
def test_note_among_editors_leaves_alone_when_readers_were_last_told_something_else(admin_client):
    event = factories.EventFactory(published=True)
    address = reverse("admin:events_event_change", args=[event.pk])

    def saved(**changed):
        before = Event.objects.get(pk=event.pk)
        admin_client.post(address, form_of(admin_client, address) | changed | {"_save": "Save"})
        after = Event.objects.get(pk=event.pk)
        return after.version - before.version, after.modified_at > before.modified_at

    assert saved(editor_note="Asked for the communiqué.") == (1, False)
    assert Event.objects.get(pk=event.pk).editor_note == "Asked for the communiqué."
    assert saved() == (0, False)
    # What stands below is seen by readers, whatever is noted beside it.
    assert saved(editor_note="Came.", **{"citations-0-locator": "7"}) == (1, True)
    assert saved(editor_note="Read.", caveat_en="The hour is not known.") == (1, True)


@pytest.mark.parametrize(
    ("name", "compared"),
    [("title_uz", True), ("date", True), ("place", True), ("kind", True), ("ordinal", True), ("editor_note", False), ("body_en", False)],
)
def test_fields_of_a_look(name, compared):
    assert doubles.is_compared(Event, ["checked_on", name]) is compared
