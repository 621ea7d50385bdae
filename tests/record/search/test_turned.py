"""The search from sets of bits finds what the database finds, in the same order and numbers, and follows every change."""

import random
import sys
from pathlib import Path

import pytest
from django.http import QueryDict

from cooperation.models import Agreement
from events.models import Event
from record import counting, inverted, kept, publishing, search
from record.inverted import journal
from record.inverted.index import LOCK
from record.models import Organisation, Person, SearchEntry, Source
from record.search import standing
from record.search.listing import SearchListing
from tests.behind_cache import Site
from tests.factories import EventFactory, PersonFactory

sys.path.append(str(Path(__file__).resolve().parents[3] / "benchmarks"))
from corpus import Filler  # noqa: E402

pytestmark = pytest.mark.django_db
WINDOWS = ((0, 30), (30, 60), (3, 8), (0, 1000))
QUESTIONS = [
    "trade", "trad", "visit", "the", "Tashkent", "Toshkent", "Ташкент", "Мирзиёев", "Mirziyoyev", "Əliyev", "Алиева", "сотрудничество", "hamkorlik",
    "əməkdaşlıq", "state visit", '"state visit"', '"strategic partnership" declaration', "declaration on", "E1", "e12", "A3", "Ş", "E999999",
    "2024", "2024-08", "23.08.2024", "август 2024", "22 August 2024", "1999", "agreement between the governments", "университет", "Azerbaijan",
    "Uzbekistan Azerbaijan", "Bo", "B", "никакогословатакого", "council", "cotton", "museum opening",
]  # fmt: skip


@pytest.fixture(autouse=True)
def followed():
    with inverted.within_transaction():
        yield


def both(question):
    """(counts, rows of some windows) of a question, from bits and from the database."""
    with kept.Generation().entered():
        own = SearchListing(QueryDict(question))
        assert own.is_answerable, (question, own.form.errors)
        with own.answering() as narrowed:
            assert narrowed == own.marked
            bits = counting.counts(own.tallied(narrowed)), [own.places_between(*window) for window in WINDOWS]
        rows = list(own.in_order(own.narrowed()).values_list("kind", "object_id"))
        return bits, (counting.counts(own.tallied(own.narrowed)), [rows[start:stop] for start, stop in WINDOWS])


def asked(number, chance):
    """Questions out of titles of the record in every language, and those above; some with a kind, days or an order."""
    titles = [title for model in (Event, Agreement) for title in model.objects.values_list("title_en", "title_ru", "title_uz", "title_az")]
    words = [word for row in titles for title in row if title for word in title.split()]
    said = QUESTIONS + [" ".join(chance.sample(words, chance.randint(1, 2))) for _ in range(number)]
    said += [" ".join(chance.choice(titles)[0].split()[:3]) for _ in range(number)]
    narrowed = [
        "",
        "",
        "",
        "kind=event",
        "kind=agreement&kind=source",
        "after=2015",
        "before=2018-05",
        "sort=newest",
        "sort=oldest&kind=event",
    ]
    for one in said:
        question = QueryDict(chance.choice(narrowed), mutable=True)
        question["q"] = one
        yield question.urlencode()


def test_every_question_has_the_numbers_and_the_order_of_the_database():
    Filler(200).fill()
    found = {question: both(question) for question in asked(40, random.Random("search"))}
    assert {question: bits for question, (bits, rows) in found.items() if bits != rows} == {}
    assert sum(bits[0]["", ""] > 0 for bits, _rows in found.values()) > 60


def test_what_stands_behind_many_titles_is_looked_up_for_whoever_goes_there(monkeypatch):
    for title in ("Zqword", "Talks on zqword", "Zqword talks"):
        EventFactory(published=True, title_en=title)
    for place in ("summary_en", "body_en"):
        EventFactory(published=True, title_en="Talks", **{place: "On zqword."})
    monkeypatch.setattr(search.listing, "LONGEST_PAGE", 2)
    monkeypatch.setattr(search.listing, "SPARE", 0)
    for question, looks in (("q=zqword", False), ("q=zqword&page=2", True), ("q=zqword&kind=source", True)):
        with kept.Generation().entered():
            own = SearchListing(QueryDict(question))
            own.ask_beforehand()
            assert ("with_summary" in vars(own.standing)) == looks, question
        bits, database = both(question)
        assert bits == database


def test_engine_is_never_asked_while_others_wait_for_the_bits(monkeypatch):
    Filler(200).fill()
    asked_within = []

    def keys(*given, **named):
        asked_within.append(LOCK._is_owned())
        return found(*given, **named)

    found = standing.keys
    monkeypatch.setattr(standing, "keys", keys)
    for question in asked(20, random.Random("locked")):
        with kept.Generation().entered():
            own = SearchListing(QueryDict(question))
            own.counts, own.marked_between(0, 30)  # noqa: B018
    assert asked_within and not any(asked_within)


@pytest.mark.parametrize("word", ["council", "визит", "toshkent", "Алиева", "bo"])
def test_no_alternative_is_asked_for_that_another_one_contains(word):
    (group,) = search.ask(word).groups
    for one in group:
        assert not any(other != one and other.open and one.tokens[0].startswith(other.tokens[0]) for other in group)


