"""What is asked of trade narrows every page, chart and file alike; what cannot be read finds nothing and is told why."""

import pytest
from django.http import QueryDict

from cooperation.trade.question import QuotationListing, StatisticsListing, TradeQuestion
from tests.factories import QuotedFigureFactory, observed

pytestmark = pytest.mark.one_engine

ASKED = ["", "mirror/", "parts/", "goods/", "claims/", "contradictions/", "statistics/", "charts/turnover/"]
FILES = ["charts/turnover.csv", "charts/turnover.svg", "charts/turnover.png", "charts/turnover/embed/"]
MALFORMED = [
    "after=soon", "after=2024-06", "after=1e3", "after=0", "after=1899", "before=2101", "before=99999", "after=-2020", "after=٢٠٢٠", "after=2020~",
    "after=2025&before=2024", "flow=smuggling", "flow=export&flow=zzz", "reporter=xx", "reporter=UZ", "period=decade", "product=ZZ", "status=true",
    "after=%00", "after=" + "9" * 4000, "sort=random()", "page=0",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("path", ASKED)
@pytest.mark.parametrize("question", MALFORMED)
def test_malformed_question_is_refused_in_words_and_shows_no_figure(client, path, question):
    answer = client.get(f"/en/trade/{path}?{question}")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "<h1" in page
    assert "<table" not in page and 'svg class="chart"' not in page and 'class="row"' not in page


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("question", ["after=soon", "flow=smuggling", "after=2025&before=2024"])
def test_file_of_a_malformed_question_is_a_sentence(client, path, question):
    answer = client.get(f"/en/trade/{path}?{question}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert len(answer.content.decode().split()) > 4


@pytest.mark.django_db
def test_fault_is_named_beside_its_field(client):
    page = client.get("/en/trade/?after=soon").content.decode()
    assert 'id="error-after"' in page
    assert "“soon” is not a year between 1900 and 2100: write 2024." in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "question", ["", "after=", "flow=&reporter=", "unknown=1", "after=2020&before=2020", "reporter=uz&reporter=az", "status=final"]
)
@pytest.mark.parametrize("path", [*ASKED, *FILES, "quotations/"])
def test_harmless_question_is_answered(client, path, question):
    assert client.get(f"/en/trade/{path}?{question}").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("", [2024, 2023, 2023, 2022, 2021, 2020, 2020, 2019, 2019, 2018, 2017]),
        ("after=2021", [2024, 2023, 2023, 2022, 2021]),
        ("after=2020&before=2021", [2021, 2020, 2020]),
        ("reporter=uz", [2023, 2022, 2020, 2019, 2018, 2017]),
        ("reporter=az&before=2020", [2020, 2019]),
        ("flow=export", []),
        ("status=final", []),
    ],
)
def test_question_narrows_the_chart(client, question, years):
    rows = client.get(f"/en/trade/charts/turnover.csv?{question}").content.decode().splitlines()[1:]
    assert [int(row[:4]) for row in rows] == years


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("", 3), ("flow=export", 2), ("reporter=az", 1), ("period=month", 1), ("status=final", 1), ("product=total", 2), ("product=84", 1),
        ("after=2020", 1), ("flow=export&status=final", 1), ("flow=export&flow=import", 3),
    ],
)  # fmt: skip
def test_statistics_are_narrowed_by_every_filter(empty_record, question, number):
    observed(flow="export", status="final", year=2019)
    observed(flow="export", period_type="month", period=2, year=2020)
    observed(flow="import", reporter="az", partner="uz", classification="HS", product_code="8471", year=2019)
    listing = StatisticsListing(QueryDict(question))
    assert listing.total == number
    assert len(listing.ordered()) == number


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("reporter=not-named", "B"), ("measure=growth", "C"), ("q=минист", "A"), ("q=ozbek", "B"), ("basis=derived", "B"), ("q=nothing", ""),
        ("after=2020", "C"), ("product=84", "A"), ("q=washers", "A"), ("q=%20", "ABC"), ("q=*", ""),
    ],
)  # fmt: skip
def test_quotations_are_narrowed_by_every_filter_and_found_by_any_spelling(empty_record, question, codes):
    figures = {
        "A": QuotedFigureFactory(published=True, reporter="uz", attributed_to_ru="Министр", product_code="84", subject_en="washers"),
        "B": QuotedFigureFactory(published=True, attributed_to_uz="Oʻzbekiston elchisi", basis="derived"),
        "C": QuotedFigureFactory(published=True, reporter="az", measure="growth", unit="percent", year=2020),
    }
    found = {figure.code for figure in QuotationListing(QueryDict(question)).ordered()}
    assert found == {figures[letter].code for letter in codes}


@pytest.mark.django_db
def test_counts_beside_choices_are_those_of_the_present_question():
    listing = QuotationListing(QueryDict("reporter=az"))
    assert listing.counts["", ""] == 41
    assert listing.counts["reporter", "uz"] == 26
    assert sum(n for (facet, _value), n in listing.counts.items() if facet == "measure") == 41


@pytest.mark.django_db
def test_status_is_asked_of_releases_only():
    assert TradeQuestion(QueryDict("status=final")).books.quoted == []
    assert TradeQuestion(QueryDict("")).books.quoted != []


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("path", ["", "quotations/Q1/", "statistics/T1/", "charts/turnover/", "charts/turnover.csv"])
def test_pages_are_read_only(client, method, path):
    assert getattr(client, method)(f"/en/trade/{path}").status_code == 405
