"""A question that is a day or a month finds what happened then, whatever the language it is written in, and nothing that is not public."""

import datetime
import re

import pytest
from django.utils import timezone

from record import answers, publishing, search
from record.models import SearchEntry
from record.search import hits
from tests import factories
from tests.outlets.test_one_question import of_atom, of_csv, of_json, of_page
from tests.record.search.test_questions import keys

pytestmark = pytest.mark.django_db
DAY = ["23.08.2024", "23.8.2024", "2024-08-23", "23 August 2024", "23 AUG 2024", "23 августа 2024 г.", "23 августа 2024 года", "23 avqust 2024",
       "23 avqust 2024-cü il", "2024-yil 23-avgust", " 23.08.2024 "]  # fmt: skip
MONTH = ["08.2024", "8.2024", "2024-08", "August 2024", "август 2024", "август 2024 г.", "avqust 2024", "2024-yil avgust"]
NEITHER = ["31.02.2024", "2024-13", "00.08.2024", "99.99.9999", "0000-01", "23.08.24", "23 August", "23 brumaire 2024", "2024-08-23/2024-08-24",
           '"23 August 2024"', "“23.08.2024”", "23.08.2024 zqvisit", "2024", "2024 г.", "2024-yil"]  # fmt: skip


def events(said, **options):
    """What is found, without the sources, in whose numbered titles a figure may stand."""
    return [key for key in keys(said, **options) if key[0] == "E"]


def keys_of(said):
    """The keys of the index rows that are found, in order."""
    asked = search.ask(said)
    return list(asked.ranked(asked.found(SearchEntry.objects.public())).values_list("pk", flat=True))


def event(date, title="Meeting", **fields):
    return factories.EventFactory(title_en=title, date=date, **({"published": True} | fields))


@pytest.fixture
def around(empty_record):
    """{date: the number of the event of this date}, around 23 August 2024."""
    dates = [
        "2024-08-23",
        "2024-08-22/2024-08-24",
        "2024-08",
        "2024-08-24",
        "2024-07-30/2024-08-01",
        "2024",
        "2024-09-01",
        "2023-08-23",
        "",
    ]
    return {date: event(date).code for date in dates}


def test_day_finds_its_entries_first_and_then_those_whose_date_holds_it(around):
    wanted = [around[date] for date in ("2024-08-23", "2024-08-22/2024-08-24", "2024-08", "2024")]
    assert {said: keys(said) for said in DAY} == dict.fromkeys(DAY, wanted)


def test_month_finds_what_lies_in_it_first_and_then_what_has_a_part_of_it(around):
    inside = ["2024-08-24", "2024-08-23", "2024-08-22/2024-08-24", "2024-08"]
    wanted = [around[date] for date in (*inside, "2024-07-30/2024-08-01", "2024")]
    assert {said: keys(said) for said in MONTH} == dict.fromkeys(MONTH, wanted)


@pytest.mark.parametrize("any_of", [False, True])
def test_what_is_no_day_as_a_whole_is_words(around, any_of):
    assert {said: events(said, any_of=any_of) for said in NEITHER} == dict.fromkeys(NEITHER, [])


@pytest.mark.parametrize("said", ["31.02.2024", "13.2024", "2024-02-31", "99.99.9999"])
def test_day_that_no_calendar_has_is_told_as_such(empty_record, client, said):
    page = client.get(f"/en/search/?q={said}").content.decode()
    assert f"The calendar has no “{said}”." in page


@pytest.mark.parametrize("said", ["23 brumaire 2024", "2024", "23.08.1924", "visit", "2020-21", "1995-47"])
def test_of_what_is_a_day_or_no_day_at_all_nothing_is_said(empty_record, client, said):
    assert "The calendar has no" not in client.get(f"/en/search/?q={said}").content.decode()


def test_june_is_june_with_the_capital_of_azerbaijani(empty_record):
    june = event("2024-06-23").code
    assert keys("İyun 2024") == keys("23 İYUN 2024") == [june]


def test_entries_of_the_day_stand_before_titles_and_titles_before_dates_that_hold_it(empty_record):
    wider, title = event("2024").code, event("2025-01-01", "What began on 23 August 2024").code
    source = factories.SourceFactory(title="Press release", published="2024-08-23")
    day = factories.EventFactory(title_en="Visit", date="2024-08-23")
    day.citations.create(source=source)
    publishing.publish(day, by=None)
    assert keys("23 August 2024") == [day.code, source.code, title, wider]


