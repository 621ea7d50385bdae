"""Days as bits say what a comparison of each day says."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from record.inverted.days import Days

DAYS = st.dates(min_value=datetime.date.min, max_value=datetime.date.max)
ROWS = st.dictionaries(st.integers(1, 2**32 - 1), st.none() | DAYS, max_size=40)


def later(rows, day):
    return {key for key, own in rows.items() if own and own >= day}


def earlier(rows, day):
    return {key for key, own in rows.items() if own and own <= day}


@given(rows=ROWS, day=DAYS)
def test_since_and_until_are_comparisons_of_each_day(rows, day):
    held = Days()
    held.add(rows.items())
    assert set(held.since(day)) == later(rows, day)
    assert set(held.until(day)) == earlier(rows, day)


@given(rows=ROWS, data=st.data())
def test_bound_that_is_a_day_of_a_row_holds_that_row(rows, data):
    days = sorted(day for day in rows.values() if day)
    day = data.draw(st.sampled_from(days)) if days else datetime.date.max
    held = Days()
    held.add(rows.items())
    assert set(held.since(day)) == later(rows, day)
    assert set(held.until(day)) == earlier(rows, day)


@given(rows=ROWS, more=ROWS, day=DAYS)
def test_forgotten_row_may_come_back_with_another_day(rows, more, day):
    held = Days()
    held.add(rows.items())
    held.discard(list(more))
    held.add(more.items())
    assert set(held.since(day)) == later(rows | more, day)
