"""How a list narrows, counts and orders."""

import pytest
from django.http import QueryDict
from django.utils import translation

from cooperation.derived import refresh_agreement
from cooperation.filters import AgreementListing
from events.filters import EventListing
from events.models import Participant
from record import kept
from record import listing as lists
from record.paging import Page
from tests.behind_cache import Site
from tests.factories import AgreementFactory, EventFactory, PersonFactory, PlaceFactory, TopicFactory

pytestmark = pytest.mark.django_db


def ask(question, listing=EventListing):
    return listing(QueryDict(question))


def slugs(listing):
    return [entry.slug for entry in listing.ordered()]


@pytest.fixture
def three(empty_record):
    """A summit of 2021, a summit of May 2022 and a visit of unknown date."""
    place = PlaceFactory(slug="tashkent", name_en="Tashkent", name_uz="Toshkent")
    EventFactory(slug="old", kind="summit", date="2021", published=True)
    EventFactory(slug="new", kind="summit", date="2022-05", place=place, title_en="Oʻzbekiston day", published=True)
    EventFactory(slug="undated", kind="state-visit", date="", published=True)


def test_empty_question_lists_everything_newest_first_and_undated_last(three):
    assert slugs(ask("")) == ["new", "old", "undated"]


def test_oldest_first_leaves_nothing_out_and_names_the_undated_last(three):
    assert slugs(ask("sort=oldest")) == ["old", "new", "undated"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("kind=summit", ["new", "old"]), ("kind=summit&kind=state-visit", ["new", "old", "undated"]), ("kind=summit&place=tashkent", ["new"]),
        ("after=2022", ["new"]), ("after=2022-05-31", ["new"]), ("after=2022-06", []), ("before=2022-05-01", ["new", "old"]), ("after=31.05.2022", ["new"]), ("after=1.6.2022", []), ("before=1 мая 2022 г.", ["new", "old"]), ("before=2021", ["old"]),
        ("q=OZBEKISTON", ["new"]), ("q=o'zbekiston", ["new"]), ("q=ozbekiston+day", ["new"]), ("q=ozbekiston+night", []), ("kind=&q=", ["new", "old", "undated"]),
    ],
)  # fmt: skip
def test_question_finds(three, question, found):
    assert slugs(ask(question)) == found


def test_long_nonsense_in_a_day_is_no_date_and_the_sentence_says_so(three):
    listing = ask("after=from+the+second+of+May+two+thousand+twenty+four+at+noon")
    assert not listing.is_answerable
    (fault,) = (str(error) for _label, error in listing.faults())
    assert "is not a date" in fault
    assert len(fault) < 120
    assert slugs(ask("before=22 сентября 2024 года")) == ["new", "old"]


def test_day_with_a_year_of_two_figures_is_refused_with_the_day_that_it_may_mean(three):
    listing = ask("after=23.08.24")
    assert not listing.is_answerable
    ((_label, fault),) = listing.faults()
    assert fault == "“23.08.24” has a year of two figures: write all four. Perhaps 23.08.2024 is meant."


def test_number_finds_its_entry(three):
    event = EventFactory(slug="numbered", title_en="Nothing like it", published=True)
    assert slugs(ask(f"q={event.code.lower()}")) == ["numbered"]


def test_counts_beside_a_facet_ignore_its_own_choice_and_obey_the_others(three):
    listing = ask("kind=state-visit&after=2021")
    assert listing.total == 0
    assert (listing.counts.get(("kind", "summit")), listing.counts.get(("kind", "state-visit"))) == (2, None)
    assert ask("kind=summit").counts["place", "tashkent"] == 1


def test_counts_agree_with_what_the_choice_finds_on_the_shipped_record():
    listing = ask("after=2022")
    for facet in listing.shown_facets():
        for choice in [*facet.first, *facet.more]:
            assert choice.count == ask(f"after=2022&{facet.name}={choice.value}").total, (facet.name, choice.value)


def test_entry_with_several_participants_and_topics_is_counted_once(empty_record):
    event = EventFactory(published=True)
    event.topics.set(TopicFactory.create_batch(2))
    for person in PersonFactory.create_batch(2):
        Participant.objects.create(event=event, person=person)
    listing = ask("")
    assert listing.total == 1
    assert sum(n for (name, _value), n in listing.counts.items() if name == "person") == 2


