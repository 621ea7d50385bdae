"""The sentence beside a chart says what the figures say, in every case and in every language."""

from decimal import Decimal

import pytest
from django.utils import translation

from cooperation.trade import sentences
from cooperation.trade.goods import Basket
from cooperation.trade.mirror import Mirror
from cooperation.trade.readings import Reading

pytestmark = pytest.mark.one_engine


def reading(value, year, **fields):
    own = {"reporter": "uz", "flow": "turnover", "period_type": "year", "period": 0, "product": "", "basis": "quoted"}
    return Reading(value=Decimal(value), year=year, **own | fields)


def pair(first, second, exporter="uz"):
    return Mirror(exporter, "year", 2020, 0, "quoted", [reading(first, 2020)], [reading(second, 2020, reporter="az")])


SERIES = [
    ([], 0, ""),
    ([reading("80", 2020)], 0, "Uzbekistan: one figure, USD 80 million (2020)."),
    (
        [reading("80", 2019), reading("100", 2020)],
        0,
        "Uzbekistan: from USD 80 million (2019) to USD 100 million (2020), a rise of 25\xa0%.",
    ),
    ([reading("80", 2019), reading("60", 2020)], 0, "Uzbekistan: from USD 80 million (2019) to USD 60 million (2020), a fall of 25\xa0%."),
    ([reading("80", 2019), reading("80", 2020)], 0, "Uzbekistan: USD 80 million (2020), the same as in the first period (2019)."),
    ([reading("0", 2019), reading("80", 2020)], 0, "Uzbekistan: from nothing (2019) to USD 80 million (2020)."),
    (
        [reading("80", 2018), reading("100", 2020)],
        1,
        "Uzbekistan: from USD 80 million (2018) to USD 100 million (2020), a rise of 25\xa0%. No stated figure for 1 period between.",
    ),
    (
        [reading("80", 2015), reading("100", 2020)],
        4,
        "Uzbekistan: from USD 80 million (2015) to USD 100 million (2020), a rise of 25\xa0%. No stated figure for 4 periods between.",
    ),
    (
        [reading("80", 2019, precision="over"), reading("100", 2020, precision="about")],
        0,
        "Uzbekistan: from over USD 80 million (2019) to about USD 100 million (2020), a rise of 25\xa0%.",
    ),
]
GAPS = [
    (pair("80", "82.32"), "2020: Uzbekistan USD 80 million, Azerbaijan USD 82.32 million, which is USD 2.32 million more (2.9\xa0%)."),
    (pair("80", "60"), "2020: Uzbekistan USD 80 million, Azerbaijan USD 60 million, which is USD 20 million less (25\xa0%)."),
    (pair("80", "80"), "2020: Uzbekistan USD 80 million, Azerbaijan USD 80 million, the same."),
    (pair("0", "80"), "2020: Uzbekistan USD 0 million, Azerbaijan USD 80 million, USD 80 million apart."),
]
BALANCES = [
    ("82.8", "Uzbekistan: a surplus of USD 82.8 million (2020)."),
    ("-36", "Uzbekistan: a deficit of USD 36 million (2020)."),
    ("0", "Uzbekistan: exports and imports are equal (2020)."),
]


@pytest.mark.parametrize(("readings", "missing", "sentence"), SERIES)
def test_series_is_told_from_its_first_to_its_last_figure(readings, missing, sentence):
    assert sentences.of_series(readings, missing=missing) == sentence


@pytest.mark.parametrize(("mirror", "sentence"), GAPS)
def test_gap_is_told_with_both_values(mirror, sentence):
    assert sentences.of_mirrors([mirror]) == sentence


@pytest.mark.parametrize(("value", "sentence"), BALANCES)
def test_balance_is_a_surplus_a_deficit_or_neither(value, sentence):
    assert sentences.of_balance(reading(value, 2020)) == sentence


def test_newest_pair_with_a_gap_is_told_else_who_alone_reports():
    alone = Mirror("uz", "year", 2021, 0, "quoted", [reading("5", 2021)], [])
    assert sentences.of_mirrors([pair("80", "80"), alone]).startswith("2020: ")
    assert sentences.of_mirrors([alone]) == "No period has one figure from each side. Uzbekistan alone: 1 period."
    assert sentences.of_mirrors([alone, alone]).endswith("Uzbekistan alone: 2 periods.")
    assert sentences.of_mirrors([]) == "No figure of either side to compare."


@pytest.mark.parametrize(
    ("n", "sentence"), [(1, "2021: 1 item: Fruit, USD 5 million."), (3, "2021: largest of 3 items: Fruit, USD 5 million.")]
)
def test_goods_are_told_by_the_largest(n, sentence):
    basket = Basket((2021, 0, "year"), "az", "import", "uz", "quoted", [reading("5", 2021)] * n)
    assert sentences.of_goods(basket, "Fruit") == sentence


@pytest.mark.parametrize("lang", ["en", "az", "uz", "ru"])
def test_every_case_is_told_in_every_language_with_its_numbers(lang):
    with translation.override(lang):
        for readings, missing, _english in SERIES[1:]:
            said = sentences.of_series(readings, missing=missing)
            assert str(readings[-1].year) in said and "%(" not in said
        for mirror, _english in GAPS:
            assert "%(" not in sentences.of_gap(mirror) and "2020" in sentences.of_gap(mirror)
        assert all("%(" not in sentences.of_balance(reading(value, 2020)) for value, _english in BALANCES)


@pytest.mark.parametrize(("lang", "number"), [("en", "1,234.5"), ("az", "1.234,5"), ("uz", "1\xa0234,5"), ("ru", "1\xa0234,5")])
def test_numbers_are_written_as_the_reader_writes_them(lang, number):
    with translation.override(lang):
        assert number in sentences.of_series([reading("1234.5", 2020)])
