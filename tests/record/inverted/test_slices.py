"""Numbers as bits say what looking at each number says."""

import datetime

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from record.inverted.slices import Slices, between

DAYS = st.dates(min_value=datetime.date.min, max_value=datetime.date.max)
KEYS = st.integers(1, 2**32 - 1)
ROWS = st.dictionaries(KEYS, st.none() | DAYS, max_size=40)
NUMBERS = st.dictionaries(
    KEYS, st.tuples(st.none() | st.integers(0, 3), st.integers(0, 2**31 - 1) | st.integers(2**31, 2**63 - 1)), max_size=40
)


def held(rows):
    slices = Slices()
    slices.add(rows.items())
    return slices


def later(rows, day):
    return {key for key, own in rows.items() if own and own >= day}


def earlier(rows, day):
    return {key for key, own in rows.items() if own and own <= day}


@given(rows=ROWS, day=DAYS)
def test_since_and_until_are_comparisons_of_each_day(rows, day):
    assert set(held(rows).since(day)) == later(rows, day)
    assert set(held(rows).until(day)) == earlier(rows, day)


@given(rows=ROWS, data=st.data())
def test_bound_that_is_a_day_of_a_row_holds_that_row(rows, data):
    days = sorted(day for day in rows.values() if day)
    day = data.draw(st.sampled_from(days)) if days else datetime.date.max
    assert set(held(rows).since(day)) == later(rows, day)
    assert set(held(rows).until(day)) == earlier(rows, day)


@given(rows=ROWS, more=ROWS, day=DAYS)
def test_forgotten_row_may_come_back_with_another_day(rows, more, day):
    slices = held(rows)
    slices.discard(BitMap(more))
    slices.add(more.items())
    assert set(slices.since(day)) == later(rows | more, day)


@given(rows=ROWS)
def test_number_of_a_row_is_what_it_was_given(rows):
    assert held(rows).of(BitMap(rows)) == {key: day.toordinal() for key, day in rows.items() if day}


@given(rows=NUMBERS, places=st.tuples(st.integers(0, 45), st.integers(0, 45)), ways=st.tuples(st.booleans(), st.booleans()))
def test_rows_between_two_places_are_those_of_the_sorted_list(rows, places, ways):
    """By two numbers, each in either way; what has none stands last in both, and equals in any order."""
    start, stop = sorted(places)
    slices = [held({key: both[at] for key, both in rows.items()}) for at in (0, 1)]
    found = between(BitMap(rows), start, stop, list(zip(slices, ways, strict=True)))

    def rank(key):
        return [
            (number is None, (-number if down else number) if number is not None else 0)
            for number, down in zip(rows[key], ways, strict=True)
        ]

    assert [rank(key) for key in found] == [rank(key) for key in sorted(rows, key=rank)[start:stop]]
    assert len(set(found)) == len(found)
