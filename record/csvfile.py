"""CSV for spreadsheets and programs (RFC 4180): UTF-8 with its mark, and no cell that a spreadsheet runs as a formula.

A text that begins with = + - @, a tab, a line end, or a full-width twin of the four, gets one apostrophe before it;
so does a text that begins with apostrophes and then one of these. `unguarded` takes exactly that one apostrophe away,
so that nothing is lost. Numbers and dates are no texts and stay as they are. Several values in a cell are separated
by a space: slugs, numbers and codes hold none. An empty cell says that nothing is on record.
"""

import datetime
import re
from operator import itemgetter
from types import NoneType

MARK = "\ufeff"
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\0＝＋－＠]")
# How a formula can begin, and what may stand before it: any other text is no formula, which is cheaper to see.
_BEGINNINGS = frozenset("'=+-@\t\r\n\0＝＋－＠")
QUOTE, TWICE = '"', '""'
_MEANING = re.compile(r'[",\r\n]')
_GUARDED = re.compile(r"'+[=+\-@\t\r\n\0＝＋－＠]")


def guarded(text):
    """The text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in _BEGINNINGS and _FORMULA.match(text) else text


def unguarded(cell):
    """The text that `guarded` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell


def moment(value):
    """A moment in UTC, as machines write it: 2026-11-24T19:05:20Z."""
    return value.astimezone(datetime.UTC).isoformat(timespec="seconds")[:-6] + "Z"


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
        yield (opening + _lines(map(values, rows))).encode()
        opening = ""
    if opening:
        yield opening.encode()


def _lines(rows):
    """Rows of values as lines, made column after column: what Python's own `csv` writes, in less than half of its time."""
    columns = [_quoted(_cells(values)) for values in zip(*rows, strict=True)]
    return "".join(f"{line}\r\n" for line in map(",".join, zip(*columns, strict=True)))


def _cells(values):
    """The values of a column as cells; a column of one type is made at once, not value by value."""
    types = set(map(type, values))
    if types == {int}:
        return list(map(str, values))
    if types == {list}:
        texts = list(map(" ".join, values))
    elif types <= {str, NoneType}:
        texts = [text or "" for text in values]
    else:
        return list(map(cell, values))
    return list(map(guarded, texts)) if {text[:1] for text in texts} & _BEGINNINGS else texts


def _quoted(cells):
    """The cells in quotation marks where they hold a sign that has a meaning in the file. A column without one is looked at once."""
    if not _MEANING.search("".join(cells)):
        return cells
    return [f'"{text.replace(QUOTE, TWICE)}"' if "," in text or QUOTE in text or "\n" in text or "\r" in text else text for text in cells]
