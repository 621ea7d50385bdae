"""Reads a file row by row and tells what each row is: an observation, a refusal with its reason, or left out."""

import csv
import itertools

from django.utils.translation import gettext as _

from cooperation.imports import text
from cooperation.imports.comtrade import Comtrade
from cooperation.imports.layout import SEPARATORS
from cooperation.imports.plain import Plain
from cooperation.imports.rows import BadRow, LeftOut, Omitted, Refusal, Unreadable

LAYOUTS = (Plain, Comtrade)
# A column of Comtrade's site before 2022.
OLD_COMTRADE = "Trade Value (US$)"


def read(file, terms, progress=None):
    """Yield an Observation, a Refusal or an Omitted for every row of a binary file.

    Raises Unreadable, with a sentence for the editor, for a file that is none of the known layouts. `progress` is called
    with the number of bytes that were read.
    """
    if terms.released_on and terms.released_on > terms.today:
        raise Unreadable(_("The day of release is in the future."))
    found = text.lines(file, terms.encoding, progress)
    header = next(found)
    layout, separator = _recognised(header, terms)
    for line, cells in itertools.islice(text.rows(itertools.chain([header], found), separator), 1, None):
        try:
            yield layout.observation(line, cells)
        except BadRow as bad:
            yield Refusal(line, bad.column, str(bad.reason))
        except LeftOut as left:
            yield Omitted(line, left.why)


def _recognised(header, terms):
    """(layout, separator) of a header that exactly one layout knows. Raises Unreadable with what is missing."""
    ways = [(separator, _names(header, separator)) for separator in SEPARATORS]
    for separator, names in ways:
        for kind in LAYOUTS:
            if not kind.missing_in(names):
                _refuse_strange_columns(kind, names)
                return kind(names, separator, terms), separator
    raise Unreadable(_why_unknown(max((names for _separator, names in ways), key=len)))


def _names(header, separator):
    try:
        names = [name.strip() for name in next(csv.reader([header], delimiter=separator, strict=True))]
    except csv.Error:
        return []
    while names and not names[-1]:
        names.pop()
    return names


def _refuse_strange_columns(kind, names):
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        raise Unreadable(_("The header names a column twice: %(columns)s.") % {"columns": ", ".join(doubled)[:200]})
    if unknown := kind.unknown_in(names):
        raise Unreadable(_("The header has columns that are not known: %(columns)s.") % {"columns": ", ".join(unknown)[:200]})


def _why_unknown(names):
    if OLD_COMTRADE in names:
        return _("This is the layout of UN Comtrade’s site before 2022. Download the data again from comtradeplus.un.org.")
    nearest = min(LAYOUTS, key=lambda kind: len(kind.missing_in(names)) / len(kind.required))
    values = {"layout": nearest.label, "columns": ", ".join(nearest.missing_in(names))}
    return _("The first row does not name these columns: %(columns)s. The file comes nearest to %(layout)s.") % values
