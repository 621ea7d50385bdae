import datetime

import pytest
from django.core.exceptions import ValidationError

from events.models import Event
from record import dates

pytestmark = pytest.mark.one_engine


def test_month_is_spoken_as_a_month_and_covers_all_of_it():
    assert dates.spoken("2022-06", lang="en") == "June 2022"
    span = dates.read("2022-06")
    assert (span.first, span.last) == (datetime.date(2022, 6, 1), datetime.date(2022, 6, 30))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "21–22 June 2022"),
        ("az", "21–22 iyun 2022"),
        ("uz", "2022-yil 21–22-iyun"),
        ("ru", "21–22 июня 2022 г."),
    ],
)
def test_range_within_a_month_says_the_month_once(lang, words):
    assert dates.spoken("2022-06-21/2022-06-22", lang=lang) == words


@pytest.mark.parametrize(
    ("lang", "words", "other"),
    [
        ("en", "October – 21 November 2025", "3 March – June 2025"),
        ("az", "oktyabr – 21 noyabr 2025", "3 mart – iyun 2025"),
        ("uz", "2025-yil oktabr – 21-noyabr", "2025-yil 3-mart – iyun"),
        ("ru", "октябрь – 21 ноября 2025 г.", "3 марта – июнь 2025 г."),
    ],
)
def test_range_between_a_month_and_a_day_says_the_year_once(lang, words, other):
    assert dates.spoken("2025-10/2025-11-21", lang=lang) == words
    assert dates.spoken("2025-03-03/2025-06", lang=lang) == other


@pytest.mark.parametrize("text", ["2022-02-30", "2022-13", "0000", "2022-06-22/2022-06-21", "next week", "2022\0", "x" * 9999])
def test_impossible_date_is_refused_with_a_sentence(text):
    with pytest.raises(ValidationError):
        dates.read(text)


@pytest.mark.parametrize("text", ["2024-02-29", "2024-02", "1900-02", "2023-12-31", "2024-12", "1999", "0001", "9999"])
def test_plain_date_covers_what_the_grammar_says(text):
    assert dates._plain_bounds(text) == dates._bounds(text)


@pytest.mark.parametrize("text", ["2023-02-29", "2023-00", "2023-01-00", "2023-04-31", "2023-13-01"])
def test_plain_date_that_never_was_is_refused(text):
    with pytest.raises(ValidationError):
        dates.read(text)


@pytest.mark.parametrize(("said", "meant"), [
    ("12.11.2026", "2026-11-12"), ("23/08/2024", "2024-08-23"), ("1.2.2026", "2026-02-01"), ("11.2026", "2026-11"), ("11.2026?", "2026-11?"), ("2026 год", "2026"),
    ("12 ноября 2026 г.", "2026-11-12"), ("ноябрь 2026 года", "2026-11"), ("2026-yil 12-noyabr", "2026-11-12"), ("noyabr 2026", "2026-11"),
    ("12 Noyabr 2026-cı il", "2026-11-12"), ("İyun 2026", "2026-06"), ("12 November 2026", "2026-11-12"), ("June 22, 2022", "2022-06-22"), ("November 12 2026", "2026-11-12"), (" 2022-06-21 / 2022-06-22 ", "2022-06-21/2022-06-22"),
])  # fmt: skip
def test_date_may_be_typed_as_people_write_it(said, meant):
    assert dates.typed(said) == meant
    assert Event._meta.get_field("date").to_python(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "11/12/2026",
        "31/02/2026",
        "12 ноября",
        "soon",
        "12.11.26",
        "12 brumaire 2026",
        "brumaire 12, 2026",
        "12 13 2026",
        "1" * 999,
        "31.2.2026",
        "99.99.2026",
        "0.0.2026",
    ],
)
def test_what_could_mean_two_dates_or_none_is_refused_as_it_was_typed(said):
    with pytest.raises(ValidationError):
        Event(title_en="A meeting", date=said).clean_fields(exclude={f.name for f in Event._meta.fields} - {"date"})
    assert dates.typed(said) == said or dates.typed(said).startswith("2026-")


@pytest.mark.parametrize("text", ["2024-02-31", "2023-13", "2024-02-30/2024-03-01"])
def test_day_that_no_calendar_has_is_named_as_such(text):
    with pytest.raises(ValidationError, match=f"The calendar has no “{text}”"):
        dates.read(text)
