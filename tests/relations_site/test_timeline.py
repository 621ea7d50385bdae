"""The timeline: every entry once, where its date puts it and nowhere more exact, from the same question as the lists."""

import re

import pytest

from cooperation.filters import AgreementListing, InitiativeListing
from cooperation.models import Agreement, AgreementAction, Initiative, Partner, Signatory
from events.filters import EventListing
from events.models import Event, Participant
from record import kinds, publishing
from relations_site.timeline import TimelineListing
from tests import factories
from tests.outlets.test_queries import Crowd

pytestmark = pytest.mark.django_db
MOST_QUERIES = 36


def rows(client, question="", lang="en"):
    """The numbers of all entries in the order of the timeline, over all its pages."""
    found, page = [], 1
    while True:
        answer = client.get(f"/{lang}/timeline/?{question}&page={page}")
        assert answer.status_code == 200
        found += [row.entry.code for row in answer.context["page"].rows]
        if page >= answer.context["page"].last:
            return found
        page += 1


def under(words, code):
    """The headings under which an entry stands on a page, the largest first."""
    before = words[: words.index(f'/{code}/"')]
    before = before[before.index('class="found"') :]
    headings = re.findall(r"<(h[234])[^>]*>(.*?)</\1>", before, re.S)
    last = {}
    for level, text in headings:
        last = {name: said for name, said in last.items() if name < level} | {level: re.sub(r"<[^>]+>", " ", text).split()[0]}
    return list(last.values())


def test_timeline_holds_every_public_entry_once(client):
    public = [entry.code for kind in kinds.all_kinds() for entry in kind.model.objects.public()]
    for question in ("", "sort=oldest"):
        found = rows(client, question)
        assert len(found) > 150
        assert sorted(found) == sorted(public)


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_timeline_goes_by_days_and_ends_with_what_has_no_date(client, order):
    by_code = {entry.code: entry for kind in kinds.all_kinds() for entry in kind.model.objects.public()}
    found = [by_code[code] for code in rows(client, f"sort={order}")]
    dated = [entry for entry in found if entry.date]
    assert found[: len(dated)] == dated and len(dated) < len(found)
    exact = [entry.date[:10] for entry in dated if re.match(r"\d{4}-\d\d-\d\d", entry.date)]
    assert exact == sorted(exact, reverse=order == "newest")
    years = [entry.date_from.year for entry in dated]
    assert years == sorted(years, reverse=order == "newest")


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize(
    ("date", "headings"),
    [
        ("2022-06-01", ["2020s", "2022", "June"]),
        ("2022-06", ["2020s", "2022", "June"]),
        ("2022-06~", ["2020s", "2022", "June"]),
        ("2022-06-30/2022-07-02", ["2020s", "2022", "June"]),
        ("2022", ["2020s", "2022"]),
        ("2022?", ["2020s", "2022"]),
        ("2019/2023", ["2010s", "2019"]),
        ("", ["Date"]),
    ],
)
def test_entry_stands_under_its_month_year_or_neither_and_never_more_exactly(empty_record, client, date, headings, order):
    for number, other in enumerate(["2022-06-15", "2022-05-02", "2022-01-01", "2019-03-04"]):
        factories.EventFactory(published=True, date=other, slug=f"other-{number}")
    factories.AgreementFactory(published=True, date=date, slug="subject")
    words = client.get(f"/en/timeline/?sort={order}").content.decode()
    assert under(words, "subject") == headings
    row = words[: words.index('/subject/"')].rpartition('<li class="row">')[2]
    if date in ("2022-06", "2022"):
        assert "1 Jun" not in row and "1 Jan" not in row


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_months_and_years_stand_before_the_days_within_them(empty_record, client, order):
    for date in ("2022-06-01", "2022-06-30", "2022-01-01", "2022-12-31", "2022-06", "2022"):
        factories.EventFactory(published=True, date=date, slug=f"d-{date}")
    dates = [row.entry.date for row in client.get(f"/en/timeline/?sort={order}").context["page"].rows]
    days = ["2022-06-01", "2022-06-30"]
    assert dates[0] == "2022"
    assert dates[dates.index("2022-06") + 1 :][:2] == (days if order == "oldest" else days[::-1])


