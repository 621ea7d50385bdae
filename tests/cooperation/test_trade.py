"""Trade: whose figures, which period, what may be drawn."""

import datetime

import pytest

from cooperation import charts, figures
from cooperation.models.trade import period_bounds
from record import publishing
from tests.factories import QuotedFigureFactory, TradeFigureFactory

SHIPPED_NOT_DRAWN = ["Q28", "Q34"]


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
    assert charts.scale(largest) == (pytest.approx(step), pytest.approx(top))


@pytest.mark.django_db
def test_figures_that_fit_nothing_are_listed_and_not_drawn(client):
    quoted = list(figures.quotations())
    assert {f.code for f in quoted if not f.chartable} >= set(SHIPPED_NOT_DRAWN)
    drawn = {f.code for f in figures.drawable(figures.full_years(quoted))}
    page = client.get("/en/trade/").content.decode()
    for code in SHIPPED_NOT_DRAWN:
        assert code not in drawn
        assert f'id="{code}"' in page


@pytest.mark.django_db
def test_computed_values_are_drawn_hollow_and_called_computed(client):
    quoted = list(figures.quotations())
    marks = charts.scatter(figures.drawable(figures.full_years(quoted))).marks
    hollow = {(m.figure.reporter, m.figure.year) for m in marks if m.hollow}
    assert hollow == {("uz", 2018), ("uz", 2023), ("az", 2023)}
    assert client.get("/en/trade/").content.decode().count("computed, not published") >= 3


@pytest.mark.django_db
def test_year_without_a_figure_has_no_mark_and_no_value_is_averaged():
    quoted = list(figures.quotations())
    by_year = {year.year: year for year in figures.full_years(quoted)}
    assert [f.value for f in by_year[2020].first("turnover")] == [80]
    assert [float(f.value) for f in by_year[2020].second("turnover")] == [82.318]
    assert by_year[2024].first("turnover") == []


@pytest.mark.django_db
def test_every_quotation_stands_on_the_trade_page_once(client):
    page = client.get("/en/trade/").content.decode()
    for figure in figures.quotations():
        assert page.count(f'id="{figure.code}"') == 1, figure.code


@pytest.mark.django_db
def test_newest_release_of_an_observation_is_the_one_shown(empty_record):
    for day, value in (("2025-01-10", 5), ("2025-06-10", 7), ("2024-12-01", 3)):
        publishing.publish(TradeFigureFactory(released_on=day, value=value), by=None)
    assert [figure.value for figure in figures.observations()] == [7]


@pytest.mark.django_db
def test_trade_page_of_an_empty_record_says_so(empty_record, client):
    assert "No yearly figure is on record yet." in client.get("/en/trade/").content.decode()


@pytest.mark.django_db
def test_lone_figure_is_drawn(empty_record):
    QuotedFigureFactory(reporter="uz", published=True)
    (mark,) = charts.scatter(figures.drawable(figures.full_years(list(figures.quotations())))).marks
    assert mark.side == "first"