def test_any_of_the_words_has_the_entries_of_the_day_first(empty_record):
    words, day, one = event("2025", "What began on 23 August 2024").code, event("2024-08-23").code, event("2025", "August").code
    assert events("23 August 2024", any_of=True) == [day, words, one]


def test_entry_asked_for_by_number_is_first_among_any_of_the_words(empty_record):
    numbered = event("2024")
    said = f"E {numbered.number}"
    words = event("2025", f"Energy {numbered.number}").code
    assert events(said, any_of=True) == [numbered.code, words]


def test_nothing_unpublished_is_found_counted_or_suggested_by_its_day(empty_record, client):
    shown, later = event("2024-08-23"), timezone.now() + datetime.timedelta(hours=1)
    withdrawn = event("2024-08-23")
    publishing.withdraw(withdrawn, by=None, reason="Entered twice.")
    event("2024-08-23", published=False)
    scheduled = event("2024-08-23", published=False)
    publishing.schedule(scheduled, by=None, at=later)
    assert keys("23.08.2024") == [shown.code]
    listing = client.get("/en/search/?q=23.08.2024").context["listing"]
    assert (listing.total, [choice.count for choice in listing.tabs()]) == (1, [1])
    assert len(client.get("/en/search/suggestions/?q=23.08.2024").json()["suggestions"]) == 1
    asked = search.ask("23.08.2024", at=later)
    assert asked.found(SearchEntry.objects.public(later)).count() == 2


def test_suggestions_while_a_day_is_typed_are_the_entries_of_it_and_of_the_days_around_it(around, client):
    """A month or a year that holds it is no suggestion."""
    rows = client.get("/en/search/suggestions/?q=2024-08-23").json()["suggestions"]
    assert [row["kind"] for row in rows] == ["Event · 23 August 2024", "Event · 22–24 August 2024"]


def test_event_of_several_days_stands_before_what_was_signed_on_the_day(empty_record):
    visit = event("2024-08-22/2024-08-23")
    signed = factories.AgreementFactory(date="2024-08-23", published=True)
    opened = event("2024-08-23")
    report = factories.AgreementFactory(date="2024-08", published=True)
    assert keys("23.08.2024") == [opened.code, visit.code, signed.code, report.code]


def test_page_and_outlets_hold_the_same_entries_on_every_page(empty_record, client):
    codes = [event("2024-08-23").code for _ in range(31)][::-1]
    codes += [factories.AgreementFactory(date="2024", published=True).code]
    for outlet in (of_page, of_csv, of_json):
        assert outlet(client, "search", "q=23.08.2024") == codes, outlet.__name__
    assert sorted(of_atom(client, "search", "q=23.08.2024")) == sorted(codes)
    tabs = client.get("/en/search/?q=23.08.2024&kind=agreement").context["listing"].tabs()
    assert {choice.value: choice.count for choice in tabs} == {"agreement": 1, "event": 31}
    assert of_page(client, "search", "q=23.08.2024&kind=agreement") == codes[31:]


def test_hit_found_by_its_day_alone_shows_its_summary_without_marks(empty_record):
    event("2024-08-23", "Visit & talks", summary_en="Who came.")
    asked = search.ask("23.08.2024")
    (hit,) = hits.hits([entry.place for entry in asked.found(SearchEntry.objects.public())], asked)
    assert ">Visit &amp; talks</a>" in hit.html and [str(line.html) for line in hit.passages] == ["Who came."]


@pytest.mark.parametrize("said", ["23.08.2024", "2024-08", "31.02.2024", "2024"])
def test_day_is_found_in_one_statement_as_figures_are(around, django_assert_num_queries, said):
    with django_assert_num_queries(1):
        keys_of(said)


def test_kept_answer_to_a_day_stands_until_something_happened_then(around):
    with answers.recorded() as asked:
        keys_of("23.08.2024")
    event("2024-08-25")
    assert asked.stands(1)
    event("2024-08-23")
    assert not asked.stands(2)


@pytest.mark.parametrize(("lang", "hint"), [("en", "Did you mean"), ("ru", "Возможно, вы искали")])
def test_day_with_a_year_of_two_figures_is_asked_back_and_not_taken_over(around, client, lang, hint):
    page = client.get(f"/{lang}/search/", {"q": "23.08.24"}).content.decode()
    assert re.search(hint + r' <a href="[^"]*\?q=23\.08\.2024">23\.08\.2024</a>\?', page)
    assert around["2024-08-23"] not in keys("23.08.24")
    assert hint not in client.get(f"/{lang}/search/", {"q": "23.08.2024"}).content.decode()
