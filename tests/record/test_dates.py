import datetime

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation

from events.models import Event
from record import dates
from record.adminbase.days import TypedDay

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
    ("12.11.2026", "2026-11-12"), ("23/08/2024", "2024-08-23"), ("08/23/2024", "2024-08-23"), ("1.2.2026", "2026-02-01"), ("11.2026", "2026-11"), ("11.2026?", "2026-11?"), ("2026 год", "2026"),
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


TWO_FIGURES = {
    "23.08.24": "23.08.2024", " 1.2.26 ": "1.2.2026", "23/08/24": "23/08/2024", "23.08.95": "23.08.1995", "23.08.68": "23.08.1968", "9 may 45": "9 may 1945", "1.2.30": "1.2.2030", "23.08.24?": "23.08.2024",
    "23 августа 24 г.": "23 августа 2024 г.", "12 noyabr 26-cı il": "12 noyabr 2026-cı il", "June 22, 22": "June 22, 2022", "12 NOV 26": "12 NOV 2026",
}  # fmt: skip


@pytest.mark.parametrize(("said", "meant"), TWO_FIGURES.items())
def test_year_of_two_figures_is_refused_with_a_hint_and_never_taken_over(said, meant):
    assert dates.suspected(said) == meant
    assert dates.typed(said) == said.strip()
    with pytest.raises(ValidationError, match="has a year of two figures: write all four") as refused:
        dates.read(dates.typed(said))
    assert refused.value.messages[0].endswith(f"Perhaps {meant} is meant.")


@pytest.mark.parametrize(
    "said", ["31.02.24", "08.24", "11/12/24", "June 22", "12 ноября", "2024-08-23", "23.08.2024", "24", "", "1" * 999, "23.08.٢٤"]
)
def test_what_may_mean_several_days_or_none_gets_no_hint(said):
    assert dates.suspected(said) == ""


@pytest.mark.parametrize("lang", ["en", "az", "uz", "ru"])
@pytest.mark.parametrize(
    "said", ["23.08.2024", "2024-08-23", " 23 августа 2024 г.", "2024-yil 23-avgust", "23 avqust 2024", "August 23, 2024"]
)
def test_one_day_may_be_typed_at_the_desk_as_any_other_date(lang, said):
    with translation.override(lang):
        assert TypedDay().clean(said) == datetime.date(2024, 8, 23)


@pytest.mark.parametrize("lang", ["en", "az", "uz", "ru"])
def test_one_day_of_the_desk_with_a_year_of_two_figures_is_refused_in_every_language(lang):
    with translation.override(lang), pytest.raises(ValidationError) as refused:
        TypedDay().clean("23.08.24")
    assert "23.08.2024" in refused.value.messages[0]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("2024-08", "is not a day"),
        ("soon", "is not a day"),
        ("11/12/2024", "is not a day"),
        ("31.02.2024", "calendar has no"),
        ("2024-08-23/2024-08-23", "is not a day"),
    ],
)
def test_what_is_no_single_day_is_refused_where_one_day_is_asked(said, sentence):
    with pytest.raises(ValidationError, match=sentence):
        TypedDay().clean(said)


def test_every_day_of_the_desk_is_typed_alike():
    fields = []
    for own in admin.site._registry.values():
        for one in (own, *(inline(own.model, admin.site) for inline in own.inlines)):
            days = [field for field in one.model._meta.fields if type(field) is models.DateField and field.editable]
            fields += [one.formfield_for_dbfield(field, None) for field in days]
    assert len(fields) > 5
    assert {type(field) for field in fields} == {TypedDay}
