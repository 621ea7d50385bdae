"""The relationship at a glance: what the home page computes from the record."""

import datetime
from dataclasses import dataclass

from django.db.models import Count

from cooperation import figures
from cooperation.models import Agreement, Initiative
from cooperation.status import Status
from events.models import Event
from record import kinds

# Up to this many entries the strip draws one mark each; beyond it, one bar per kind and year.
MOST_MARKS = 600
COLUMN = 11
MARK = 9
PER_ROW = 3


@dataclass(frozen=True)
class Mark:
    """An entry in the strip of years."""

    entry: object
    letter: str
    x: float
    y: float


@dataclass(frozen=True)
class Column:
    """A year of the strip: its marks, how many of each kind, and where it stands."""

    year: int
    x: float
    marks: list
    counts: list
    labelled: bool


@dataclass(frozen=True)
class Strip:
    """The years at a glance."""

    columns: list
    width: int
    height: int
    base: int
    one_by_one: bool


def numbers():
    """{letter: how many public entries}, for the headline."""
    return {kind.letter: number for kind, number in kinds.public_count()}


def first_event():
    """The earliest dated event on record, or None."""
    return Event.objects.public().oldest_first().first()


def years_on_record(first, on=None):
    """Whole years since the first event."""
    on = on or datetime.date.today()
    return (on.year - first.date_from.year - ((on.month, on.day) < (first.date_from.month, first.date_from.day))) if first else 0


def waiting(limit=4):
    """Agreements signed and not in force, the longest wait first."""
    found = Agreement.objects.public().filter(status=Status.SIGNED).dated().for_list().order_by("sort_day", "number")
    return found[:limit]


def statuses():
    """{status: how many public agreements}."""
    rows = Agreement.objects.public().order_by().values_list("status").annotate(n=Count("pk"))
    return dict(rows)


def newest(limit=6, on=None):
    """The newest dated entries of all kinds, by their own date."""
    today = on or datetime.date.today()
    rows = []
    for kind in kinds.all_kinds():
        found = kind.model.objects.public().filter(date_from__lte=today).for_list().newest_first()[:limit]
        rows += [(kind, entry) for entry in found]
    return sorted(rows, key=lambda row: row[1].sort_day, reverse=True)[:limit]


def coming(limit=4, on=None):
    """Events still to come, the nearest first."""
    today = on or datetime.date.today()
    return Event.objects.public().filter(date_to__gt=today).for_list().order_by("sort_day", "number")[:limit]


def on_this_day(on=None):
    """Events known to the day that fell on this day of an earlier year."""
    today = on or datetime.date.today()
    same_day = Event.objects.public().filter(date_from__month=today.month, date_from__day=today.day, date__regex=r"^\d{4}-\d{2}-\d{2}")
    return same_day.filter(date_from__lt=today).for_list().newest_first()[:4]


def latest_turnover():
    """The newest stated turnover, for the headline figures."""
    return figures.latest(figures.full_years(list(figures.quotations())))


def standing_initiatives():
    """How many initiatives are completed or under way."""
    return Initiative.objects.public().filter(status__in=["completed", "under-way"]).count()


def strip():
    """Every dated public entry as a mark above its year; None for an empty record."""
    rows = []
    for kind in kinds.all_kinds():
        names = ["number", "slug", "date_from", *[f"title_{lang}" for lang in ("en", "az", "uz", "ru")], "original_language"]
        dated = kind.model.objects.public().filter(date_from__isnull=False)
        rows += [(kind.letter, entry) for entry in dated.only("id", *names).order_by("sort_day", "number")[: MOST_MARKS + 1]]
    if not rows:
        return None
    return _drawn(rows)


def _drawn(rows):
    by_year = {}
    for letter, entry in rows:
        by_year.setdefault(entry.date_from.year, []).append((letter, entry))
    first, last = min(by_year), max(by_year)
    pace = max(36, min(72, 1140 // (last - first + 1)))
    tallest = max(-(-len(entries) // PER_ROW) for entries in by_year.values())
    base = tallest * MARK + 12
    columns = []
    for year in range(first, last + 1):
        x = (year - first) * pace + 8
        marks = [
            Mark(entry, letter, x + n % PER_ROW * COLUMN, base - 8 - n // PER_ROW * MARK) for n, (letter, entry) in enumerate(by_year.get(year, []))
        ]
        counts = [(kind, sum(1 for letter, _entry in by_year.get(year, []) if letter == kind.letter)) for kind in kinds.all_kinds()]
        columns.append(Column(year, x, marks, counts, year % 5 == 0 or year in (first, last)))
    return Strip(columns, (last - first + 1) * pace + 8, base + 30, base, len(rows) <= MOST_MARKS)
