"""Confirmed by both sides, by one, or reported by others only: from the sides of the sources."""

import pytest

from record import confirmation
from record.models import Confirmation
from record.pair import Side
from tests.factories import EventFactory, SourceFactory


@pytest.mark.parametrize(
    ("sides", "found"),
    [
        ([], Confirmation.NONE),
        ([Side.THIRD], Confirmation.OTHERS),
        ([Side.FIRST], Confirmation.ONE),
        ([Side.SECOND, Side.SECOND, Side.THIRD], Confirmation.ONE),
        ([Side.FIRST, Side.SECOND], Confirmation.BOTH),
        ([Side.THIRD, Side.SECOND, Side.FIRST], Confirmation.BOTH),
    ],
)
def test_confirmation_follows_from_the_sides(sides, found):
    assert Confirmation.from_sides(sides) == found


@pytest.mark.django_db
def test_shipped_record_stores_what_the_rule_says():
    assert list(confirmation.wrongly_confirmed()) == []


@pytest.mark.django_db
def test_source_that_changes_its_side_changes_what_it_confirms():
    event = EventFactory(published=True)
    event.citations.create(source=SourceFactory(side="first-country"))
    confirmation.refresh(event)
    assert event.confirmation == Confirmation.ONE
    source = event.citations.first().source
    source.side = "second-country"
    source.save()
    confirmation.refresh_citing(source)
    event.refresh_from_db()
    assert event.confirmation == Confirmation.BOTH
