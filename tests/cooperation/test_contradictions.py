"""What speaks against a quotation is found by comparison and decides nothing; growth computed stands beside growth claimed."""

from decimal import Decimal

import pytest

from cooperation.trade import contradictions, growth, targets
from cooperation.trade.books import Books
from cooperation.trade.readings import slack_of
from tests.factories import QuotedFigureFactory, observed

pytestmark = pytest.mark.one_engine

# What comparison finds in the shipped record, besides the disagreements that editors wrote down.
SHIPPED = {
    "Q5": ["sides"], "Q6": ["sides"], "Q7": ["itself", "sides"], "Q10": ["sides"], "Q11": ["itself"], "Q28": ["longer"], "Q34": ["longer"],
    "Q43": ["growth"], "Q56": ["quotation"], "Q57": ["quotation"],
}  # fmt: skip
DISPUTED = {
    "Q5", "Q6", "Q7", "Q10", "Q11", "Q14", "Q17", "Q18", "Q19", "Q28", "Q31", "Q34", "Q35", "Q38", "Q39", "Q46", "Q55", "Q56", "Q57", "Q58",
}  # fmt: skip


def quoted(value, **fields):
    return QuotedFigureFactory(value=Decimal(value), published=True, **{"reporter": "uz", "flow": "turnover", "year": 2019} | fields)


def claim(value, **fields):
    return quoted(value, **{"measure": "growth", "unit": "percent", "year": 2020} | fields)


def found():
    """{code: [what speaks against it]}."""
    return {code: [str(flag.against) for flag in flags] for code, flags in contradictions.flags_of(Books()).items() if flags}


@pytest.mark.django_db
def test_contradictions_of_the_shipped_record_are_flagged():
    flags = contradictions.flags_of(Books())
    assert {code: own for code, all_ in flags.items() if (own := [str(f.against) for f in all_ if f.against != "sources"])} == SHIPPED
    assert {code for code, all_ in flags.items() if any(f.against == "sources" for f in all_)} == DISPUTED


@pytest.mark.django_db
def test_both_values_of_2020_are_flagged_with_the_other_and_stay_their_sides_own(client):
    for code, value, other in (("Q10", "USD 80 million", "82.32"), ("Q7", "USD 82.318 million", "USD 80 million")):
        page = client.get(f"/en/trade/quotations/{code}/").content.decode()
        assert f"{value}</h1>" in page
        assert "The two sides differ." in page and other in page
        assert 'id="disagreement-trade-2021-2020-2019"' in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("one", "other", "against"),
    [
        ({"value": "80"}, {"value": "82.3", "reporter": "az"}, "sides"),
        ({"value": "80"}, {"value": "82.3"}, "quotation"),
        ({"value": "80"}, {"value": "80.4"}, ""),
        ({"value": "80.1"}, {"value": "80.3"}, "quotation"),
        ({"value": "80", "precision": "over"}, {"value": "95"}, ""),
        ({"value": "80", "precision": "over"}, {"value": "70"}, "quotation"),
        ({"value": "80", "precision": "about"}, {"value": "83"}, ""),
        ({"value": "80"}, {"value": "90", "year": 2018}, ""),
        ({"value": "80"}, {"value": "90", "reporter": ""}, ""),
        ({"value": "80"}, {"value": "90", "basis": "derived"}, ""),
        ({"value": "80"}, {"value": "90", "product_code": "84"}, ""),
        ({"value": "5", "product_code": "84", "subject_en": "washers"}, {"value": "6", "product_code": "84", "subject_en": "motors"}, ""),
        ({"value": "5", "flow": "export"}, {"value": "6", "flow": "import"}, ""),
        (
            {"value": "9.8", "period_type": "january-to-month", "period": 3},
            {"value": "8", "period_type": "january-to-month", "period": 6},
            "longer",
        ),
        ({"value": "9.8", "period_type": "january-to-month", "period": 3}, {"value": "8"}, "longer"),
        ({"value": "9.8", "period_type": "january-to-month", "period": 3, "reporter": ""}, {"value": "8"}, "longer"),
        ({"value": "9.8", "period_type": "january-to-month", "period": 3}, {"value": "8", "reporter": "az"}, ""),
        ({"value": "8", "period_type": "january-to-month", "period": 3}, {"value": "9"}, ""),
        ({"value": "9", "period_type": "january-to-month", "period": 3}, {"value": "8"}, ""),
        ({"value": "9.8", "period_type": "january-to-month", "period": 3}, {"value": "8", "precision": "over"}, ""),
    ],
)
def test_quotation_against_another(empty_record, one, other, against):
    first = quoted(**one)
    quoted(**other)
    assert found().get(first.code, []) == ([against] if against else [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("value", "released", "against"),
    [("80", "82.3", ["release"]), ("82.3", "82.318", []), ("82", "82.318", []), ("82.4", "82.318", ["release"])],
)
def test_quotation_against_a_release_allows_for_rounding(empty_record, value, released, against):
    figure = quoted(value)
    observed(flow="turnover", value=Decimal(released) * 1_000_000)
    assert found().get(figure.code, []) == against


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("turnover", "exports", "imports", "against"),
    [("31.2", "26.2", "4.9", []), ("31.4", "26.2", "4.9", ["itself"]), ("111.903", "33.49", "78.431", ["itself"])],
)
def test_turnover_against_its_own_parts_allows_for_rounding(empty_record, turnover, exports, imports, against):
    figure = quoted(turnover)
    quoted(exports, flow="export")
    quoted(imports, flow="import")
    assert found().get(figure.code, []) == against


