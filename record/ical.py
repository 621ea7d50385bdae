"""Calendars that other programs subscribe to (RFC 5545): whole days, identities that last, one language each.

What is known only to the month or year stands on no day: it is a journal entry without one, its date said in words.
"""

import datetime
from dataclasses import dataclass

from record import dates
from record.pair import pair

DAY = len("2022-06-22")


@dataclass(frozen=True)
class Item:
    """A day or days in a calendar, or None where the days are not known. `uid` lasts; `sequence` grows with every change."""

    uid: str
    first: datetime.date | None
    last: datetime.date | None
    summary: str
    description: str
    url: str
    changed: datetime.datetime
    sequence: int = 0
    status: str = ""


def of_row(columns, row):
    """A row of a list in the calendar: on its days where its sources give them, else as a note."""
    first, last = _days(columns, row)
    said = [columns.when(row), columns.text(row, columns.summary).words, row["permanent_address"]]
    return Item(
        uid=row["number"],
        first=first,
        last=last,
        summary=columns.text(row, columns.title).words,
        description="\n".join(part for part in said if part),
        url=row["page_address"],
        changed=row["changed"],
        sequence=row["version"],
        status=_status(last),
    )


def _days(columns, row):
    """(first, last) day where the sources give them; (None, None) where they leave them open."""
    span = dates.read(row[columns.date]) if row[columns.date] else None
    is_known = span and not span.doubt and len(span.start) == DAY and len(span.end or span.start) == DAY
    return (span.first, span.last) if is_known and not row.get(columns.of_report) else (None, None)


def _status(last):
    """As the standard names it: what lies ahead may still change; what stands on no day is a finished note."""
    if last is None:
        return "FINAL"
    return "TENTATIVE" if last > datetime.date.today() else "CONFIRMED"


def calendar(name, items, *, lang):
    """The bytes of a calendar. A day that lasts until a day ends, as the standard wants it, on the next one."""
    return b"".join(parts(name, [items], lang=lang))


def parts(name, batches, *, lang):
    """The same a batch of items at a time."""
    # Here, and not above: it takes 5 MB of every worker, and few ask for calendars.
    from icalendar import Calendar

    own = pair()
    feed = Calendar()
    feed.add("prodid", f"-//{own.first}-{own.second}//record of relations//{lang.upper()}")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", name)
    opening, end, _rest = feed.to_ical().partition(b"END:VCALENDAR")
    yield opening
    for items in batches:
        yield b"".join(_component(item, f"{own.first}-{own.second}", lang).to_ical() for item in items)
    yield end + b"\r\n"


def _component(item, place, lang):
    from icalendar import Event, Journal

    component = Event() if item.first else Journal()
    component.add("uid", f"{item.uid}@{place}")
    component.add("dtstamp", item.changed.astimezone(datetime.UTC))
    component.add("last-modified", item.changed.astimezone(datetime.UTC))
    component.add("sequence", item.sequence)
    if item.first:
        component.add("dtstart", item.first)
        if item.last < datetime.date.max:
            component.add("dtend", item.last + datetime.timedelta(days=1))
        component.add("transp", "TRANSPARENT")
    if item.status:
        component.add("status", item.status)
    component.add("summary", item.summary, parameters={"LANGUAGE": lang})
    component.add("description", item.description, parameters={"LANGUAGE": lang})
    component.add("url", item.url)
    return component