def test_of_any_of_the_words_the_engine_counts():
    assert SearchListing(QueryDict("q=trade+visit&match=any")).indexed == []
    assert SearchListing(QueryDict("q=trade+visit")).indexed == [SearchListing]


def is_withdrawn():
    publishing.withdraw(Event.objects.public().filter(title_en__icontains="visit").first(), by=None, reason="Wrong.")


def has_another_title():
    event = Event.objects.public().filter(title_en__icontains="visit").first()
    event.title_en = "Something else entirely"
    event.save()


def is_published():
    publishing.publish(EventFactory(title_en="A visit of nobody before"), by=None)


def names_somebody_new():
    """A name is found once something that readers see leads to it."""
    person = PersonFactory(slug="visit-nobody", name_en="Visit Nobody")
    event = Event.objects.public().filter(participants__person__isnull=False).first()
    event.participants.create(person=person)


def loses_the_only_entry_that_leads_to_a_name():
    for event in Event.objects.public().filter(series__isnull=False):
        event.series = event.ordinal = None
        event.save()


def is_removed_from_the_index_by_another_program():
    event = Event.objects.public().filter(title_en__icontains="visit").first()
    SearchEntry.objects.get(kind="event", object_id=event.pk).delete()


CHANGES = [
    is_withdrawn, has_another_title, is_published, names_somebody_new, loses_the_only_entry_that_leads_to_a_name,
    is_removed_from_the_index_by_another_program,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_next_search_after_a_change_is_that_of_the_database(change):
    said = [
        "q=visit",
        "q=commission",
        "q=" + Person.objects.filter(participations__isnull=False).first().name_en.split()[-1],
        "q=council&kind=series",
    ]
    before = [both(question)[0] for question in said]
    change()
    after = [both(question) for question in said]
    assert [bits for bits, _rows in after] == [rows for _bits, rows in after]
    assert [bits for bits, _rows in after] != before


def test_page_of_the_search_ends_with_a_text_that_was_changed_while_it_was_made(monkeypatch):
    """The engine is asked before the bits are looked at: what is committed in between belongs to neither."""
    site, made = Site(), []
    event = Event.objects.public().filter(title_en__icontains="visit").first()

    def change_meanwhile(self, found=SearchListing.ask_beforehand):
        found(self)
        if not made:
            made.append(1)
            has_another_title()

    monkeypatch.setattr(SearchListing, "ask_beforehand", change_meanwhile)
    first = site.get("/en/search/?q=visit")
    address = f"/en/search/?q=visit&fresh={site.asked}"
    site.changes += 1
    again = site.again(address)
    assert not site.from_memory
    assert again != first
    assert f"/en/events/{event.slug}/" not in again


def test_page_of_the_search_stands_while_nothing_of_the_index_was_touched():
    site, draft = Site(), EventFactory(title_en="Draft of a visit")
    first = site.get("/en/search/?q=visit")
    address = f"/en/search/?q=visit&fresh={site.asked}"
    site.changes += 1
    Event.objects.filter(pk=draft.pk).update(title_en="Another draft of a visit")
    assert site.again(address) == first
    assert site.from_memory
    has_another_title()
    site.changes += 1
    assert site.again(address) != first


def test_row_of_a_kind_that_this_release_does_not_know_ends_no_search():
    """As another release may have left it; its key may be a great one."""
    entry = SearchEntry.objects.filter(kind="event").first()
    entry.pk, entry.kind, entry.object_id = None, "of-another-release", 2**40
    entry.save()
    bits, rows = both("q=visit")
    assert bits == rows
    entry = SearchEntry.objects.filter(kind="topic").first()
    entry.pk, entry.kind = None, "also-unknown"
    entry.save()
    bits, _rows = both("q=visit")
    assert bits[0]["", ""]


def test_what_readers_find_is_told_anew_where_everything_was_read_anew_within_a_generation():
    withdrawn = Event.objects.public().filter(title_en__icontains="visit").first()
    with kept.Generation(1).entered():
        assert places("q=visit") == database("q=visit")
        publishing.withdraw(withdrawn, by=None, reason="Wrong.")
        journal.everything()
        inverted.index_of(SearchListing).let_go()
        found = places("q=visit")
    assert found == database("q=visit")
    assert ("event", withdrawn.pk) not in found


def places(question):
    own = SearchListing(QueryDict(question))
    assert own.is_answerable
    return own.places_between(0, 1000)


def database(question):
    own = SearchListing(QueryDict(question))
    assert own.is_answerable
    return list(own.in_order(own.narrowed()).values_list("kind", "object_id"))


@pytest.mark.parametrize("question", ["q=%E2%80%93", "q=zqword"])
def test_for_what_nothing_answers_the_engine_is_not_asked_for_places(question):
    with kept.Generation().entered():
        assert SearchListing(QueryDict(question)).marked_between(0, 30) == []


def test_empty_question_has_no_places():
    with kept.Generation().entered():
        assert places("q=") == []


def test_what_only_drafts_lead_to_is_not_found():
    PersonFactory(slug="of-a-draft", name_en="Unheardof Draftsman")
    EventFactory(title_en="Unheardof draft").participants.create(person=Person.objects.get(slug="of-a-draft"))
    assert both("q=Unheardof") == ((({("", ""): 0}), [[]] * 4),) * 2
    assert Source.objects.exists()
    assert Organisation.objects.exists()
