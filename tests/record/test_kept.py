"""What many pages share is the same, byte for byte, as if every page computed it: after every verb, and for every way to look."""

import datetime

import pytest
from django.http import QueryDict
from django.utils import timezone

from events.filters import EventListing
from events.models import Event
from record import answers, kept, publishing
from tests import factories
from tests.behind_cache import Site, asked_anew, plain

pytestmark = [pytest.mark.one_engine, pytest.mark.django_db]

PAGES = [
    "/en/events/",
    "/en/agreements/",
    "/ru/initiatives/",
    "/en/timeline/",
    "/en/map/",
    "/uz/",
    "/en/topics/",
    "/en/events/?kind=summit",
    "/en/changes/",
    "/ru/search/?q=words",
    "/en/events.json",
    "/en/agreements.json",
    "/en/agreements.json?on=2020",
    "/en/changes.json",
    "/en/events.atom",
    "/en/counts/",
    "/az/places/",
]


def same(site, client):
    """Whether every page is what it would be if nothing were kept; each twice, so that the second one rests on the first."""
    for address in PAGES:
        alone = plain(client.get(asked_anew(address, 0)).content)
        # Under its own address it may have been in memory since before the verb.
        assert [site.get(address), site.get(address), site.again(asked_anew(address, 0))] == [alone] * 3, address
    return True


def test_shared_parts_are_right_after_every_verb(empty_record, client):
    site, place, topic = Site(), factories.PlaceFactory(name_en="Hall"), factories.TopicFactory(name_en="Water")
    event = factories.EventFactory(place=place, title_en="Plain words")
    event.topics.add(topic)
    factories.AgreementFactory(published=True)
    factories.InitiativeFactory(published=True)

    def rename():
        place.name_en = "Palace"
        place.save()

    def rewrite():
        event.refresh_from_db()
        event.title_en = "Other words"
        event.save()

    def fresh():
        return Event.objects.get(pk=event.pk)

    soon = timezone.now() + datetime.timedelta(days=1)
    verbs = [
        lambda: None,
        lambda: publishing.submit(fresh(), by=None),
        lambda: publishing.publish(fresh(), by=None),
        rename,
        rewrite,
        lambda: fresh().topics.set([]),
        lambda: publishing.withdraw(fresh(), by=None, reason="It did not happen."),
        lambda: publishing.restore(fresh(), by=None),
        lambda: publishing.schedule(fresh(), by=None, at=soon),
        lambda: publishing.publish(fresh(), by=None),
        lambda: Event.objects.filter(pk=event.pk).update(kind="other"),
    ]
    for verb in verbs:
        verb()
        site.changes += 1
        assert same(site, client)


def test_nothing_is_kept_outside_of_a_generation():
    made = []
    assert [kept.part(lambda: made.append(1) or len(made), "number") for _ in range(3)] == [1, 2, 3]


def test_part_is_made_once_in_a_generation_and_once_in_each_language():
    made = []

    def number():
        return kept.part(lambda: made.append(1) or len(made), "number")

    from django.utils import translation

    generation = kept.Generation()
    with generation.entered():
        assert (number(), number()) == (1, 1)
        with translation.override("ru"):
            assert number() == 2
    with kept.Generation().entered():
        assert number() == 3
    with generation.entered():
        assert number() == 1


def test_list_as_of_another_moment_shares_nothing(empty_record):
    factories.EventFactory(published=True)
    with kept.Generation().entered():
        assert EventListing(QueryDict()).total == 1
        assert EventListing(QueryDict(), at=timezone.now() - datetime.timedelta(days=9)).total == 0


def test_long_parts_count_for_several(monkeypatch):
    monkeypatch.setattr(kept, "MOST", 10)
    made, generation = [], kept.Generation()

    def ask(*keys, weight):
        return kept.parts(lambda some: made.extend(some) or dict.fromkeys(some, "said"), list(keys), "look", weight=weight)

    with generation.entered():
        ask("a", "b", weight=4)
        ask("c", weight=1)
        ask("a", "b", "c", weight=1)
        assert made == ["a", "b", "c"]
        ask("d", weight=4)
        ask("b", "c", "d", weight=4)
        assert made == ["a", "b", "c", "d"]
        ask("a", weight=4)
        assert made == ["a", "b", "c", "d", "a"]


def test_parts_are_bounded_and_the_oldest_make_room(monkeypatch):
    monkeypatch.setattr(kept, "MOST", 3)
    with kept.Generation().entered():
        made = []
        for name in "abcda":
            kept.part(lambda name=name: made.append(name) or name, name)
        assert made == list("abcda")
        assert kept.part(lambda: made.append("d again"), "d") == "d"


def words():
    """A part that rests on the titles of events."""
    made.append(1)
    return tuple(Event.objects.order_by("pk").values_list("title_en", flat=True))


made = []


def asked_in(generation, lasting=True):
    made.clear()
    with generation.entered():
        return kept.part(words, "words", lasting=lasting), len(made)


def test_lasting_part_outlives_its_generation_while_its_questions_have_the_same_answers(empty_record):
    factories.EventFactory(title_en="One")
    first = kept.Generation(1)
    assert asked_in(first) == (("One",), 1)
    factories.TopicFactory(slug="beside-it")
    second = kept.Generation(2, first)
    assert asked_in(second) == (("One",), 0)
    assert asked_in(second) == (("One",), 0)
    Event.objects.update(title_en="Other")
    third = kept.Generation(3, second)
    assert asked_in(third) == (("Other",), 1)


def test_part_that_nobody_asked_for_meanwhile_is_compared_with_the_present(empty_record):
    event = factories.EventFactory(title_en="One")
    first = kept.Generation(1)
    asked_in(first)
    second = kept.Generation(2, first)
    Event.objects.filter(pk=event.pk).update(title_en="Other")
    assert asked_in(kept.Generation(3, second)) == (("Other",), 1)


def test_other_parts_and_parts_that_asked_nothing_end_with_their_generation(empty_record):
    factories.EventFactory(title_en="One")
    first = kept.Generation(1)
    asked_in(first, lasting=False)
    assert asked_in(kept.Generation(2, first), lasting=False) == (("One",), 1)
    with first.entered():
        kept.part(lambda: "said", "said", lasting=True)
    with kept.Generation(2, first).entered():
        assert kept.part(lambda: "said anew", "said", lasting=True) == "said anew"


def test_page_rests_on_what_it_took_over(empty_record):
    """A page of the third generation shows a part of the first: what ends the part ends the page."""
    factories.EventFactory(title_en="One")
    first = kept.Generation(1)
    asked_in(first)
    with kept.Generation(2, first).entered(), answers.recorded() as asked:
        kept.part(words, "words", lasting=True)
    assert asked.stands(3)
    Event.objects.update(title_en="Other")
    assert not asked.stands(4)


@pytest.mark.parametrize(("weight", "most"), [(1, 20), (5, 4)])
def test_what_lasts_is_bounded_by_its_weight(empty_record, monkeypatch, weight, most):
    monkeypatch.setattr(kept, "MOST", 20)
    factories.EventFactory(title_en="One")
    generation = kept.Generation(1)
    for number in range(2, 20):
        with generation.entered():
            names = [f"words {number} {at}" for at in range(3)]
            kept.parts(lambda some: {name: words() for name in some}, names, weight=weight, lasting=True)
        generation = kept.Generation(number, generation)
    assert 1 <= len(generation.lasting()) <= most
