"""Counts from bits beside those of the database, and what may happen to the record."""

import sys
from pathlib import Path

from django.db import connection
from django.http import QueryDict

from cooperation.filters import AgreementListing, InitiativeListing
from cooperation.models import Initiative
from events.filters import EventListing
from events.models import Event
from record import counting, kept, publishing
from record.inverted import journal
from relations_site.joint import JointListing

sys.path.append(str(Path(__file__).resolve().parents[3] / "benchmarks"))

LISTS = {"events": EventListing, "agreements": AgreementListing, "initiatives": InitiativeListing, "all kinds": JointListing}


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


def both_or_rows(listing):
    """The counts that a reader gets, whoever counts, and those of the database."""
    with kept.Generation().entered():
        own = listing(QueryDict(""))
        assert own.is_answerable
        return own.counts, counting.counts(own.tallied(own.narrowed))


def raw(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def an_event():
    return Event.objects.public().filter(topics__isnull=False, place__isnull=False, participants__person__isnull=False).first()


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


def is_saved_as_an_exhibition():
    Event.objects.filter(pk=Event.objects.public().exclude(kind="exhibition-or-festival").first().pk).update(kind="exhibition-or-festival")


def is_changed_by_another_program():
    raw("UPDATE events_event SET level = 'regions', state = 'published' WHERE id = %s", an_event().pk)
    raw("UPDATE cooperation_initiative SET status = 'cancelled' WHERE id = %s", Initiative.objects.public().first().pk)


def is_withdrawn():
    publishing.withdraw(an_event(), by=None, reason="Published by mistake.")


def drop_triggers():
    """As no program of ours does it: nobody is told."""
    with connection.cursor() as cursor:
        for name, table in journal._present().items():
            journal._drop(cursor, name, table)
