import datetime

import pytest
from django.core.exceptions import ValidationError

from cooperation.terms import Term
from record import durations

START = datetime.date(2016, 2, 29)


@pytest.mark.parametrize("text", ["P5Y", "P6M", "P30D", "P1Y6M", "P10Y2M3D"])
def test_duration_in_years_months_and_days_is_accepted(text):
    durations.validate(text)


@pytest.mark.parametrize("text", ["", "P", "5Y", "P0Y", "P0Y0M", "P-1Y", "P0.5Y", "PT5H", "P5Y\n", "P1000Y", "p5y", "P5W"])
def test_anything_else_is_refused(text):
    with pytest.raises(ValidationError):
        durations.validate(text)


@pytest.mark.parametrize(
    ("day", "duration", "times", "found"),
    [
        ("2016-02-29", "P1Y", 1, "2017-02-28"),
        ("2016-02-29", "P1Y", 4, "2020-02-29"),
        ("2024-01-31", "P1M", 1, "2024-02-29"),
        ("2024-01-31", "P1M", 2, "2024-03-31"),
        ("2023-12-31", "P6M", 1, "2024-06-30"),
        ("1997-06-18", "P5Y", 1, "2002-06-18"),
    ],
)
def test_term_ends_on_the_day_of_the_same_number_or_the_last_of_a_shorter_month(day, duration, times, found):
    assert durations.after(datetime.date.fromisoformat(day), duration, times).isoformat() == found


def test_notice_counts_back_from_the_last_day_of_the_term():
    term = Term(duration="P5Y", notice_period="P6M")
    assert term.notice_by(datetime.date(2026, 8, 31)) == datetime.date(2026, 2, 28)
    assert Term(duration="P5Y").notice_by(datetime.date(2026, 8, 31)) is None


def test_stated_end_outranks_the_duration():
    assert Term(duration="P5Y", stated_end=datetime.date(2019, 12, 31)).last_day(START) == datetime.date(2019, 12, 31)


def test_nothing_said_ends_nothing():
    assert Term().last_day(START) is None
    assert Term(duration="P5Y").last_day(None) is None
    assert Term(stated_end=START).last_day(None, extensions=1) is None


def test_automatic_renewal_turns_at_every_period_after_the_first_term():
    term = Term(duration="P5Y", renewal="automatic", renewal_period="P1Y")
    end = term.last_day(START)
    assert end == datetime.date(2021, 2, 28)
    assert list(term.turns(end, datetime.date(2020, 1, 1), datetime.date(2022, 3, 1))) == [end, datetime.date(2022, 2, 28)]
    assert list(term.turns(end, datetime.date(2026, 11, 24), datetime.date(2027, 12, 31))) == [datetime.date(2027, 2, 28)]


def test_renewal_of_a_few_days_is_counted_from_where_it_is_asked():
    term = Term(duration="P30D", renewal="automatic", renewal_period="P30D")
    turns = list(term.turns(term.last_day(START), datetime.date(9000, 1, 1), datetime.date(9000, 3, 1)))
    assert len(turns) == 2
    assert list(term.turns(term.last_day(START), datetime.date(9999, 12, 30), datetime.date(9999, 12, 31))) in (
        [],
        [datetime.date(9999, 12, 31)],
    )


def test_automatic_renewal_for_a_time_that_nobody_says_has_no_next_turn():
    term = Term(duration="P5Y", renewal="automatic")
    assert list(term.turns(term.last_day(START), datetime.date(2026, 1, 1), datetime.date(2036, 1, 1))) == []


@pytest.mark.parametrize("notice", ["P1D", "P29D", "P1M", "P6M", "P1M29D", "P1Y20M605D", "P3Y30M915D", "P999Y"])
@pytest.mark.parametrize("first", ["2024-02-27", "2024-12-31", "2023-01-30", "2023-03-12"])
def test_terms_to_be_noticed_in_a_time_end_in_a_time_that_is_hardly_longer(notice, first):
    term = Term(duration="P1D", renewal="automatic", renewal_period="P1D", notice_period=notice)
    first = datetime.date.fromisoformat(first)
    last = first + datetime.timedelta(days=40)
    begins, ends = term.noticed(first, last)
    assert (ends - begins).days <= 40 + 15
    around = term.turns(first, begins - datetime.timedelta(days=40), ends + datetime.timedelta(days=40))
    assert all(begins <= turn <= ends for turn in around if first <= term.notice_by(turn) <= last)


def test_nothing_is_to_be_noticed_without_a_clause_or_beyond_the_last_year():
    year = datetime.date(9990, 1, 1), datetime.date(9999, 12, 31)
    for term in (Term(), Term(notice_period="P999Y")):
        begins, ends = term.noticed(*year)
        assert begins > ends
    assert Term(notice_period="P1Y").noticed(*year) == (datetime.date(9990, 12, 27), datetime.date(9999, 12, 31))
    assert Term(notice_period="P1D").noticed(datetime.date.min, datetime.date.min)[0] == datetime.date.min
