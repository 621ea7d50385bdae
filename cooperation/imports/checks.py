"""What a cell may say, whatever the layout of its file. Every check raises BadRow with the column's name in that file."""

import re
from datetime import date
from functools import lru_cache

from babel.numbers import is_currency
from django.utils.translation import gettext as _

from cooperation.imports.rows import BadRow, LeftOut, Omission
from cooperation.models import PeriodType
from cooperation.models.trade import FIRST_AND_LAST_YEAR, LAST_PERIOD, period_bounds
from cooperation.products import is_chapter
from record.models import Source

TOTAL = "TOTAL"
HARMONIZED = frozenset({"HS", "H0", "H1", "H2", "H3", "H4", "H5", "H6", "H7"})
# SITC and the broad economic categories: correct, and not what the pages count by.
OTHER_CLASSIFICATIONS = frozenset({"SS", "S1", "S2", "S3", "S4", "BE", "B4", "B5", "EB", "EB02", "EB10", "EB10S"})
# Comtrade's own code for goods that a country does not specify.
UNSPECIFIED = "9999AA"


@lru_cache(maxsize=5000)
def whole_number(text, column):
    """A short whole number."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 6):
        raise BadRow(column, _("“%(text)s” is not a whole number") % {"text": text[:20]})
    return int(text)


@lru_cache(maxsize=5000)
def one_of(text, choices, column):
    """A word from a closed list."""
    if text not in choices:
        raise BadRow(column, _("“%(text)s” is none of: %(choices)s") % {"text": text[:30], "choices": ", ".join(choices)})
    return text


@lru_cache(maxsize=5000)
def period_is_over(period_type, year, period, released_on, today, column):
    """A period that exists, had ended when its figure was released, and has ended now."""
    first, last = FIRST_AND_LAST_YEAR
    if not first <= year <= last:
        raise BadRow(column, _("%(year)s is not a year between %(first)s and %(last)s") % {"year": year, "first": first, "last": last})
    last_period = LAST_PERIOD[PeriodType(period_type)]
    if not (1 <= period <= last_period if last_period else period == 0):
        values = {"period": period, "type": period_type, "wanted": f"1–{last_period}" if last_period else "0"}
        raise BadRow(column, _("%(period)s does not fit the period type “%(type)s”: %(wanted)s is wanted") % values)
    end = period_bounds(period_type, year, period)[1]
    if end > today:
        raise BadRow(column, _("the period ends on %(day)s, which has not come yet") % {"day": end.isoformat()})
    if end > released_on:
        values = {"day": end.isoformat(), "released": released_on.isoformat()}
        raise BadRow(column, _("the period ended on %(day)s, after its figure was released (%(released)s)") % values)


@lru_cache(maxsize=20_000)
def product(classification, code, column):
    """(classification, code) as they are stored; the total of all goods is the same in every classification."""
    classification, code = classification.strip(), code.strip()
    if code == TOTAL:
        return TOTAL, TOTAL
    if classification in OTHER_CLASSIFICATIONS:
        raise LeftOut(Omission.OTHER_CLASSIFICATIONS)
    if classification not in HARMONIZED:
        raise BadRow(column, _("“%(text)s” is not an edition of the Harmonized System") % {"text": classification[:20]})
    if code == UNSPECIFIED or re.fullmatch(r"[0-9]{2}([0-9]{2}){0,2}", code) and is_chapter(code[:2]):
        return classification, code
    if re.fullmatch(r"[0-9]([0-9]{2}){0,2}", code):
        raise BadRow(column, _("“%(code)s” has lost its first zero") % {"code": code})
    raise BadRow(column, _("“%(code)s” is not a code of 2, 4 or 6 digits of the Harmonized System") % {"code": code[:20]})


@lru_cache(maxsize=5000)
def day(text, *, today, column):
    """A day in the form 2026-01-31 that is not in the future."""
    try:
        found = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        found = None
    if found is None:
        raise BadRow(column, _("“%(text)s” is not a day such as 2026-01-31") % {"text": text[:20]})
    if found > today:
        raise BadRow(column, _("%(day)s is in the future") % {"day": text})
    return found


MONEY_OF_UNIONS = {"XAF", "XCD", "XOF", "XPF"}


@lru_cache(maxsize=500)
def currency(text, column):
    """An ISO 4217 code in capitals, of money: those with X belong to metals, funds and tests, but for a few unions of states."""
    known = len(text) == 3 and text.isascii() and text.isupper() and is_currency(text)
    if not known or text.startswith("X") and text not in MONEY_OF_UNIONS:
        raise BadRow(column, _("“%(text)s” is not the code of a currency") % {"text": text[:20]})
    return text


class Sources:
    """The sources that rows may name, looked up once."""

    def __init__(self):
        self.by_code = None

    def key_of(self, code, column):
        """The primary key of S12."""
        if self.by_code is None:
            self.by_code = {f"{Source.LETTER}{number}": pk for pk, number in Source.objects.values_list("pk", "number")}
        if code not in self.by_code:
            raise BadRow(column, _("“%(code)s” is not a source on record") % {"code": code[:20]})
        return self.by_code[code]
