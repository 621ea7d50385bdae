"""What a hundred thousand entries need: every list reads from an index, in the same number of statements, in one order from both ends."""

import re
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.http import QueryDict

from events.filters import EventListing
from events.models import Event
from record.paging import Page

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))
from corpus import Filler  # noqa: E402

pytestmark = pytest.mark.django_db

ENTRIES = ("events_event", "cooperation_agreement", "cooperation_initiative")
LISTS = [
    "/en/events/", "/en/events/?page=3", "/en/events/?kind=summit", "/en/events/?topic=trade&after=2010&before=2020", "/en/events/?place=baku",
    "/en/events.json", "/en/events.json?after=2015", "/en/events.csv?kind=summit", "/en/agreements/", "/en/agreements/?status=in-force",
    "/en/agreements.json", "/en/initiatives/", "/en/initiatives/?status=completed", "/en/search/?q=trade",
]  # fmt: skip


@pytest.fixture
def full():
    """The shipped record and three hundred entries more, as the benchmarks make them, and the database knows how many there are."""
    Filler(300).fill()


def statements(client, address):
    """(SQL, parameters) of every SELECT behind a page."""
    said = []

    def note(execute, sql, params, many, context):
        if sql.lstrip().startswith(("SELECT", "WITH")):
            said.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert b"".join(client.get(address)) is not None
    return said


def scanned(sql, params):
    """The tables of entries that a statement reads from one end to the other."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            names = {alias: table for table, alias in re.findall(r'"(\w+)" (U\d+|T\d+)\b', sql)}
            plan = [row[-1] for row in cursor.fetchall()]
            whole = [match[1] for line in plan if (match := re.fullmatch(r"SCAN (\w+)", line))]
            return {names.get(name, name) for name in whole} & set(ENTRIES)
        # A small table is read whole by choice; what is still read whole when that is forbidden has no index.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}", params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
        return set(re.findall(r"Seq Scan on (\w+)", plan)) & set(ENTRIES)


@pytest.mark.parametrize("address", LISTS)
def test_list_never_reads_a_whole_table_of_entries(full, client, address):
    said = statements(client, address)
    assert any(table in sql for sql, _params in said for table in (*ENTRIES, "record_searchentry"))
    assert [(sql, found) for sql, params in said if (found := scanned(sql, params))] == []


def test_full_scan_would_be_seen(full):
    assert scanned("SELECT COUNT(*) FROM events_event WHERE editor_note = %s", ["x"]) == {"events_event"}


def test_lists_take_as_many_statements_for_six_hundred_entries_more(full, client):
    """A page of the search takes a few for each kind of row that stands on it."""
    few = {address: len(statements(client, address)) for address in LISTS if "page=" not in address and "search" not in address}
    Filler(600).fill()
    assert {address: len(statements(client, address)) for address in few} == few


@pytest.mark.parametrize("question", ["", "sort=oldest", "kind=summit", "after=2010"])
def test_every_page_is_its_part_of_the_whole_order_from_whichever_end_it_is_read(full, question):
    whole = list(EventListing(QueryDict(question)).ordered().values_list("pk", flat=True))
    last = Page(EventListing(QueryDict(question))).last
    read = [row.pk for number in range(1, last + 1) for row in Page(EventListing(QueryDict(f"{question}&page={number}"))).rows]
    assert read == whole


def test_corpus_of_the_benchmarks_holds_drafts_and_no_list_shows_one(full):
    hidden = set(Event.objects.values_list("pk", flat=True)) - set(Event.objects.public().values_list("pk", flat=True))
    assert hidden
    assert not hidden & {row.pk for row in EventListing(QueryDict("")).ordered()}
