"""The two states whose record this is: two ISO 3166 codes from the settings, named in every language."""

from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from django.conf import settings
from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """Who a source or a step belongs to, in words that do not depend on which two states are configured."""

    FIRST = "first-country", _("first country")
    SECOND = "second-country", _("second country")
    THIRD = "third-party", _("third party")


@dataclass(frozen=True)
class Pair:
    """Two lower-case ISO 3166-1 alpha-2 codes, in the order in which the site names them."""

    first: str
    second: str

    def code(self, side):
        """The country of a side, or None for a third party."""
        return {Side.FIRST: self.first, Side.SECOND: self.second}.get(side)

    def side(self, code):
        """The side of a country code; anything but the two states is a third party."""
        return {self.first: Side.FIRST, self.second: Side.SECOND}.get(code, Side.THIRD)


def pair():
    """The configured pair."""
    return Pair(*settings.PAIR)


@lru_cache(maxsize=2000)
def _territory(code, lang):
    return Locale.parse(lang).territories.get(code.upper(), code.upper())


def country_name(code, *, lang=None):
    """A country's short name in the given or the current language; '' for no code."""
    return _territory(code, (lang or get_language() or "en")[:2]) if code else ""


def side_name(side):
    """A side as a reader would say it: the country's name, or “third party”."""
    code = pair().code(side)
    return country_name(code) if code else gettext("third party")


# Codes of the locale data that name no country: unions, regions, and what programmers test with.
NO_COUNTRY = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


def country_choices():
    """All territories for a form field, the pair first, in the current language."""
    names = Locale.parse((get_language() or "en")[:2]).territories
    first = [(code, country_name(code)) for code in (pair().first, pair().second)]
    rest = [(code.lower(), name) for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in NO_COUNTRY]
    return first + sorted((row for row in rest if row not in first), key=lambda row: row[1])
