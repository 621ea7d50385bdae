"""Counts from bits are the counts that the database gives, at every question and after every kind of change."""

import datetime
import random
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cooperation.derived import refresh_agreement
from cooperation.filters import AgreementListing, InitiativeListing
from cooperation.models import Agreement, Initiative
from events.filters import EventListing
from events.models import Event, Participant
from record import answers, counting, inverted, kept, publishing
from record.inverted import index as index_module
from record.inverted import journal, watching
from record.inverted.index import Index
from record.models import Person, Place, Topic
from relations_site import glance
from relations_site.atlas.listing import MapListing, PlacePage
from relations_site.joint import JointListing
from relations_site.timeline import TimelineListing
from tests.behind_cache import Site
from tests.factories import AgreementFactory, EventFactory, PersonFactory, PlaceFactory, TopicFactory

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))
from corpus import Filler  # noqa: E402

pytestmark = pytest.mark.django_db
LISTS = {"events": EventListing, "agreements": AgreementListing, "initiatives": InitiativeListing, "all kinds": JointListing}


@pytest.fixture
def followed():
    """The indexes follow what the test writes."""
    with inverted.within_transaction():
        yield


def both(listing, question=""):
    """The counts of a question, from bits and from the database."""
    with kept.Generation().entered():
        own = listing(QueryDict(question))
        assert own.is_answerable, own.form.errors
        with own.answering() as narrowed:
            assert narrowed == own.marked
            bits = counting.counts(own.tallied(narrowed))
        assert own.counts == bits
    return bits, counting.counts(own.tallied(own.narrowed))


def questions(listing, number, chance):
    """Questions put together by chance from everything that a list offers."""
    own = listing(QueryDict(""))
    offered = [(name, str(value)) for name in own.facets for value, _label in own._offered[name]]
    bounds = [(name, day) for name in ("after", "before") for day in ("1995", "2012", "2018-06", "2022-05-24", "2024", "2030")]
    others = [("q", "trade"), ("q", "E1"), ("q", "сотрудничество"), ("sort", "oldest"), ("page", "2")]
    others += {AgreementListing: [("date", "in-force"), ("date", "ended")], JointListing: [("where", "unknown")]}.get(listing, [])
    for _ in range(number):
        asked = chance.sample(offered, chance.randint(0, 3)) + chance.sample(bounds, chance.randint(0, 2))
        asked += chance.sample(others, chance.randint(0, 1))
        question = QueryDict(mutable=True)
        for name, value in asked:
            question.appendlist(name, value)
        if listing(question).is_answerable:
            yield question.urlencode()


@pytest.mark.parametrize("name", LISTS)
def test_every_question_has_the_counts_of_the_database(followed, name):
    Filler(300).fill()
    asked = ["", *questions(LISTS[name], 60, random.Random(name))]
    assert len(asked) > 30
    found = {question: both(LISTS[name], question) for question in asked}
    assert {question: bits for question, (bits, _rows) in found.items()} == {question: rows for question, (_bits, rows) in found.items()}
    assert sum(bits["", ""] > 0 for bits, _rows in found.values()) > 10


@pytest.mark.parametrize("name", ["events", "agreements", "initiatives"])
def test_every_page_has_the_rows_of_the_database_in_its_order(followed, name):
    Filler(300).fill()
    listing, compared = LISTS[name], 0
    for question in ["", "sort=oldest", *questions(listing, 40, random.Random(name))]:
        own = listing(QueryDict(question))
        whole = list(own.in_order(own.narrowed()).values_list("pk", flat=True))
        with kept.Generation().entered():
            own = listing(QueryDict(question))
            assert own.order in own.FOLLOWED_ORDERS
            for start, stop in ((0, 30), (30, 60), (max(0, len(whole) - 7), len(whole)), (len(whole), len(whole) + 30), (2, 5)):
                assert own.keys_between(start, stop) == whole[start:stop], (question, start, stop)
                compared += bool(whole[start:stop])
    assert compared > 25


