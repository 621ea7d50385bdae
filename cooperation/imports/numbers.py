"""Sums of money as statistics write them: what a sign means is certain, declared, or the row is refused."""

import re
from decimal import ROUND_HALF_EVEN, Decimal

from django.utils.translation import gettext as _

from cooperation.imports.rows import BadRow

# More digits than this do not fit the arithmetic, and no sum has them.
LONGEST = 25
CENT = Decimal("0.01")
# No flow between two countries has ever reached it; in a currency of small units a sum may be larger.
LARGEST = {"USD": Decimal(10) ** 12, "EUR": Decimal(10) ** 12}
LARGEST_OTHER = Decimal(10) ** 17

_PLAIN = re.compile(r"[0-9]+")
_WITH_POINT = re.compile(r"[0-9]+(\.[0-9]+)?")
_NUMBER = re.compile(r"[0-9]+([.,][0-9]+)?")
_GROUPED = {
    " ": re.compile(r"[1-9][0-9]{0,2}( [0-9]{3})+([.,][0-9]+)?"),
    ",": re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?"),
    ".": re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?"),
}
_OTHER_SIGN = {".": ",", ",": "."}
# Spaces and apostrophes stand between thousands and nowhere else.
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f'\u2019", " "))


class Numbers:
    """Reads the sums of one file. `decimal_sign` is what stands before the cents, where that is known beforehand."""

    def __init__(self, decimal_sign=""):
        self.declared = decimal_sign
        self.seen = decimal_sign
        self.seen_in = ""
        self._certain = _WITH_POINT if decimal_sign == "." else _PLAIN

    def read(self, text, currency, column):
        """The sum in units of the currency, to the cent, as a plain decimal number. Raises BadRow."""
        text = text.strip()
        if not self._certain.fullmatch(text):
            text = self._with_point(text, column)
        if len(text) > LONGEST:
            raise BadRow(column, _("“%(text)s…” is no sum of money") % {"text": text[:20]})
        value = Decimal(text).quantize(CENT, ROUND_HALF_EVEN)
        if value >= LARGEST.get(currency, LARGEST_OTHER):
            raise BadRow(column, _("%(text)s %(currency)s is more than any two countries trade") % {"text": text, "currency": currency})
        return str(value)

    def _with_point(self, text, column):
        """The same number without groups and with a point."""
        self._refuse_no_number(text, column)
        text = text.translate(_SPACES)
        sign = self._sign(text, column)
        if sign and self.seen and sign != self.seen:
            values = {"text": text, "other": self.seen_in}
            raise BadRow(column, _("the decimal sign of “%(text)s” is not that of “%(other)s” above") % values)
        if sign and not self.seen:
            self.seen, self.seen_in = sign, text
        return text.replace(" ", "").replace(_OTHER_SIGN.get(sign, ","), "").replace(",", ".")

    def _sign(self, text, column):
        """The decimal sign that this number is written with; '' if it has groups of spaces alone."""
        if self.declared:
            return self._as_declared(text, column)
        if _GROUPED[" "].fullmatch(text):
            return next((sign for sign in ".," if sign in text), "")
        for group in ",.":
            if _GROUPED[group].fullmatch(text) and text.count(group) == 1 and _OTHER_SIGN[group] not in text:
                raise BadRow(column, _("“%(text)s” may be a whole number or not: say which decimal sign the file has") % {"text": text})
            if _GROUPED[group].fullmatch(text):
                return _OTHER_SIGN[group]
        return next(sign for sign in ".," if sign in text)

    def _as_declared(self, text, column):
        group = _OTHER_SIGN[self.declared]
        plain = _NUMBER.fullmatch(text) and group not in text
        spaced = _GROUPED[" "].fullmatch(text) and group not in text
        if plain or spaced or _GROUPED[group].fullmatch(text):
            return self.declared
        raise BadRow(column, _("“%(text)s” does not have the decimal sign that was declared") % {"text": text})

    def _refuse_no_number(self, text, column):
        if not text:
            raise BadRow(column, _("the sum is missing"))
        if text[0] in "-−–(" or text[-1] in "-−":
            raise BadRow(column, _("“%(text)s” is negative") % {"text": text[:20]})
        if re.fullmatch(r"[0-9.,]+[eE][+-]?[0-9]+", text):
            raise BadRow(column, _("“%(text)s” is shortened: a spreadsheet has dropped digits") % {"text": text[:20]})
        if len(text) > LONGEST or not self._is_number(text.translate(_SPACES)):
            raise BadRow(column, _("“%(text)s” is no sum of money") % {"text": text[:20]})

    @staticmethod
    def _is_number(text):
        return _NUMBER.fullmatch(text) or any(pattern.fullmatch(text) for pattern in _GROUPED.values())