def test_year_opens_what_begins_in_it_and_names_its_neighbours(empty_record, client):
    for date in ("2019-01-01", "2021/2023", "2021-12-31/2022-01-03", "2022-01-01", "2025", ""):
        factories.EventFactory(published=True, date=date)
    answer = client.get("/en/timeline/?year=2021")
    assert sorted(row.entry.date for row in answer.context["page"].rows) == ["2021-12-31/2022-01-03", "2021/2023"]
    assert answer.context["listing"].neighbours() == {"before": 2019, "after": 2022}
    assert [row.entry.date for row in client.get("/en/timeline/?year=undated").context["page"].rows] == [""]
    assert client.get("/en/timeline/?year=2020").context["page"].rows == []


def test_strip_leads_to_each_year_and_says_what_it_holds(client):
    for path in ("/en/", "/en/timeline/"):
        words = client.get(path).content.decode()
        links = re.findall(r'href="(?:/en/timeline/)?\?year=(\d{4})"[^>]*aria-label="([^"]*)"', words)
        assert len(links) == len(set(links)) > 10
        for year, label in links:
            said = sum(int(number) for number in re.findall(r"\w (\d+)", label.partition(":")[2]))
            assert client.get(f"/en/timeline/?year={year}").context["listing"].total == said


# A question to all kinds, and the same to the list of each kind: None where the kind cannot answer.
SAME = [
    ("q=transport", "q=transport", "q=transport", "q=transport"),
    ("topic=culture", "topic=culture", "topic=culture", "topic=culture"),
    ("topic=culture&topic=trade", "topic=culture&topic=trade", "topic=culture&topic=trade", "topic=culture&topic=trade"),
    ("place=tashkent", "place=tashkent", "place=tashkent", "place=tashkent"),
    ("place=baku&place=samarkand&after=2022", "place=baku&place=samarkand&after=2022", "place=baku&after=2022", "place=baku&after=2022"),
    ("person=islam-karimov", "person=islam-karimov", "person=islam-karimov", None),
    ("confirmed=both-sides&before=2023-06", "confirmed=both-sides&before=2023-06", "confirmed=both-sides&before=2023-06", "confirmed=both-sides&before=2023-06"),
    ("letter=A&after=2024", None, "after=2024", None),
    ("letter=A&letter=E&after=2024", "after=2024", "after=2024", None),
]  # fmt: skip


@pytest.mark.parametrize("questions", SAME, ids=[row[0] for row in SAME])
def test_timeline_answers_with_the_entries_of_the_lists(client, questions):
    asked, *own = questions
    expected = []
    for path, question in zip(("events", "agreements", "initiatives"), own, strict=True):
        if question is not None:
            listing = client.get(f"/en/{path}/?{question}").context["listing"]
            assert listing.is_answerable
            expected += [entry.code for entry in listing.narrowed()]
    assert expected
    assert sorted(rows(client, asked)) == sorted(expected)


def test_every_count_beside_a_choice_is_what_choosing_it_finds(client):
    listing = client.get("/en/timeline/?after=2023&topic=culture").context["listing"]
    for facet in listing.shown_facets():
        for choice in (facet.first + facet.more)[:6]:
            query = listing.data.copy()
            query.setlist(facet.name, [choice.value])
            assert TimelineListing(query).total == choice.count, (facet.name, choice.value)


