"""The journal of touched rows and its triggers: kept, missed when they are away, and brought back."""

import datetime
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from events.filters import EventListing
from events.models import Event
from record import inverted, kept
from record.inverted import journal, watching
from tests.factories import EventFactory, TopicFactory

sys.path.append(str(Path(__file__).resolve().parents[3] / "benchmarks"))
from tests.relations_site.inverted.comparing import (
    an_event,
    both,
    both_or_rows,
    drop_triggers,
    is_changed_by_another_program,
    is_withdrawn,
    once,
    raw,
)

pytestmark = pytest.mark.django_db


def test_without_the_journal_the_change_would_be_missed(followed):
    both(EventListing)
    drop_triggers()
    is_changed_by_another_program()
    bits, rows = both(EventListing)
    assert bits != rows


def test_what_is_read_anew_without_the_journal_is_counted_by_the_database(followed):
    journal.forget()
    with kept.Generation().entered(), inverted.following([EventListing]) as follows:
        assert not follows
    assert EventListing(QueryDict("")).total == Event.objects.public().count()


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