def test_malformed_question_finds_nothing_and_counts_nothing(three):
    listing = ask("after=2022-13&kind=summit")
    assert not listing.is_answerable
    assert (slugs(listing), listing.total) == ([], 0)
    assert list(listing.form.errors) == ["after"]


def test_which_date_narrows_agreements_by_their_entry_into_force(empty_record):
    agreement = AgreementFactory(slug="treaty", date="2020", published=True)
    agreement.actions.create(kind="entered-into-force", date="2023-01-01")
    refresh_agreement(agreement)
    assert slugs(ask("after=2022", AgreementListing)) == []
    assert slugs(ask("after=2022&date=in-force", AgreementListing)) == ["treaty"]


def test_pages_are_numbered_and_the_last_one_is_short(empty_record):
    EventFactory.create_batch(31, published=True)
    second = Page(ask("page=2"))
    assert (second.last, len(second.rows), second.exists) == (2, 1, True)
    assert Page(ask("page=3")).exists is False
    assert Page(ask("page=3")).rows == []


def test_chip_takes_away_its_own_part_of_the_question_only(three):
    chips = dict(ask("kind=summit&kind=state-visit&after=2021&page=2").chips)
    assert chips["summit"] == "kind=state-visit&after=2021"
    assert chips["from 2021"] == "kind=summit&kind=state-visit"


@pytest.mark.parametrize(
    ("lang", "labels"),
    [
        ("en", ["Search: “Baku”", "Kind: “nothing”", "From: “abc”", "until 2024"]),
        ("ru", ["Поиск: «Baku»", "Вид: «nothing»", "С: «abc»", "не позднее: 2024 г."]),
        ("az", ["Axtarış: “Baku”", "Növ: “nothing”", "Başlanğıc: “abc”", "son: 2024"]),
        ("uz", ["Qidiruv: “Baku”", "Turi: “nothing”", "Sanadan: “abc”", "2024-yilgacha"]),
    ],
)
def test_chip_of_what_was_written_names_its_field_in_the_signs_of_the_language(lang, labels):
    with translation.override(lang):
        assert {label for label, _rest in ask("q=Baku&kind=nothing&after=abc&before=2024").chips} == set(labels)


@pytest.fixture
def long_lists(empty_record, monkeypatch):
    """Thirteen events and as many agreements, in stretches of three."""
    monkeypatch.setattr(lists, "STRETCH", 3)
    for at in range(13):
        date = f"20{at % 5:02}" if at % 4 else ""
        EventFactory(kind="summit" if at % 3 else "state-visit", date=date, published=True)
        AgreementFactory(date=date, published=True)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_far_into_lists_hold_what_reading_through_them_finds(long_lists, monkeypatch, size):
    """In one generation, in which each might be given what another keeps."""
    monkeypatch.setattr(Page, "size", size)
    asked = [
        (EventListing, question)
        for question in ("", "sort=newest", "sort=oldest", "kind=summit", "kind=state-visit", "sort=oldest&kind=summit")
    ]
    asked += [(AgreementListing, ""), (AgreementListing, "sort=oldest")]
    whole = {one: list(ask(one[1], one[0]).ordered().values_list("pk", flat=True)) for one in asked}
    with kept.Generation().entered():
        for turn in ("read", "kept"):
            for listing, question in asked:
                keys = whole[listing, question]
                pages = [Page(ask(f"{question}&page={at}", listing)) for at in range(1, -(-len(keys) // size) + 1)]
                assert [key for page in pages for key in page.keys] == keys, (turn, listing, question)


def test_a_page_far_into_a_list_is_new_after_a_commit(long_lists, monkeypatch):
    monkeypatch.setattr(Page, "size", 2)
    site, address = Site(), "/en/events/?page=4"
    before = site.again(address)
    assert site.again(address) == before and site.from_memory
    EventFactory(date="2001-06", title_en="Meeting of the sixth month", published=True)
    site.changes += 1
    after = site.again(address)
    assert after != before and after == Site().again(address)
