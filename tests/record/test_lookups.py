"""What the lookups of our own find, and what they write."""

import datetime

import pytest

from events.models import Event
from record.lookups import KEYS
from record.prepared import Prepared
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


def test_a_prepared_question_is_asked_for_one_batch_of_keys_after_another(empty_record):
    events = [EventFactory(date=f"202{n}-05-01", published=bool(n % 2)) for n in range(4)]
    keys = [event.pk for event in events]
    prepared = Prepared(Event.objects.filter(pk__among=KEYS).order_by("pk"), "slug", "pk", "date_from", "title_en", "date_is_of_report")
    slugs, own, days, titles, reported = map(list, prepared.columns(keys[:2]))
    assert (own, days) == (keys[:2], [datetime.date(2020, 5, 1), datetime.date(2021, 5, 1)])
    assert (slugs, titles) == ([event.slug for event in events[:2]], [event.title_en for event in events[:2]])
    assert reported == [False, False] and {type(value) for value in reported} == {bool}
    assert prepared.columns([keys[3], -1])[1] == (keys[3],)
    assert prepared.columns([]) == [] and prepared.columns([-1]) == []
    public = Prepared(Event.objects.public().filter(pk__among=KEYS).order_by("pk"), "pk")
    assert [key for (key,) in public.rows(keys)] == keys[1::2]
    assert Prepared(Event.objects.none().filter(pk__among=KEYS), "pk").columns(keys) == []
