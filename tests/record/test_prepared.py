"""Questions that are put together once give what querysets give, in every language and at every moment."""

import datetime

import pytest
from django.db.models import Prefetch, Q
from django.utils import timezone, translation

from cooperation.chain import chain_of
from cooperation.models import Agreement, Initiative
from cooperation.views.entries import AgreementPage, InitiativePage
from events.models import Event
from events.views import EventPage
from record import answers
from record.lookups import KEY, KEYS
from record.models import Topic
from record.prepared import MOMENT, CannotBePrepared, Prepared, Question, TimeStandsStill, Whole
from tests import factories

pytestmark = pytest.mark.django_db
PAGES = [EventPage, AgreementPage, InitiativePage]
MINUTE = datetime.timedelta(minutes=1)


def told(row, above=None):
    """All that an instance holds: its values, the rows it leads to, the rows below it."""
    held = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    led_to = {name: "above" if other == above else other and told(other, row) for name, other in row._state.fields_cache.items()}
    below = {name: [told(other, row) for other in rows] for name, rows in getattr(row, "_prefetched_objects_cache", {}).items()}
    return type(row), row._state.db, row._state.adding, held, led_to, below


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("page", PAGES)
def test_whole_entry_is_what_its_queryset_gives(page, lang):
    with translation.override(lang):
        entries = list(page().queryset().public())
        assert len(entries) > 5
        for entry in entries:
            assert told(page.whole().of(entry.slug)) == told(entry), entry.code
        assert page.whole().of("no-such-slug") is None


@pytest.mark.parametrize("page", PAGES)
def test_whole_entry_is_read_without_asking_again(page, django_assert_num_queries):
    entry = page.whole().of(page.model.objects.public().first().slug)
    with django_assert_num_queries(0):
        assert told(entry)
        assert [list(getattr(entry, name).all()) for name in ("topics", "citations", "pictures", "disagreements")]


def test_nothing_is_shown_that_readers_do_not_see_and_everything_from_its_moment_on(empty_record, monkeypatch):
    now = timezone.now()
    meeting = factories.EventFactory(published=True)
    factories.EventFactory(part_of=meeting)
    later = factories.EventFactory(published=True, part_of=meeting)
    Event.objects.filter(pk=later.pk).update(publish_at=now + MINUTE)
    agreement = factories.AgreementFactory(published=True, signed_at=meeting)
    Agreement.objects.filter(pk=agreement.pk).update(publish_at=now + MINUTE)

    def shown():
        entry = EventPage.whole().of(meeting.slug)
        return list(entry.parts.all()), [link.entry for link in chain_of(entry)[1]]

    assert shown() == ([], [])
    assert EventPage.whole().of(later.slug) is None
    monkeypatch.setattr(answers, "moment", lambda: now + 2 * MINUTE)
    assert shown() == ([later], [agreement])
    assert EventPage.whole().of(later.slug) == later


def test_kept_answer_to_a_prepared_question_is_asked_of_the_present():
    question = Question(lambda: Event.objects.public(MOMENT).filter(pk__among=KEY))
    key = Event.objects.public().first().pk
    with answers.recorded() as asked:
        assert [event.pk for event in question.objects(key)] == [key]
    assert asked.stands(1)
    Event.objects.filter(pk=key).update(publish_at=timezone.now() + MINUTE)
    assert not asked.stands(2)


@pytest.mark.parametrize("late", [
    lambda: Event.objects.public().filter(pk__among=KEY), lambda: Event.objects.filter(modified_at__gt=timezone.now() - MINUTE),
    lambda: Event.objects.filter(pk__among=KEY, date_to__lte=datetime.date.today()), lambda: Agreement.objects.as_of().filter(pk__among=KEY),
])  # fmt: skip
def test_question_that_holds_the_present_is_refused(late):
    with pytest.raises(CannotBePrepared, match="Event|Agreement"):
        Question(late).objects(1)


@pytest.mark.parametrize("below", [Event.objects.public(MOMENT), Event.objects.filter(date_to__lte=datetime.date.today())])
def test_time_below_the_rows_that_are_asked_for_is_refused(below):
    rows = Event.objects.prefetch_related(Prefetch("parts", Event.objects.prefetch_related(Prefetch("related", below))))
    with pytest.raises(TimeStandsStill, match="related"):
        Question(lambda: rows.filter(pk__among=KEY)).objects(1)
    with pytest.raises(TimeStandsStill, match="related"):
        Whole(lambda: rows.filter(pk__among=KEY)).of(Event.objects.public().first().pk)


def test_names_stand_in_the_order_of_each_language(empty_record):
    event = factories.EventFactory()
    first, second = (factories.TopicFactory(name_en=name, name_ru=other) for name, other in (("Air", "Яблоки"), ("Zinc", "Авиация")))
    event.topics.set([first, second])
    question = Question(lambda: Topic.objects.order_by("name").filter(events__pk__among=KEY))
    for lang, order in {"en": [first, second], "ru": [second, first]}.items():
        with translation.override(lang):
            assert question.objects(event.pk) == order == question.objects(event.pk)


def test_one_key_may_stand_in_several_places_and_be_a_text(empty_record):
    one, other, third = (factories.EventFactory() for _ in range(3))
    one.related.set([other])
    either = Question(lambda: Event.objects.filter(Q(pk__among=KEY) | Q(related__pk__among=KEY)).order_by("number"))
    assert either.objects(one.pk) == [one, other] and either.objects(third.pk) == [third]
    assert Question(lambda: Event.objects.filter(slug__among=KEY)).objects(third.slug) == [third]


def test_instances_of_many_keys_are_read_with_what_they_lead_to(django_assert_num_queries):
    own = Event.objects.filter(place__isnull=False).select_related("place").without_texts().order_by("pk")
    prepared, keys = Prepared(own.filter(pk__among=KEYS)), [event.pk for event in own]
    with django_assert_num_queries(1):
        found = prepared.objects(keys)
        assert [told(event) for event in found] and [event.place.name_en for event in found]
    assert [told(event) for event in found] == [told(event) for event in own]
    assert prepared.objects([]) == [] and Prepared(own.none().filter(pk__among=KEYS)).objects(keys) == []


def test_relation_of_both_kinds_leads_to_what_is_below(empty_record):
    initiative = factories.InitiativeFactory(published=True)
    agreement = factories.AgreementFactory(published=True)
    initiative.agreements.add(agreement)
    for model, name, row, other in ((Initiative, "agreements", initiative, agreement), (Agreement, "initiatives", agreement, initiative)):
        whole = Whole(lambda model=model, name=name: model.objects.filter(pk__among=KEY).prefetch_related(name))
        assert list(getattr(whole.of(row.pk), name).all()) == [other]
