"""Bits follow every kind of change, also one that is committed while they are read, and time."""

import datetime
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cooperation.derived import refresh_agreement
from cooperation.models import Agreement
from events.filters import EventListing
from events.models import Event, Participant
from record import answers, inverted, publishing
from record.inverted import index as index_module
from record.inverted import journal
from record.inverted.index import Index
from record.models import Person, Place, Topic
from tests.behind_cache import Site, asked_anew
from tests.factories import EventFactory, PersonFactory, TopicFactory

sys.path.append(str(Path(__file__).resolve().parents[3] / "benchmarks"))
from corpus import Filler  # noqa: E402

from tests.relations_site.inverted.comparing import (
    LISTS,
    an_event,
    both,
    both_or_rows,
    is_changed_by_another_program,
    is_saved_as_an_exhibition,
    is_withdrawn,
    once,
    raw,
)

pytestmark = pytest.mark.django_db


def an_agreement():
    return Agreement.objects.public().filter(phases__status="in-force").first()


def is_saved():
    event = an_event()
    event.kind, event.date, event.place = "exhibition-or-festival", "1999-03", Place.objects.exclude(pk=event.place_id).first()
    event.save()


def is_published():
    publishing.publish(EventFactory(), by=None)


def is_deleted():
    EventFactory(published=True, title_en="Soon gone").delete()
    raw("DELETE FROM events_event_topics WHERE event_id = %s", an_event().pk)


def has_other_lists():
    event = an_event()
    event.topics.set([TopicFactory(slug="a-new-topic", name_en="A new topic")])
    event.participants.filter(person__isnull=False).first().delete()
    Participant.objects.create(event=event, person=PersonFactory(slug="a-new-person", name_en="A new person"))


def lines_move_to_a_draft():
    raw("UPDATE events_participant SET event_id = %s WHERE event_id = %s", EventFactory().pk, an_event().pk)


def has_another_status():
    agreement = an_agreement()
    agreement.actions.all().delete()
    refresh_agreement(agreement)


def is_called_otherwise():
    raw("UPDATE record_topic SET slug = 'renamed' WHERE id = %s", Topic.objects.filter(events__in=Event.objects.public()).first().pk)
    raw("UPDATE record_person SET slug = 'renamed' WHERE id = %s", Person.objects.filter(participations__event=an_event()).first().pk)


def comes_in_bulk():
    Filler(200).fill()


CHANGES = [
    is_saved, is_withdrawn, is_published, is_deleted, has_other_lists, lines_move_to_a_draft, is_changed_by_another_program,
    has_another_status, is_called_otherwise, comes_in_bulk,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_next_count_after_a_change_is_that_of_the_database(followed, change):
    before = {name: both(listing)[0] for name, listing in LISTS.items()}
    change()
    after = {name: both(listing) for name, listing in LISTS.items()}
    assert {name: bits for name, (bits, _rows) in after.items()} == {name: rows for name, (_bits, rows) in after.items()}
    assert {name: bits for name, (bits, _rows) in after.items()} != before


def test_scheduled_entry_is_counted_from_its_moment_on(followed):
    entry = EventFactory(published=True)
    moment = timezone.now() + datetime.timedelta(hours=2)
    Event.objects.filter(pk=entry.pk).update(publish_at=moment)
    before = both(EventListing)[0]["", ""]
    index = inverted.index_of(EventListing)
    with answers.recorded() as asked:
        asked.moment = moment - datetime.timedelta(seconds=1)
        assert len(index.public().bits) == before
        asked.moment = moment
        assert len(index.public().bits) == before + 1


@pytest.mark.parametrize("address", ["/en/", "/en/events/", "/en/timeline/", "/en/events/?kind=other"])
def test_what_is_published_while_a_page_is_made_is_on_it_or_ends_it(followed, monkeypatch, address):
    site, entry, own = Site(), EventFactory(kind="other", title_en="Came meanwhile"), asked_anew(address, 0)
    site.get(address)
    site.changes += 1
    once(monkeypatch, answers.Asked, "__init__", lambda: publishing.publish(entry, by=None))
    site.again(own)
    monkeypatch.undo()
    site.changes += 1
    assert site.again(own) == site.get(address)


def test_row_in_hand_that_was_published_after_the_moment_of_the_questions_is_public():
    with answers.recorded():
        entry = EventFactory()
        publishing.publish(entry, by=None)
        assert entry.publish_at > answers.moment()
        assert entry.is_public() and not entry.is_scheduled


def test_clock_that_is_set_back_takes_back_what_had_become_public(followed, monkeypatch):
    EventFactory(published=True)
    number = both(EventListing)[0]["", ""]
    moment = timezone.now() - datetime.timedelta(days=9)
    with monkeypatch.context() as patched:
        patched.setattr(timezone, "now", lambda: moment)
        bits, rows = both(EventListing)
        assert bits == rows
        assert bits["", ""] < number
    assert both(EventListing)[0]["", ""] == number


@pytest.mark.parametrize(
    ("owner", "name"), [(Index, "_rows"), (Index, "_slugs_of"), (Index, "_look"), (journal, "horizon"), (journal, "lines")]
)
def test_commit_during_the_first_reading_is_in_the_bits_and_in_what_the_page_rests_on(followed, monkeypatch, owner, name):
    site, address = Site(), "/en/events/?kind=exhibition-or-festival"
    once(monkeypatch, owner, name, is_saved_as_an_exhibition)
    first = site.get(address)
    site.changes += 1
    again = site.again(f"{address}&fresh={site.asked}")
    monkeypatch.undo()
    assert again == site.get(address)
    bits, rows = both(EventListing)
    assert bits == rows
    assert first


@pytest.mark.parametrize(("owner", "name"), [(journal, "lines"), (journal, "horizon"), (Index, "_rows"), (Index, "_drop")])
def test_commit_while_another_is_caught_up_with_is_not_lost(followed, monkeypatch, owner, name):
    both(EventListing)
    is_changed_by_another_program()
    once(monkeypatch, owner, name, is_saved_as_an_exhibition)
    both(EventListing)
    monkeypatch.undo()
    bits, rows = both(EventListing)
    assert bits == rows
    assert bits["kind", "exhibition-or-festival"] >= 1


def test_many_touched_rows_are_read_anew_and_never_asked_for_one_by_one(followed, monkeypatch):
    monkeypatch.setattr(index_module, "MOST_TOUCHED", 20)
    both(EventListing)
    Event.objects.update(kind="exhibition-or-festival")
    with CaptureQueriesContext(connection) as asked:
        bits, rows = both_or_rows(EventListing)
    assert bits == rows
    assert all("LIMIT" in question["sql"] for question in asked if "FROM record_journalline WHERE" in question["sql"])
    bits, rows = both_or_rows(EventListing)
    assert bits == rows


def test_list_after_a_commit_shows_counts_from_bits_and_stands_while_nothing_was_touched(followed):
    site, event = Site(), an_event()
    first = site.get("/en/events/?kind=exhibition-or-festival")
    assert "fresh" in first
    address = f"/en/events/?kind=exhibition-or-festival&fresh={site.asked}"
    site.changes += 1
    Event.objects.filter(pk=event.pk).update(editor_note="Nothing for readers.")
    assert site.again(address) == first
    assert site.from_memory
    site.changes += 1
    Event.objects.filter(pk=event.pk).update(kind="exhibition-or-festival")
    assert site.again(address) != first
    assert not site.from_memory