def told():
    """Everything else that pages count or order, of all entries and of narrowed ones."""
    today = datetime.date(2024, 8, 23)
    found = {
        "numbers": glance.numbers(),
        "statuses": {str(status): number for status, number in glance.statuses().items()},
        "standing": glance.standing_initiatives(),
        "strip": glance.strip(),
        "coming": [event.pk for day in (today, datetime.date(2020, 1, 1)) for event in glance.coming(on=day)],
        "on this day": [[event.pk for event in glance.on_this_day(on=today + datetime.timedelta(days=n))] for n in range(366)],
    }
    for question in (
        "",
        "topic=trade",
        "after=2020&letter=E&letter=A",
        "where=unknown",
        "q=visit",
        "year=2022",
        "year=undated",
        "place=baku&sort=oldest",
    ):
        timeline, atlas = TimelineListing(QueryDict(question)), MapListing(QueryDict(question.replace("year=2022", "after=2022")))
        assert timeline.is_answerable
        assert atlas.is_answerable
        page = PlacePage(atlas)
        found[question] = (
            timeline.totals, timeline.strip, timeline.total, [(row.kind.letter, row.entry.pk) for row in timeline.between(0, 40)],
            [(one.slug, one.counts, [(row.kind.letter, row.entry.pk) for row in one.rows]) for one in page.rows], atlas.without_place,
            {name: timeline._offered[name] for name in timeline.facets},
        )  # fmt: skip
    return found


def test_home_timeline_and_map_say_what_the_database_says(followed):
    Filler(300).fill()
    EventFactory(published=True, date="2024-05-04/2024-12-05", title_en="Long")
    EventFactory(published=True, date="2019-08-23", title_en="This day")
    EventFactory(published=True, date="", title_en="Undated")
    rows = told()
    with kept.Generation().entered(), CaptureQueriesContext(connection) as asked:
        bits = told()
    assert [question["sql"] for question in asked if "record_journalline" in question["sql"]]
    assert rows.keys() == bits.keys()
    assert {key: said for key, said in bits.items() if said != rows[key]} == {}
    assert any(rows["on this day"])
    assert rows["coming"]


