"""What the lookups of our own find, and what they write."""

import pytest

from events.models import Event
from record.publishing import State
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


def test_spelled_is_equal_to_a_choice(empty_record):
    public, draft = EventFactory(published=True), EventFactory()
    assert [*Event.objects.filter(state__spelled=State.PUBLISHED)] == [public]
    assert [*Event.objects.exclude(state__spelled=State.PUBLISHED)] == [draft]


def test_what_readers_see_is_asked_without_a_parameter_that_decides_the_plan():
    sql, params = Event.objects.public().query.sql_with_params()
    assert "= 'published'" in sql and State.PUBLISHED not in params


@pytest.mark.parametrize("choice", ["gone", "", "published' OR '1'='1"])
def test_only_a_choice_of_the_field_can_be_spelled_out(choice):
    with pytest.raises(ValueError, match="no choice of state"):
        Event.objects.filter(state__spelled=choice).exists()


def test_calendar_year_is_the_year(empty_record):
    for date in ("0987-05-01", "1995-12-31", "2024"):
        EventFactory(date=date)
    EventFactory(date="")
    years = Event.objects.order_by("sort_day").values_list("date_from__year", "date_from__calendar_year")
    assert [*years] == [(None, None), (987, 987), (1995, 1995), (2024, 2024)]
