"""Trade: whose figures, which period, what may be drawn; the pages and what they show of the shipped record."""

import datetime

import pytest

from cooperation.charts.axes import Values, labelled, scale
from cooperation.models import QuotedFigure
from cooperation.models.trade import period_bounds
from cooperation.trade import goods, readings, words, years
from cooperation.trade.books import Books
from tests.factories import QuotedFigureFactory, TradeFigureFactory, observed

SHIPPED_NOT_DRAWN = ["Q17", "Q28", "Q34", "Q38", "Q39"]
PAGES = ["", "mirror/", "parts/", "goods/", "claims/", "contradictions/", "quotations/", "statistics/"]


@pytest.mark.parametrize(
    ("period", "bounds"),
    [
        (("year", 2024, 0), ("2024-01-01", "2024-12-31")),
        (("quarter", 2024, 1), ("2024-01-01", "2024-03-31")),
        (("month", 2024, 2), ("2024-02-01", "2024-02-29")),
        (("january-to-month", 2023, 2), ("2023-01-01", "2023-02-28")),
        (("part-year", 2016, 0), ("2016-01-01", "2016-12-31")),
    ],
)
def test_period_covers_its_days(period, bounds):
    assert period_bounds(*period) == tuple(map(datetime.date.fromisoformat, bounds))


@pytest.mark.parametrize(
    ("largest", "step", "top"),
    [(0, 1, 1), (1, 0.2, 1), (5, 1, 5), (31.2, 10, 40), (252, 50, 300), (300, 50, 300), (301, 100, 400), (1000, 200, 1000)],
)
def test_axis_has_round_rows_and_holds_the_largest_value(largest, step, top):
    assert scale(largest) == (pytest.approx(step), pytest.approx(top))


@pytest.mark.parametrize(
    ("values", "rows"),
    [([], [0, 1]), ([0], [0, 1]), ([-36, 82.8], [-40, -20, 0, 20, 40, 60, 80, 100]), ([-5], [-5, -4, -3, -2, -1, 0])],
)
def test_axis_of_values_of_both_signs_shows_zero_and_holds_them_all(values, rows):
    assert Values.over(values, top=0, bottom=100).rows() == rows


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["2024"], ["2024"]),
        ([str(y) for y in range(2018, 2025)], [str(y) for y in range(2018, 2025)]),
        ([str(y) for y in range(2017, 2025)], ["2018", "2020", "2022", "2024"]),
        ([str(y) for y in range(1992, 2026)], ["1995", "2000", "2005", "2010", "2015", "2020", "2025"]),
        ([str(y) for y in range(1966, 2026)], ["1970", "1980", "1990", "2000", "2010", "2020"]),
    ],
)
def test_years_under_an_axis_are_round_where_not_all_fit(names, shown):
    assert [name for _slot, name, kind in labelled(names) if kind != "tick minor"] == shown


@pytest.mark.parametrize(
    ("fields", "edtf"),
    [
        ({"period_type": "year", "period": 0}, "2024"),
        ({"period_type": "month", "period": 7}, "2024-07"),
        ({"period_type": "january-to-month", "period": 7}, "2024-01/2024-07"),
        ({"period_type": "quarter", "period": 2}, "2024-34"),
        ({"period_type": "part-year", "period": 0}, "2024"),
    ],
)
def test_periods_travel_as_edtf(fields, edtf):
    assert words.edtf(QuotedFigure(year=2024, **fields)) == edtf


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["en", "az", "uz", "ru"])
def test_every_page_of_trade_leads_to_every_other(client, path, lang):
    page = client.get(f"/{lang}/trade/{path}")
    assert page.status_code == 200
    assert all(f'href="/{lang}/trade/{other}"' in page.content.decode() for other in PAGES)


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_page_of_an_empty_record_says_so(empty_record, client, path):
    page = client.get(f"/en/trade/{path}")
    assert page.status_code == 200
    assert "on record" in page.content.decode() or "No figure" in page.content.decode()


@pytest.mark.django_db
def test_every_quotation_has_a_page_and_a_row_in_the_list(client):
    rows = "".join(client.get(f"/en/trade/quotations/?page={n}").content.decode() for n in (1, 2, 3, 4))
    for figure in readings.quotations():
        assert rows.count(f'id="{figure.code}"') == 1, figure.code
        assert client.get(f"/en/trade/quotations/{figure.code}/").status_code == 200


