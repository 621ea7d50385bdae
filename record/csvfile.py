"""CSV for spreadsheets and programs (RFC 4180): UTF-8 with its mark, and no cell that a spreadsheet runs as a formula.

A text that begins with = + - @, a tab, a line end, or a full-width twin of the four, gets one apostrophe before it;
so does a text that begins with apostrophes and then one of these. `unguarded` takes exactly that one apostrophe away,
so that nothing is lost. Numbers and dates are no texts and stay as they are. Several values in a cell are separated
by a space: slugs, numbers and codes hold none. An empty cell says that nothing is on record.
"""

import csv
import datetime
import io
import re
from operator import itemgetter

MARK = "\ufeff"
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\0＝＋－＠]")
# How a formula can begin, and what may stand before it: any other text is no formula, which is cheaper to see.
_BEGINNINGS = frozenset("'=+-@\t\r\n\0＝＋－＠")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n\0＝＋－＠]")


def guarded(text):
    """The text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in _BEGINNINGS and _FORMULA.match(text) else text


def unguarded(cell):
    """The text that `guarded` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell


def moment(value):
    """A moment in UTC, as machines write it: 2026-11-24T19:05:20Z."""
    return value.astimezone(datetime.UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


# How values of each type become cells; numbers and days as Python says them.
_CELLS = {
    str: guarded,
    list: lambda values: guarded(" ".join(values)),
    datetime.datetime: moment,
    bool: lambda value: "true" if value else "false",
    type(None): lambda value: "",
}


def cell(value):
    """A value as the text of a cell."""
    said = _CELLS.get(type(value))
    return said(value) if said else guarded(str(value)) if isinstance(value, str) else str(value)


def parts(names, batches):
    """The bytes of a file, a batch at a time: the first part holds the mark, the names and the first batch."""
    opening, values = MARK + _lines([names]), itemgetter(*names)
    for rows in batches:
        yield (opening + _lines(list(map(cell, values(row))) for row in rows)).encode()
        opening = ""
    if opening:
        yield opening.encode()


def _lines(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()
