"""What the pages of trade say is true: of both books, of releases and quotations together, of sums made here."""

import pytest

from cooperation.models import TradeFigure
from cooperation.trade.books import Books
from cooperation.trade.catalogue import charts
from record import publishing
from tests.cooperation.test_charts import Rows
from tests.factories import QuotedFigureFactory, TradeFigureFactory, observed


def _sentences(name):
    return charts()[name](Books()).sentences


@pytest.mark.django_db
def test_sentence_speaks_of_releases_and_of_what_is_quoted_beyond_them(empty_record):
    for year, value in ((2014, 100), (2016, 110)):
        observed(flow="turnover", year=year, value=value * 1_000_000)
    QuotedFigureFactory(published=True, reporter="uz", year=2022, value="181.9")
    assert _sentences("turnover")[:2] == [
        "Uzbekistan, statistics: from USD 100 million (2014) to USD 110 million (2016), a rise of 10\xa0%. No stated figure for 1 period between.",
        "Uzbekistan, quoted: one figure, USD 181.9 million (2022).",
    ]


@pytest.mark.django_db
def test_sum_made_here_is_called_one(empty_record, client):
    observed(flow="export", year=2016, value=125_000_000)
    observed(flow="import", year=2016, value=21_500_000)
    assert _sentences("turnover") == ["Uzbekistan: one figure, USD 146.5 million, added up here (2016)."]
    figure = QuotedFigureFactory(published=True, reporter="uz", year=2016, value="200")
    page = " ".join(client.get(f"/en/trade/quotations/{figure.code}/").content.decode().split())
    assert "The releases of exports and imports add up to USD 146.5 million." in page
    codes = TradeFigure.objects.order_by("number").values_list("number", flat=True)
    assert all(f'/en/trade/statistics/T{number}/"' in page for number in codes)


@pytest.mark.django_db
def test_two_quotations_of_one_year_are_no_growth(empty_record):
    for value in ("80", "82.3"):
        QuotedFigureFactory(published=True, reporter="uz", year=2020, value=value)
    assert _sentences("turnover") == ["No stated figure of either side to draw."]


@pytest.mark.django_db
@pytest.mark.parametrize("question", ["reporter=uz", "flow=export", "reporter=az&flow=import"])
def test_comparison_holds_both_books_whatever_side_is_asked_for(empty_record, client, question):
    observed(reporter="uz", partner="az", flow="export", value=100_000_000)
    observed(reporter="az", partner="uz", flow="import", value=110_000_000)
    page = client.get(f"/en/trade/mirror/?{question}").content.decode()
    assert "only one side reported" not in page
    assert "which is USD 10 million more (10\xa0%)" in page
    assert "what was chosen of side and flow is left aside here" in page
    assert "+10" in client.get("/en/trade/charts/mirror-uz-az/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("question", ["reporter=uz", "reporter=az", "flow=turnover"])
def test_contradiction_does_not_vanish_where_one_side_of_it_is_asked_for(client, question):
    assert "The two sides differ." in client.get(f"/en/trade/contradictions/?{question}").content.decode()


@pytest.mark.django_db
def test_quotation_of_all_goods_answers_no_question_about_some(empty_record, client):
    observed(flow="turnover", value=5_000_000, product_code="84", classification="HS")
    QuotedFigureFactory(published=True, reporter="uz", year=2020, value="80")
    assert ",80," not in client.get("/en/trade/charts/turnover.csv?product=84").content.decode()
    assert ",80," in client.get("/en/trade/charts/turnover.csv").content.decode()


@pytest.mark.django_db
def test_chapter_in_two_editions_is_one_and_both_books_stand_side_by_side(empty_record, client):
    for edition, value, day in (("H5", 100, "2024-05-01"), ("H6", 120, "2025-05-01")):
        observed(flow="export", year=2023, value=value * 1_000_000, product_code="08", classification=edition, released_on=day)
    observed(reporter="az", partner="uz", flow="import", year=2023, value=90_000_000, product_code="08", classification="H6")
    table = Rows(client.get("/en/trade/goods/").content.decode()).rows
    assert [row[1:5] for row in table if row[0].startswith("HS 08")][:1] == [["120", "90", "-30", "-25"]]


@pytest.mark.django_db
def test_lower_bound_has_no_gap(empty_record, client):
    QuotedFigureFactory(published=True, reporter="uz", year=2020, value="80", precision="over")
    QuotedFigureFactory(published=True, reporter="az", year=2020, value="182.3")
    page = client.get("/en/trade/mirror/").content.decode()
    assert "one side gives only a lower bound" in page and "+102" not in page


@pytest.mark.django_db
def test_file_says_over_and_about_in_a_column(client):
    assert ",11,over," in client.get("/en/trade/charts/months.csv").content.decode()
    assert ",230.1,about," in client.get("/en/trade/charts/turnover.csv").content.decode()


@pytest.mark.django_db
def test_revised_value_is_called_so_where_it_counts(empty_record, client):
    observed(flow="export", year=2023, value=100_000_000, released_on="2024-05-01")
    assert "revised" not in client.get("/en/trade/").content.decode()
    observed(flow="export", year=2023, value=120_000_000, released_on="2025-05-01")
    assert client.get("/en/trade/").content.decode().count("<small>revised</small>") == 1
    assert client.get("/en/trade/statistics/").content.decode().count("<small>revised</small>") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("factory", "path"), [(QuotedFigureFactory, "quotations"), (TradeFigureFactory, "statistics")])
def test_withdrawn_figure_says_when_and_why_and_one_that_was_never_public_does_not_exist(client, factory, path):
    figure = factory()
    address = f"/en/trade/{path}/{figure.code}/"
    assert client.get(address).status_code == 404
    publishing.publish(figure, by=None)
    assert client.get(address).status_code == 200
    publishing.withdraw(figure, by=None, reason="Read wrongly.")
    gone = client.get(address)
    assert gone.status_code == 410 and "Read wrongly." in gone.content.decode()