def raw(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def an_event():
    return Event.objects.public().filter(topics__isnull=False, place__isnull=False, participants__person__isnull=False).first()


def an_agreement():
    return Agreement.objects.public().filter(phases__status="in-force").first()


def is_saved():
    event = an_event()
    event.kind, event.date, event.place = "exhibition-or-festival", "1999-03", Place.objects.exclude(pk=event.place_id).first()
    event.save()


def is_withdrawn():
    publishing.withdraw(an_event(), by=None, reason="Published by mistake.")


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


def is_changed_by_another_program():
    raw("UPDATE events_event SET level = 'regions', state = 'published' WHERE id = %s", an_event().pk)
    raw("UPDATE cooperation_initiative SET status = 'cancelled' WHERE id = %s", Initiative.objects.public().first().pk)


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


def test_without_the_journal_the_change_would_be_missed(followed):
    both(EventListing)
    drop_triggers()
    is_changed_by_another_program()
    bits, rows = both(EventListing)
    assert bits != rows


def drop_triggers():
    """As no program of ours does it: nobody is told."""
    with connection.cursor() as cursor:
        for name, table in journal._present().items():
            journal._drop(cursor, name, table)


def test_what_is_read_anew_without_the_journal_is_counted_by_the_database(followed):
    journal.forget()
    with kept.Generation().entered(), inverted.following([EventListing]) as follows:
        assert not follows
    assert EventListing(QueryDict("")).total == Event.objects.public().count()


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


def once(monkeypatch, owner, name, change):
    """Let a change be committed right after the first call of something, before whatever comes next."""
    call, made = getattr(owner, name), []

    def changed(*given, **named):
        found = call(*given, **named)
        if not made:
            made.append(1)
            change()
        return found

    monkeypatch.setattr(owner, name, changed)


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


def is_saved_as_an_exhibition():
    Event.objects.filter(pk=Event.objects.public().exclude(kind="exhibition-or-festival").first().pk).update(kind="exhibition-or-festival")


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


def both_or_rows(listing):
    """The counts that a reader gets, whoever counts, and those of the database."""
    with kept.Generation().entered():
        own = listing(QueryDict(""))
        assert own.is_answerable
        return own.counts, counting.counts(own.tallied(own.narrowed))


def test_withdrawn_while_a_migration_runs_and_after_one_that_failed(followed):
    """Triggers are away then, and nobody is told what is touched."""
    both(EventListing)
    watching.before_migration(plan=["one"], using="default")
    is_withdrawn()
    bits, rows = both_or_rows(EventListing)
    assert bits == rows
    raw("UPDATE events_event SET state = 'draft' WHERE id = %s", an_event().pk)
    bits, rows = both_or_rows(EventListing)
    assert bits == rows


def test_triggers_that_are_taken_away_while_everything_is_read_are_missed(followed, monkeypatch):
    once(monkeypatch, journal, "watches", drop_triggers)
    with kept.Generation().entered(), inverted.following([EventListing]) as follows:
        assert not follows


def test_journal_that_went_back_is_noticed(followed):
    """As after `flush`, which empties it and begins to count anew."""
    both(EventListing)
    journal.forget()
    raw("DELETE FROM record_journalline")
    Event.objects.update(kind="exhibition-or-festival")
    journal.watch(watching.watched())
    if connection.vendor == "postgresql":
        journal.everything()
    else:
        raw("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'record_journalline'")
    bits, rows = both_or_rows(EventListing)
    assert bits == rows


def test_changed_key_is_a_touched_row(followed):
    both(EventListing)
    event = EventFactory(published=True)
    both(EventListing)
    raw("DELETE FROM events_event_topics WHERE event_id = %s", event.pk)
    lines = journal.horizon()
    raw("UPDATE record_topic SET id = 900000 WHERE id = %s", TopicFactory(slug="moved", name_en="Moved").pk)
    assert {key for _line, table, key in journal.lines(lines, ["record_topic"], 100) if table} >= {900000}


def test_note_for_editors_leaves_the_counts_alone_and_a_kind_does_not(followed):
    """What touches nothing that lists count leaves their pages standing."""
    event = an_event()
    lines = journal.horizon()
    Event.objects.filter(pk=event.pk).update(editor_note="Ask the archive.", caveat_en="The hour is not known.")
    assert not [
        line for line in journal.lines(lines, ["events_event"], 9999) if line[2] == event.pk and line[1] == "events_event" and is_new(line)
    ]
    Event.objects.filter(pk=event.pk).update(kind="exhibition-or-festival")
    assert [key for _line, _table, key in journal.lines(lines, ["events_event"], 9999)][-1:] == [event.pk]


def is_new(line):
    """On PostgreSQL the lines of this transaction are always asked for."""
    return connection.vendor == "sqlite"


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


def test_within_a_transaction_of_ones_own_the_database_counts():
    """What is not committed may never be."""
    with kept.Generation().entered(), inverted.following([EventListing]) as follows:
        assert not follows


def test_old_lines_are_forgotten_and_new_ones_are_not():
    raw("UPDATE record_journalline SET noted_at = %s", timezone.now() - datetime.timedelta(days=journal.KEPT_DAYS, hours=1))
    event = an_event()
    Event.objects.filter(pk=event.pk).update(kind="exhibition-or-festival")
    assert journal.tidy()
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT DISTINCT "table", key FROM {journal.TABLE}')
        assert cursor.fetchall() == [("events_event", event.pk)]


def test_migration_takes_the_triggers_away_and_brings_them_back_and_everything_counts_as_touched(followed):
    both(EventListing)
    watching.before_migration(plan=["one"], using="default")
    assert not journal.watches(watching.watched())
    raw("UPDATE events_event SET kind = 'exhibition-or-festival'")
    watching.after_migration(plan=["one"], using="default")
    assert journal.watches(watching.watched())
    bits, rows = both(EventListing)
    assert bits == rows
    assert bits["kind", "exhibition-or-festival"] == bits["", ""]


def test_agreement_as_of_a_day_is_counted_by_the_database(followed):
    AgreementFactory(published=True)
    assert AgreementListing(QueryDict("on=2015")).indexed == []
    assert AgreementListing(QueryDict("")).indexed == [AgreementListing]
    PlaceFactory(slug="nowhere", name_en="Nowhere")
    assert ("place", "nowhere") not in both(AgreementListing)[0]


def test_check_record_tells_of_missing_triggers_and_brings_them_back(followed, capsys):
    journal.forget()
    with pytest.raises(CommandError):
        call_command("check_record")
    assert "triggers of the journal" in capsys.readouterr().out
    call_command("check_record", mend=True)
    call_command("check_record")


def test_rebuild_index_lets_everything_be_read_anew(followed):
    """After changes that no trigger saw."""
    both(EventListing)
    drop_triggers()
    raw("UPDATE events_event SET kind = 'exhibition-or-festival'")
    journal.watch(watching.watched())
    bits, rows = both(EventListing)
    assert bits != rows
    call_command("rebuild_index", verbosity=0)
    bits, rows = both(EventListing)
    assert bits == rows
