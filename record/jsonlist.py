"""JSON for programs: a list as one object with its question, its number, its next page; dates as EDTF, moments in UTC."""

import datetime
import json
import secrets
from decimal import Decimal

from record import questions
from record.columns import ADDRESSES
from record.csvfile import moment

# Where the origin belongs: words that stand in no text.
ORIGIN = secrets.token_hex()


def plain(value):
    """What JSON has no form for: days and moments as ISO 8601, exact numbers as texts."""
    if isinstance(value, datetime.datetime):
        return moment(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"no form for {type(value).__name__}")


def written(thing):
    """The bytes of an object. What is not on record is null, '' included."""
    return _text(thing).encode()


def _text(thing):
    return json.dumps(thing, ensure_ascii=False, default=plain)


def row(columns):
    """A row of columns, '' as null: nothing is on record in either case."""
    return {name: None if value == "" else value for name, value in columns.items()}


def rows(found):
    """{key: row} of {key: columns}, each row written but for the origin of the site, which belongs between its pieces."""
    return {key: _pieces(columns) for key, columns in found.items()}


def _pieces(columns):
    led = {name: ORIGIN + columns[name] for name in ADDRESSES if columns.get(name)}
    return _text(row(columns | led)).split(ORIGIN)


def page(answer):
    """One page of an answer."""
    number, last = answer.page, answer.last_page
    said = {
        "question": questions.understood(answer.listing),
        "count": answer.count,
        "next": answer.address(ending="json", page=number + 1) if number < last else None,
        "previous": answer.address(ending="json", page=number - 1) if number > 1 else None,
    }
    origin = _text(answer.origin)[1:-1]
    results = ", ".join(origin.join(pieces) for pieces in answer.page_rows(rows))
    return f'{_text(said)[:-1]}, "results": [{results}]}}'.encode()
