"""The plain CSV of docs/trade-import.md."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from cooperation.imports.plain import Plain
from cooperation.models import TradeFigure
from tests.cooperation.imports.conftest import examined
from tests.cooperation.imports.files import PLAIN, plain, plain_row

pytestmark = pytest.mark.one_engine

EVERY = (*PLAIN, "classification", "product_code", "valuation", "status")


@pytest.mark.django_db
def test_every_period_type_and_every_column_is_stored(run):
    rows = [
        plain_row(period_type="year"),
        plain_row(period_type="quarter", period=2),
        plain_row(period_type="month", period=12),
        plain_row(period_type="january-to-month", period=9),
        plain_row(period_type="part-year", flow="turnover", reporter="AZ", partner="UZ", currency="EUR", status="provisional"),
        plain_row(classification="HS", product_code="52", valuation="fob", released_on="2024-06-30"),
    ]
    assert "6 figures added" in run(plain(*rows, header=EVERY))
    stored = TradeFigure.objects.filter(source__number=12).order_by("number")
    found = sorted(stored.values_list("period_type", "period", "reporter", "currency", "product_code", "status", "valuation"))
    assert found == [
        ("january-to-month", 9, "uz", "USD", "TOTAL", "not-stated", "not-stated"),
        ("month", 12, "uz", "USD", "TOTAL", "not-stated", "not-stated"),
        ("part-year", 0, "az", "EUR", "TOTAL", "provisional", "not-stated"),
        ("quarter", 2, "uz", "USD", "TOTAL", "not-stated", "not-stated"),
        ("year", 0, "uz", "USD", "52", "not-stated", "fob"),
        ("year", 0, "uz", "USD", "TOTAL", "not-stated", "not-stated"),
    ]


@pytest.mark.django_db
def test_what_a_row_leaves_out_is_said_beside_the_file():
    found = examined(plain(plain_row(source="", released_on="")))
    assert found.samples["new"][0]["released_on"] == "2024-05-31"
    found = examined(plain(plain_row(source="", released_on="")), source_id=None)
    assert found.refusals[0].column == "source"


REFUSED = [
    ({"reporter": "qq"}, "reporter"),
    ({"partner": "Azerbaijan"}, "partner"),
    ({"flow": "exports"}, "flow"),
    ({"period_type": "week"}, "period_type"),
    ({"year": "20x3"}, "year"),
    ({"period_type": "month", "period": "0"}, "year"),
    ({"period_type": "year", "period": "7"}, "period"),
    ({"currency": "usd"}, "currency"),
    ({"currency": "XQX"}, "currency"),
    ({"released_on": "2024-5-31"}, "released_on"),
    ({"released_on": "2027-01-01"}, "released_on"),
    ({"released_on": "2023-02-30"}, "released_on"),
    ({"source": "S99999"}, "source"),
    ({"status": "guessed"}, "status"),
    ({"valuation": "exw"}, "valuation"),
    ({"product_code": "52"}, "product_code"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("cells", "column"), REFUSED)
def test_wrong_cell_is_refused_by_line_and_column(cells, column):
    found = examined(plain(plain_row(flow="import"), plain_row(**cells), header=EVERY))
    assert [(refusal.line, refusal.column) for refusal in found.refusals] == [(3, column)]


@pytest.mark.parametrize("page", ["trade-import.md", *(f"handbook/{lang}/11-tables-and-trade.md" for lang in ("en", "az", "uz", "ru"))])
def test_every_column_is_documented(page):
    text = (Path(settings.BASE_DIR) / "docs" / page).read_text()
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == {*Plain.required, *Plain.optional}
