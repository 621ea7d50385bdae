"""Two sets of books: the gap is what a hand computes, a side that is silent stays empty, nothing is averaged."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cooperation.trade import causes, mirror
from cooperation.trade.books import Books
from cooperation.trade.causes import Cause
from record import publishing
from tests.factories import GapCauseFactory, QuotedFigureFactory, observed

MILLION = 1_000_000


def _year(first, second, **fields):
    """Exports of the first country as it reports them, and imports of the second as it reports them."""
    if first is not None:
        observed(reporter="uz", partner="az", flow="export", value=Decimal(first) * MILLION, **fields)
    if second is not None:
        observed(reporter="az", partner="uz", flow="import", value=Decimal(second) * MILLION, **fields)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("exporter", "importer", "gap", "percent"),
    [
        ("132.3", "145.53", "13.23", "10.0"),
        ("132.3", "100", "-32.3", "-24.4"),
        ("80", "80", "0", "0.0"),
        ("3", "4", "1", "33.3"),
        ("0", "4", "4", None),
        ("0.07", "0.071", "0.001", "1.4"),
        ("999999.99", "1000000", "0.01", "0.0"),
    ],
)
def test_gap_is_the_importers_figure_minus_the_exporters_in_percent_of_the_exporters(empty_record, exporter, importer, gap, percent):
    _year(exporter, importer)
    (found,) = mirror.of_books(Books().years, "uz")
    assert found.gap == Decimal(gap)
    assert found.percent == (None if percent is None else Decimal(percent))
    assert [r.value for r in (*found.left, *found.right)] == [Decimal(exporter), Decimal(importer)]


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "second", "missing"), [("5", None, "az"), (None, "5", "uz")])
def test_side_that_reports_nothing_stays_empty_and_is_named(empty_record, client, first, second, missing):
    _year(first, second)
    (found,) = mirror.of_books(Books().years, "uz")
    assert (found.missing, found.gap, found.percent, found.causes) == (missing, None, None, [])
    page = client.get("/en/trade/charts/mirror-uz-az/").content.decode()
    assert "only one side reported" in page
    assert "No period has one figure from each side." in page


@pytest.mark.django_db
def test_exports_of_one_side_are_held_against_imports_of_the_other_and_not_against_its_exports(empty_record):
    _year("5", "6")
    observed(reporter="az", partner="uz", flow="export", value=99 * MILLION)
    (one,), (other,) = mirror.of_books(Books().years, "uz"), mirror.of_books(Books().years, "az")
    assert one.gap == 1
    assert other.missing == "uz"


@pytest.mark.django_db
def test_statistics_are_never_held_against_quotations(empty_record):
    _year("5", None)
    QuotedFigureFactory(reporter="az", flow="import", exporter="uz", value=6, published=True)
    found = mirror.of_books(Books().years, "uz")
    assert [(m.basis, m.missing) for m in found] == [("statistics", "az"), ("quoted", "uz")]


@pytest.mark.django_db
def test_two_values_from_one_side_give_no_gap(empty_record, client):
    for reporter, flow, value in (("uz", "export", 5), ("uz", "export", 6), ("az", "import", 7)):
        QuotedFigureFactory(reporter=reporter, flow=flow, exporter="uz", value=value, published=True)
    (found,) = mirror.of_books(Books().years, "uz")
    assert found.is_ambiguous and found.gap is None
    assert "more than one value from one side" in client.get("/en/trade/charts/mirror-uz-az/").content.decode()


@pytest.mark.django_db
def test_gap_of_turnover_is_in_percent_of_the_first_countrys_figure():
    by_year = {m.year: m for m in mirror.of_books(Books().years, "")}
    assert (by_year[2020].gap, by_year[2020].percent) == (Decimal("2.318"), Decimal("2.9"))
    assert (by_year[2019].gap, by_year[2019].percent) == (Decimal("8.562"), Decimal("11.7"))
    assert 2023 not in by_year  # both values of 2023 are computed from growth rates


@pytest.mark.django_db
def test_withdrawn_figure_leaves_the_comparison(empty_record):
    _year("5", None)
    figure = observed(reporter="az", partner="uz", flow="import", value=6 * MILLION)
    publishing.withdraw(figure, by=None, reason="Entered twice.")
    (found,) = mirror.of_books(Books().years, "uz")
    assert found.missing == "az"


@pytest.mark.parametrize(
    ("gap", "asked", "has", "lacks"),
    [
        (0, {}, set(), set(Cause)),
        (5, {}, {Cause.FREIGHT, Cause.TRANSIT, Cause.TIME}, {Cause.CLASSIFICATION, Cause.REVISION}),
        (-5, {}, {Cause.TRANSIT, Cause.RE_EXPORT}, {Cause.FREIGHT}),
        (-5, {"both_ways": True}, {Cause.FREIGHT}, set()),
        (5, {"valuations": ["fob", "fob"]}, {Cause.COVERAGE}, {Cause.FREIGHT}),
        (5, {"valuations": ["fob", "cif"]}, {Cause.FREIGHT}, set()),
        (5, {"valuations": ["not-stated", "not-stated"]}, {Cause.FREIGHT}, set()),
        (5, {"product": "84"}, {Cause.CLASSIFICATION}, set()),
        (5, {"statuses": ["final", "provisional"]}, {Cause.REVISION}, set()),
    ],
)
def test_causes_are_those_that_can_explain_the_gap(gap, asked, has, lacks):
    found = set(causes.possible(gap, **asked))
    assert has <= found
    assert not lacks & found


def test_every_cause_is_explained():
    assert set(causes.EXPLAINED) == set(Cause)


def _page(client):
    return client.get("/en/trade/mirror/").content.decode()


@pytest.mark.django_db
def test_cause_that_a_source_names_stands_at_its_gap_with_its_source_once_it_is_published(empty_record, client):
    _year("100", "120")
    row = GapCauseFactory(exporter="uz", finding_en="Half of it went through a third port.", source__publisher="Statistics Office")
    assert "third port" not in _page(client)
    assert client.get(row.source.get_absolute_url()).status_code == 404
    publishing.publish(row, by=None)
    page = _page(client)
    assert page.count("Half of it went through a third port.") == 1
    assert f'href="{row.source.get_absolute_url()}">Statistics Office</a>' in page
    assert "third port" in client.get(row.source.get_absolute_url()).content.decode()
    publishing.withdraw(row, by=None, reason="Misread.")
    assert "third port" not in _page(client)


@pytest.mark.django_db
@pytest.mark.parametrize("other", [{"year": 2018}, {"exporter": "az"}, {"exporter": ""}, {"period_type": "month", "period": 1}])
def test_cause_of_another_gap_is_not_said_of_this_one(empty_record, client, other):
    _year("100", "120")
    publishing.publish(GapCauseFactory(**{"exporter": "uz", **other}), by=None)
    assert "Goods crossed a third country." not in _page(client)


@pytest.mark.django_db
def test_cause_of_a_gap_is_refused_without_words_or_for_a_third_state():
    with pytest.raises(publishing.Refused) as refused:
        publishing.publish(GapCauseFactory(finding_en="", exporter="tr"), by=None)
    assert len(refused.value.reasons) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"cause": "magic"}, {"period": 3}, {"period_type": "month", "period": 13}])
def test_cause_of_a_gap_that_cannot_be_is_refused_by_the_database(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        GapCauseFactory(**wrong)
