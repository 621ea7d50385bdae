"""A day that was corrected in its field and still stands in a text is named after the save; nothing else is."""

import pytest

from tests.factories import EventFactory
from tests.record.history.test_unchanged import correct

WRITTEN = {
    "summary_en": "On 12 November 2024 they met.",
    "summary_ru": "12 ноября 2024 года состоялась встреча.",
    "summary_uz": "2024-yil 12-noyabrda uchrashuv boʻlib oʻtdi.",
    "summary_az": "12 noyabr 2024-cü ildə görüş keçirilib.",
}


def named(client, event, **sent):
    return [said for said in correct(client, event, **sent) if "former date" in said]


@pytest.mark.parametrize("column", sorted(WRITTEN))
def test_text_that_still_says_the_day_is_named_with_its_language(admin_client, column):
    lang = {"en": "English", "ru": "Russian", "uz": "Uzbek", "az": "Azerbaijani"}[column[-2:]]
    event = EventFactory(date="2024-11-12", **{column: WRITTEN[column]})
    assert named(admin_client, event, date="2024-11-13") == [f"The former date, 12 November 2024, still stands in: summary ({lang})."]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("2024-11-12", "2024-11-12", "On 12 November they met."), ("2024-11-12", "2024-11-13", "On 13 November they met."),
        ("2024-11-12", "2024-11-13", "On 112 November they met."), ("2024-11", "2024-12", "In November 2024 they met."),
        ("2024-11-12", "2024-11-12/2024-11-13", "On 12 November they met."), ("", "2024-11-13", "On 12 November they met."),
    ],
)  # fmt: skip
def test_nothing_is_named_where_the_text_agrees_or_the_date_said_no_day(admin_client, before, after, words):
    assert named(admin_client, EventFactory(date=before, summary_en=words), date=after) == []
