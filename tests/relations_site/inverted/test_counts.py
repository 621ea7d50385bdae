"""Bits say what the database says, at every question: counts, pages, the home page, the timeline and the map."""

import datetime
import random
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from cooperation.filters import AgreementListing
from events.filters import EventListing
from record import inverted, kept
from relations_site import glance
from relations_site.atlas.listing import MapListing, PlacePage
from relations_site.joint import JointListing
from relations_site.timeline import TimelineListing
from tests.factories import AgreementFactory, EventFactory, PlaceFactory

sys.path.append(str(Path(__file__).resolve().parents[3] / "benchmarks"))
from corpus import Filler  # noqa: E402

from tests.relations_site.inverted.comparing import (
    LISTS,
    both,
)

pytestmark = pytest.mark.django_db


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


def test_agreement_as_of_a_day_is_counted_by_the_database(followed):
    AgreementFactory(published=True)
    assert AgreementListing(QueryDict("on=2015")).indexed == []
    assert AgreementListing(QueryDict("")).indexed == [AgreementListing]
    PlaceFactory(slug="nowhere", name_en="Nowhere")
    assert ("place", "nowhere") not in both(AgreementListing)[0]


def test_within_a_transaction_of_ones_own_the_database_counts():
    """What is not committed may never be."""
    with kept.Generation().entered(), inverted.following([EventListing]) as follows:
        assert not follows
