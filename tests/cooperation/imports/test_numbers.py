"""Sums are read with certainty, as declared, or not at all."""

import pytest

from cooperation.imports.numbers import Numbers
from cooperation.imports.rows import BadRow

pytestmark = pytest.mark.one_engine

READ = [
    # declared, as written, the sum
    ("", "25600000", "25600000.00"),
    ("", "25600000.5", "25600000.50"),
    ("", "25600000,5", "25600000.50"),
    ("", "1 234 567", "1234567.00"),
    ("", "1\u00a0234\u00a0567,5", "1234567.50"),
    ("", "1\u202f234,567", "1234.57"),
    ("", "1'234'567.25", "1234567.25"),
    ("", "1,234,567", "1234567.00"),
    ("", "1.234.567", "1234567.00"),
    ("", "1,234.50", "1234.50"),
    ("", "1.234,50", "1234.50"),
    ("", "1234.567", "1234.57"),
    ("", "0.125", "0.12"),
    (".", "123.456", "123.46"),
    (".", "1,234", "1234.00"),
    (",", "1.234", "1234.00"),
    (",", "1,234", "1.23"),
    (",", "12 345,67", "12345.67"),
    ("", "0", "0.00"),
]


@pytest.mark.parametrize(("declared", "written", "value"), READ)
def test_number_is_read_as_it_can_only_be_meant(declared, written, value):
    assert Numbers(declared).read(written, "USD", "value") == value


REFUSED = [
    ("", "1,234", "may be a whole number or not"),
    ("", "123.456", "may be a whole number or not"),
    ("", "-5", "is negative"),
    ("", "−5", "is negative"),
    ("", "(5)", "is negative"),
    ("", "", "is missing"),
    ("", "1.23E+10", "is shortened"),
    ("", "NaN", "is no sum of money"),
    ("", "Infinity", "is no sum of money"),
    ("", "1e400", "is shortened"),
    ("", "٣٤", "is no sum of money"),
    ("", "12 34", "is no sum of money"),
    ("", "1,23,456", "is no sum of money"),
    ("", "1_000", "is no sum of money"),
    ("", "0x10", "is no sum of money"),
    ("", "=1+1", "is no sum of money"),
    ("", "9" * 60, "is no sum of money"),
    ("", "9" * 26, "is no sum of money"),
    ("", "9" * 25, "is more than any two countries trade"),
    (".", "0." + "1" * 30, "is no sum of money"),
    ("", "1000000000000", "is more than any two countries trade"),
    (",", "12.5", "does not have the decimal sign that was declared"),
    (".", "12,5", "does not have the decimal sign that was declared"),
]


@pytest.mark.parametrize(("declared", "written", "reason"), REFUSED)
def test_number_that_may_be_meant_otherwise_is_refused(declared, written, reason):
    with pytest.raises(BadRow, match=reason):
        Numbers(declared).read(written, "USD", "value")


def test_one_file_has_one_decimal_sign():
    numbers = Numbers()
    numbers.read("1234,5", "USD", "value")
    with pytest.raises(BadRow, match="is not that of “1234,5” above"):
        numbers.read("1234.5", "USD", "value")
