"""The outlets of the list of events, the calendar among them."""

import datetime

from events.columns import EVENT
from events.filters import EventListing
from record import dates, ical
from record.outlets import Outlets

DAY = len("2022-06-22")


def days_of(row):
    """(first, last) day of an event whose days its sources give; (None, None) where they leave them open."""
    span = dates.read(row["date"]) if row["date"] else None
    is_known = span and not span.doubt and len(span.start) == DAY and len(span.end or span.start) == DAY
    return (span.first, span.last) if is_known and not row["date_is_of_report"] else (None, None)


def status_of(last):
    """As the standard names it: what lies ahead may still change; what stands on no day is a finished note."""
    if last is None:
        return "FINAL"
    return "TENTATIVE" if last > datetime.date.today() else "CONFIRMED"


def item(columns, row):
    """An event in the calendar."""
    first, last = days_of(row)
    said = [columns.when(row), columns.text(row, "summary").words, row["permanent_address"]]
    return ical.Item(
        uid=row["number"],
        first=first,
        last=last,
        summary=columns.text(row, "title").words,
        description="\n".join(part for part in said if part),
        url=row["page_address"],
        changed=row["changed"],
        sequence=row["version"],
        status=status_of(last),
    )


EVENTS = Outlets("events", EventListing, EVENT, endings=("csv", "json", "atom", "ics"), day=item)