@pytest.mark.django_db
def test_release_and_quotation_that_differ_both_keep_their_values(empty_record):
    quoted("80")
    observed(flow="turnover", value=82_300_000)
    statistics, quotations = Books().years
    assert [r.value for r in statistics] == [Decimal("82.3")]
    assert [r.value for r in quotations] == [80]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "after", "said", "computed", "fits"),
    [
        ("73.4", "80", {"value": "12"}, "9.0", False),
        ("73.4", "80", {"value": "9"}, "9.0", True),
        ("100", "300", {"value": "3", "unit": "times"}, "200.0", True),
        ("100", "300", {"value": "200"}, "200.0", True),
        ("100", "350", {"value": "2", "unit": "times"}, "250.0", False),
        ("100", "90", {"value": "10"}, "-10.0", False),
        ("100", "150", {"value": "46", "precision": "over"}, "50.0", True),
        ("100", "140", {"value": "46", "precision": "over"}, "40.0", False),
        ("100", "104", {"value": "5", "precision": "about"}, "4.0", True),
    ],
)
def test_claimed_growth_is_held_against_the_values_of_the_same_side(empty_record, before, after, said, computed, fits):
    quoted(before, year=2019)
    quoted(after, year=2020)
    figure = claim(**said)
    (row,) = growth.table(Books())
    assert row.computed == Decimal(computed)
    assert row.contradicts is not fits
    assert found().get(figure.code, []) == ([] if fits else ["growth"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other", [{"reporter": "az"}, {"basis": "derived"}, {"chartable": False}, {"year": 2018}, {"period_type": "month", "period": 1}]
)
def test_growth_is_not_computed_from_another_side_or_a_value_that_rests_on_growth(empty_record, other):
    quoted("100", **{"year": 2019} | other)
    quoted("150", year=2020)
    claim("70")
    (row,) = [row for row in growth.table(Books()) if row.claim]
    assert (row.computed, row.difference, row.contradicts) == (None, None, False)


@pytest.mark.django_db
def test_growth_is_not_computed_from_a_release_and_a_quotation(empty_record):
    quoted("100", year=2019)
    observed(flow="turnover", year=2020, value=150_000_000)
    assert growth.table(Books()) == []
    observed(flow="turnover", year=2019, value=120_000_000)
    assert [row.computed for row in growth.table(Books())] == [25]


@pytest.mark.django_db
def test_two_claims_for_one_period_are_flagged_both(empty_record):
    codes = [claim(value).code for value in ("13", "15")]
    assert found() == {code: ["quotation"] for code in codes}


@pytest.mark.django_db
def test_target_is_held_against_the_newest_stated_year_before_it(empty_record):
    quoted("1000", measure="target", reporter="", year=2021)
    quoted("200", year=2019)
    quoted("250", year=2020)
    quoted("900", year=2021, basis="derived")
    quoted("990", year=2022)
    observed(reporter="az", partner="uz", flow="turnover", year=2020, value=333_300_000)
    (row,) = targets.table(Books())
    assert [(r.reporter, r.year, part) for r, part in row.reached] == [("uz", 2020, 25), ("az", 2020, Decimal("33.3"))]


@pytest.mark.parametrize(("value", "slack"), [("80.0000", "0.5"), ("82.3180", "0.0005"), ("31.2", "0.05"), ("1000", "0.5"), ("0", "0")])
def test_rounding_is_half_of_the_last_digit_given(value, slack):
    assert slack_of(Decimal(value)) == Decimal(slack)