def test_person_and_body_are_found_in_every_role_that_the_lists_know(empty_record, client):
    person, body = factories.PersonFactory(slug="somebody"), factories.OrganisationFactory(slug="some-body")
    event, agreement, initiative = (
        factory(published=True) for factory in (factories.EventFactory, factories.AgreementFactory, factories.InitiativeFactory)
    )
    Participant.objects.create(event=event, person=person)
    Participant.objects.create(event=event, organisation=body)
    Signatory.objects.create(agreement=agreement, person=person)
    agreement.parties.create(organisation=body)
    Partner.objects.create(initiative=initiative, person=person)
    Partner.objects.create(initiative=initiative, organisation=body)
    factories.EventFactory(published=True)
    everything = sorted(entry.code for entry in (event, agreement, initiative))
    assert sorted(rows(client, "person=somebody")) == everything
    assert sorted(rows(client, "organisation=some-body")) == everything


MALFORMED = [
    "year=x",
    "year=0000",
    "year=20245",
    "year=²⁰²⁴",
    "letter=Z",
    "letter=e",
    "after=2022-13",
    "topic=none-such",
    "sort=x",
    "page=0",
    "q=" + "x" * 201,
]


@pytest.mark.parametrize("question", MALFORMED)
def test_malformed_question_is_refused_in_a_sentence_and_finds_nothing(client, question):
    answer = client.get(f"/en/timeline/?{question}")
    words = answer.content.decode()
    assert answer.status_code == 400
    assert 'class="row"' not in words
    assert re.search(r'<div class="note wrong" role="alert">.*?<li><b>[^<]+:</b> [^<]+', words, re.S)


def test_page_behind_the_last_is_not_found(client):
    assert client.get("/en/timeline/?page=500").status_code == 404
    assert client.get("/en/timeline/?year=2024&page=500").status_code == 404


@pytest.mark.parametrize("lang", ["en", "az", "uz", "ru"])
def test_timeline_of_an_empty_record_says_so(empty_record, client, lang):
    answer = client.get(f"/{lang}/timeline/")
    assert answer.status_code == 200
    assert 'class="empty"' in answer.content.decode()


def test_unpublished_entry_is_in_no_row_count_or_year(empty_record, client):
    factories.EventFactory(published=True, date="2023-01-01")
    before = client.get("/en/timeline/").content
    place, topic = factories.PlaceFactory(), factories.TopicFactory()
    drafts = [factories.EventFactory(date="1999", place=place), factories.InitiativeFactory(date="1998", place=place)]
    agreement = factories.AgreementFactory(date="1997")
    AgreementAction.objects.create(agreement=agreement, kind="signed", date="1997", place=place)
    for entry in [*drafts, agreement]:
        entry.topics.add(topic)
    assert client.get("/en/timeline/").content == before
    publishing.publish(drafts[0], by=None)
    assert client.get("/en/timeline/").content != before


@pytest.mark.one_engine
def test_timeline_asks_as_little_for_three_thousand_rows_of_each_kind_as_for_one(empty_record, client, django_assert_max_num_queries):
    crowd = Crowd()
    addresses = [
        f"/en/timeline/{question}"
        for question in ("", "?sort=oldest", "?year=2020", f"?topic={crowd.topics[1].slug}&letter=E", "?q=entry&page=1")
    ]

    def asked(address):
        with django_assert_max_num_queries(100) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    crowd.add([1])
    few = [asked(address) for address in addresses]
    crowd.add(range(2, 3001))
    many = [asked(address) for address in addresses]
    assert max(few) <= MOST_QUERIES
    assert all(more <= less for more, less in zip(many, few, strict=True))
    assert len(client.get("/en/timeline/").context["page"].rows) == 30


def test_parts_narrow_by_the_lists_own_filters():
    """The joint question has no filter of its own: each is that of the kind's list."""
    from relations_site.joint import PARTS, SHARED

    for letter, own, model in (("E", EventListing, Event), ("A", AgreementListing, Agreement), ("I", InitiativeListing, Initiative)):
        part = PARTS[letter]
        assert issubclass(part, own) and part.Meta.model is model
        assert tuple(part.base_filters) == SHARED
        for name, ours in part.base_filters.items():
            theirs = own.base_filters.get({("A", "organisation"): "party"}.get((letter, name), name))
            if theirs is not None:
                assert (ours.field_name, ours.lookup_expr) == (theirs.field_name, theirs.lookup_expr)
