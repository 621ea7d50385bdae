"""Figures of trade in the reader's words: sums, periods, percentages, grounds."""

from decimal import Decimal
from functools import lru_cache

from babel import Locale
from django.utils.translation import get_language, gettext, pgettext

from cooperation.trade.readings import Basis
from record.dates import spoken
from record.pair import country_name
from record.texts import reader_language

HUNDREDTH = Decimal("0.01")

QUARTERS = 32  # EDTF writes the first quarter as “season” 33.


def rounded(value, places=2):
    """A value without more digits than a reader needs."""
    return Decimal(value).quantize(Decimal(1).scaleb(-places)).normalize() if value else Decimal(0)


def number(value, places=2):
    """A number as the reader's language writes it, with a true minus sign: what `amount` says, quickly enough for thousands."""
    value = rounded(value, places)
    group, point = _signs(reader_language())
    digits = max(0, -value.as_tuple().exponent)
    return f"{value:,.{digits}f}".translate({44: group, 46: point, 45: "−"})


@lru_cache
def _signs(lang):
    """How a language groups thousands and begins a fraction."""
    symbols = Locale.parse(lang).number_symbols["latn"]
    return symbols["group"], symbols["decimal"]


def short(value):
    """A number beside a mark: a tenth from ten on, a hundredth below."""
    return number(value, 1 if abs(value) >= 10 else 2)


def million(value):
    """A sum in millions of dollars."""
    places = 2 if abs(value) >= HUNDREDTH or not value else 6
    return pgettext("a sum", "USD %(value)s million") % {"value": number(value, places)}


def percent(value):
    """Percent, to a tenth."""
    return (gettext("%(value)s %%") % {"value": number(value, 1)}).replace(" ", "\u00a0")


def period(figure):
    """The period of a figure in words: 2024, January–July 2024, part of 2016."""
    if not figure.year:
        return gettext("no year given")
    if figure.period_type == "month":
        return month(figure.year, figure.period)
    year = spoken(f"{figure.year:04d}")
    if figure.period_type == "quarter":
        return gettext("quarter %(quarter)s, %(year)s") % {"quarter": figure.period, "year": year}
    if figure.period_type == "part-year":
        return gettext("part of %(year)s, months not stated") % {"year": year}
    return year if figure.period_type == "year" else spoken(edtf(figure))


def month(year, number):
    """A month of a year in words, from the words of that month in a year that everybody can tell from a month."""
    return _month(reader_language(), number).replace("2001", f"{year:04d}")


@lru_cache
def _month(lang, number):
    return spoken(f"2001-{number:02d}", lang=lang)


def edtf(figure):
    """The same period for machines. A part of a year whose months nobody stated is written as its year."""
    year = f"{figure.year:04d}"
    if figure.period_type == "month":
        return f"{year}-{figure.period:02d}"
    if figure.period_type == "january-to-month":
        return f"{year}-01/{year}-{figure.period:02d}"
    return f"{year}-{QUARTERS + figure.period}" if figure.period_type == "quarter" else year


def reporter(code):
    """By whose figures, by name."""
    return country_name(code) if code else gettext("reporter not named")


def basis(reading):
    """On what ground a reading stands."""
    return _basis(get_language(), str(reading.basis))


def basis_of_series(readings):
    """On what ground a series stands: sums made here of released values count as released."""
    return _basis(get_language(), "quoted" if readings[0].basis == "quoted" else "statistics")


@lru_cache
def _basis(lang, value):
    return str(Basis(value).label)


def value_of(reading):
    """A reading's value with its “over” or “about”."""
    words = number(reading.value, 3)
    if reading.precision == "over":
        return gettext("over %(value)s") % {"value": words}
    return gettext("about %(value)s") % {"value": words} if reading.precision == "about" else words


def said(reading):
    """A reading for somebody who points at it: whose, how much, on what ground."""
    return f"{reporter(reading.reporter)} {value_of(reading)} ({basis(reading)})"
