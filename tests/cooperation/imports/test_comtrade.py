"""The CSV of UN Comtrade as it is downloaded: what counts, what is left out, what is refused."""

import pytest

from cooperation.models import TradeFigure
from tests.cooperation.imports.conftest import examined
from tests.cooperation.imports.files import COMTRADE, comtrade, comtrade_row

pytestmark = pytest.mark.one_engine

WHOLE = comtrade_row(value="100")
SPLITS = [
    {"partner2Code": "792", "partner2ISO": "TUR", "partner2Desc": "Türkiye"},
    {"customsCode": "C04", "customsDesc": "Outward processing"},
    {"motCode": "2100", "motDesc": "Sea"},
    {"mosCode": "1"},
]


@pytest.mark.django_db
def test_download_is_stored_as_it_says(run):
    """Codes become our own words; the value keeps its cents; exports are FOB, imports CIF."""
    rows = [
        comtrade_row(value="25600000.5"),
        comtrade_row("az", "uz", "M", value="27100000.123"),
        comtrade_row(month=3, year=2024, code="080450", value="1234.567"),
    ]
    said = run(comtrade(*rows))
    assert "3 figures added" in said
    stored = TradeFigure.objects.filter(source__publisher="United Nations").order_by("value")
    fields = ("reporter", "partner", "flow", "period_type", "year", "period", "classification", "product_code", "value", "valuation")
    assert [tuple(map(str, row)) for row in stored.values_list(*fields)] == [
        ("uz", "az", "export", "month", "2024", "3", "H6", "080450", "1234.57", "fob"),
        ("uz", "az", "export", "year", "2023", "0", "TOTAL", "TOTAL", "25600000.50", "fob"),
        ("az", "uz", "import", "year", "2023", "0", "TOTAL", "TOTAL", "27100000.12", "cif"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("split", SPLITS)
def test_split_figure_counts_once(run, split):
    said = run(comtrade(comtrade_row(value="60", **split), WHOLE, comtrade_row(value="40", **split)))
    assert "2 not counted: parts of a figure" in said
    assert [figure.value for figure in TradeFigure.objects.filter(source__publisher="United Nations")] == [100]


@pytest.mark.django_db
def test_parts_without_their_total_are_refused_once_and_never_added_up():
    found = examined(comtrade(comtrade_row(value="60", motCode="2100"), comtrade_row(value="40", motCode="3200"), comtrade_row(flow="M")))
    assert [(refusal.line, "only parts of this figure" in refusal.reason) for refusal in found.refusals] == [(2, True)]


@pytest.mark.django_db
def test_rows_that_are_none_of_ours_are_counted_by_reason():
    found = examined(
        comtrade(
            comtrade_row(partner="world"),
            comtrade_row(partner="tr"),
            comtrade_row(partnerCode="490", partnerISO="S19"),
            comtrade_row(flow="RX"),
            comtrade_row(typeCode="S"),
            comtrade_row(classificationCode="S4", code="05"),
        )
    )
    assert found.left_out == {"other-countries": 3, "other-flows": 1, "services": 1, "other-classifications": 1}
    assert (found.changes, found.counts["refused"]) == (0, 0)


@pytest.mark.django_db
def test_total_is_one_figure_in_every_classification():
    found = examined(comtrade(comtrade_row(classificationCode="H6"), comtrade_row(classificationCode="H5")))
    assert [str(refusal) for refusal in found.refusals] == ["line 3: the same figure as in line 2"]


REFUSED = [
    ({"reporterCode": "999"}, "reporterCode", "is not the number of a country"),
    ({"reporterCode": ""}, "reporterCode", "is not the number of a country"),
    ({"partnerISO": "GEO"}, "partnerISO", "is another country than the number beside it"),
    ({"partnerCode": "860", "partnerISO": "UZB"}, "partnerCode", "does not trade with itself"),
    ({"flowCode": "Z"}, "flowCode", "is none of"),
    ({"typeCode": "Q"}, "typeCode", "is none of"),
    ({"freqCode": "W"}, "freqCode", "is none of"),
    ({"period": "202313", "refYear": "2023", "freqCode": "M"}, "period", "does not fit the period type"),
    ({"period": "202300", "refYear": "2023", "freqCode": "M"}, "period", "does not fit the period type"),
    ({"period": "202312"}, "period", "does not fit the frequency A"),
    ({"refYear": "2022"}, "refYear", "is not the year of the period"),
    ({"period": "1850", "refYear": "1850"}, "period", "is not a year between"),
    ({"period": "2026", "refYear": "2026"}, "period", "which has not come yet"),
    ({"period": "2024", "refYear": "2024"}, "period", "after its figure was released"),
    ({"cmdCode": "77"}, "cmdCode", "is not a code of 2, 4 or 6 digits"),
    ({"cmdCode": "98"}, "cmdCode", "is not a code of 2, 4 or 6 digits"),
    ({"cmdCode": "8"}, "cmdCode", "has lost its first zero"),
    ({"cmdCode": "08045000"}, "cmdCode", "is not a code of 2, 4 or 6 digits"),
    ({"cmdCode": "08", "classificationCode": "X9"}, "cmdCode", "is not an edition of the Harmonized System"),
    ({"primaryValue": "-1"}, "primaryValue", "is negative"),
    ({"primaryValue": ""}, "primaryValue", "is missing"),
    ({"primaryValue": "1e12"}, "primaryValue", "is shortened"),
    ({"primaryValue": "9999999999999"}, "primaryValue", "is more than any two countries trade"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("cells", "column", "reason"), REFUSED)
def test_wrong_cell_is_refused_by_line_and_column(cells, column, reason):
    found = examined(comtrade(comtrade_row(flow="M"), comtrade_row() | cells))
    assert [(refusal.line, refusal.column) for refusal in found.refusals] == [(3, column)]
    assert reason in found.refusals[0].reason


@pytest.mark.django_db
def test_row_of_another_width_is_refused():
    content = comtrade(comtrade_row()) + b"C,A,2023\r\n" + b",".join([b"x"] * (len(COMTRADE) + 1)) + b"\r\n"
    assert [str(refusal) for refusal in examined(content).refusals] == [
        "line 3: 3 cells, where the header has 47",
        "line 4: 48 cells, where the header has 47",
    ]


@pytest.mark.django_db
def test_line_of_a_row_is_that_on_which_it_begins():
    found = examined(comtrade(comtrade_row(cmdDesc="Fruit;\nnuts"), comtrade_row(flow="M", primaryValue="x")))
    assert [refusal.line for refusal in found.refusals] == [4]


@pytest.mark.django_db
def test_file_saved_by_a_spreadsheet_with_decimal_commas_is_read():
    found = examined(comtrade(comtrade_row(value="25600000,5"), separator=";"))
    assert found.samples["new"][0]["value"] in ("25600000.5", "25600000.50")
    found = examined(comtrade(comtrade_row(value="1,234"), separator=";"))
    assert "say which decimal sign" in found.refusals[0].reason


@pytest.mark.django_db
def test_countries_are_those_of_the_configured_pair(settings):
    settings.PAIR = ("az", "tr")
    found = examined(comtrade(comtrade_row("az", "tr"), comtrade_row()))
    assert (found.counts["new"], found.left_out) == (1, {"other-countries": 1})
