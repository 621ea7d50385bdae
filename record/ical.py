"""Calendars that other programs subscribe to (RFC 5545): whole days, identities that last, one language each."""

import datetime
from dataclasses import dataclass

from icalendar import Calendar, Event

from record.pair import pair


@dataclass(frozen=True)
class Item:
    """A day or days in a calendar. `uid` lasts as long as what it names; `sequence` grows with every change."""

    uid: str
    first: datetime.date
    last: datetime.date
    summary: str
    description: str
    url: str
    changed: datetime.datetime
    sequence: int = 0


def calendar(name, items, *, lang):
    """The bytes of a calendar. A day that lasts until a day ends, as the standard wants it, on the next one."""
    own = pair()
    feed = Calendar()
    feed.add("prodid", f"-//{own.first}-{own.second}//record of relations//{lang.upper()}")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", name)
    for item in items:
        feed.add_component(_event(item, f"{own.first}-{own.second}", lang))
    return feed.to_ical()


def _event(item, place, lang):
    event = Event()
    event.add("uid", f"{item.uid}@{place}")
    event.add("dtstamp", item.changed.astimezone(datetime.UTC))
    event.add("last-modified", item.changed.astimezone(datetime.UTC))
    event.add("sequence", item.sequence)
    event.add("dtstart", item.first)
    event.add("dtend", item.last + datetime.timedelta(days=1))
    event.add("summary", item.summary, parameters={"LANGUAGE": lang})
    event.add("description", item.description, parameters={"LANGUAGE": lang})
    event.add("url", item.url)
    event.add("transp", "TRANSPARENT")
    return event