@pytest.mark.django_db
def test_figures_that_fit_nothing_are_listed_and_said_to_be_disputed(client):
    quoted = {figure.code for figure in readings.quotations() if not figure.chartable}
    assert quoted == set(SHIPPED_NOT_DRAWN)
    page = client.get("/en/trade/contradictions/").content.decode()
    listed = page[page.index('id="undrawn"') :]
    assert all(f"· {code}</p>" in listed for code in SHIPPED_NOT_DRAWN)


@pytest.mark.django_db
def test_neither_sides_figure_enters_the_others_cell_and_none_is_averaged():
    by_year = {year.year: year for year in years.table(Books())}
    assert [r.value for r in by_year[2020].cell("uz", "turnover")] == [80]
    assert [float(r.value) for r in by_year[2020].cell("az", "turnover")] == [82.318]
    assert by_year[2024].cell("uz", "turnover") == []


@pytest.mark.django_db
def test_newest_release_is_read_and_earlier_ones_stay_findable(empty_record, client):
    codes = [observed(released_on=day, value=value).code for day, value in (("2025-01-10", 5), ("2025-06-10", 7), ("2024-12-01", 3))]
    assert [f.value for f in readings.newest_releases()] == [7]
    assert codes[1] in client.get("/en/trade/statistics/").content.decode()
    assert codes[0] not in client.get("/en/trade/statistics/").content.decode()
    earlier = client.get(f"/en/trade/statistics/{codes[0]}/").content.decode()
    assert "Revised since." in earlier
    assert all(f"{code}/" in earlier or f"<td>{code}</td>" in earlier for code in codes)
    assert "Revised since." not in client.get(f"/en/trade/statistics/{codes[1]}/").content.decode()


@pytest.mark.django_db
def test_draft_of_a_revision_revises_nothing(empty_record, client):
    figure = observed(released_on="2025-01-10", value=5)
    draft = TradeFigureFactory(released_on="2025-06-10", value=7)
    assert [f.value for f in readings.newest_releases()] == [5]
    assert "Revised since." not in client.get(f"/en/trade/statistics/{figure.code}/").content.decode()
    assert client.get(f"/en/trade/statistics/{draft.code}/").status_code == 404


@pytest.mark.django_db
def test_figure_in_another_currency_is_listed_and_stands_on_no_axis_of_dollars(empty_record, client):
    observed(currency="EUR", value=5_000_000)
    assert Books().years == ([], [])
    assert "EUR 5 million<" in client.get("/en/trade/statistics/").content.decode()


@pytest.mark.django_db
def test_turnover_is_added_up_only_where_a_side_reports_both_flows_and_no_turnover(empty_record):
    for flow, year, value in (("export", 2019, 5), ("import", 2019, 2), ("export", 2020, 5), ("turnover", 2021, 9), ("export", 2021, 5)):
        observed(flow=flow, year=year, value=value * 1_000_000)
    observed(flow="import", year=2021, value=2_000_000)
    found = {(r.year, str(r.basis)): r.value for r in Books().years[0] if r.flow == "turnover"}
    assert found == {(2019, "computed"): 7, (2021, "statistics"): 9}


@pytest.mark.django_db
def test_balance_is_computed_within_one_ground_and_never_across(empty_record):
    observed(flow="export", year=2019, value=5_000_000)
    QuotedFigureFactory(flow="import", year=2019, value=2, reporter="uz", published=True)
    assert years.balances(Books()) == []
    observed(flow="import", year=2019, value=8_000_000)
    assert [(r.value, r.basis) for r in years.balances(Books())] == [(-3, "computed")]


@pytest.mark.django_db
def test_months_and_parts_of_years_never_stand_among_full_years(empty_record):
    for period_type, period in (("month", 3), ("quarter", 1), ("january-to-month", 6), ("part-year", 0)):
        QuotedFigureFactory(period_type=period_type, period=period, reporter="uz", published=True)
        if period_type != "part-year":
            observed(period_type=period_type, period=period)
    books = Books()
    assert books.years == ([], [])
    assert [len(each) for each in (*books.parts, *books.months)] == [2, 3, 1, 1]


@pytest.mark.django_db
def test_latest_year_is_that_of_a_stated_figure():
    assert (years.latest(Books()).year, years.latest(Books()).code) == (2024, "Q20")


@pytest.mark.django_db
def test_goods_never_enter_the_totals_and_finer_codes_are_never_added_to_chapters(empty_record):
    observed(flow="export", value=9_000_000)
    for code, value in (("84", 5_000_000), ("8471", 3_000_000), ("85", 1_000_000)):
        observed(flow="export", classification="HS", product_code=code, value=value)
    books = Books()
    assert [r.value for r in books.years[0]] == [9]
    assert [(r.product, r.value) for r in goods.chapters(books)] == [("84", 5), ("85", 1)]
