"""JSON for programs: a list as one object with its question, its number, its next page; dates as EDTF, moments in UTC."""

import datetime
import json
from decimal import Decimal

from record import questions
from record.csvfile import moment


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
    return json.dumps(thing, ensure_ascii=False, default=plain).encode()


def row(columns):
    """A row of columns, '' as null: nothing is on record in either case."""
    return {name: None if value == "" else value for name, value in columns.items()}


def page(answer):
    """One page of an answer."""
    number, last = answer.page, answer.last_page
    return written(
        {
            "question": questions.understood(answer.listing),
            "count": answer.count,
            "next": answer.address(ending="json", page=number + 1) if number < last else None,
            "previous": answer.address(ending="json", page=number - 1) if number > 1 else None,
            "results": [row(columns) for columns in answer.page_rows()],
        }
    )
