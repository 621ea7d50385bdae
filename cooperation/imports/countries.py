"""Country codes of statistics: the numbers of the United Nations (M49) and three letters, to our two.

The numbers and letters are those of the Unicode locale data; what UN Comtrade counts otherwise is listed here, after its own
table of reporters and partners.
"""

from functools import lru_cache

from babel import Locale
from babel.core import get_global
from django.utils.translation import gettext as _

from cooperation.imports.rows import BadRow

# Not one country of today: the world, regions, "not elsewhere specified", former states.
AREA = ""
# Two letters that the locale data names and that are no country.
_NO_COUNTRY = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})

# Countries whose trade is counted within other borders than M49 draws.
_OWN_NUMBERS = {251: "fr", 381: "it", 579: "no", 699: "in", 757: "ch", 841: "us", 842: "us"}
# fmt: off
_AREA_NUMBERS = frozenset({
    0, 58, 80, 97, 129, 200, 221, 230, 278, 280, 290, 356, 457, 459, 461, 471, 472, 473, 490, 492, 527, 530, 532, 536, 568, 577, 582,
    588, 590, 592, 636, 637, 647, 658, 697, 711, 717, 720, 736, 810, 835, 836, 837, 838, 839, 849, 866, 868, 879, 886, 890, 891,
    896, 899, 975,
})
# fmt: on


@lru_cache(maxsize=2000)
def by_number(text, column):
    """The lower-case ISO alpha-2 code of a number as UN Comtrade writes it, or AREA. Raises BadRow."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= 3 else -1
    if number in _AREA_NUMBERS:
        return AREA
    if number in _OWN_NUMBERS:
        return _OWN_NUMBERS[number]
    found = _alone(get_global("territory_aliases").get(f"{number:03}"))
    if not found:
        raise BadRow(column, _("“%(code)s” is not the number of a country") % {"code": text[:20]})
    return found.lower()


@lru_cache(maxsize=2000)
def by_letters(letters, column):
    """The lower-case ISO alpha-2 code of two or three letters. Raises BadRow."""
    code = letters.upper()
    if len(code) == 3:
        code = _alone(get_global("territory_aliases").get(code)) or ""
    if not _is_country(code):
        raise BadRow(column, _("“%(code)s” is not the code of a country") % {"code": letters[:20]})
    return code.lower()


def _alone(found):
    """The one country that an alias stands for; None for former states, which stand for several."""
    return found[0] if found and len(found) == 1 and _is_country(found[0]) else None


def _is_country(code):
    names = Locale.parse("en").territories
    return len(code) == 2 and code.isascii() and code.isalpha() and code in names and code not in _NO_COUNTRY
