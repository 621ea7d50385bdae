"""The relationship at a glance: what the home page computes from the record."""

import datetime
from dataclasses import dataclass

from django.db.models import Count

from cooperation.models import Agreement, Initiative
from cooperation.trade import outlets, years
from cooperation.trade.question import TradeQuestion
from events.models import Event
from record import kept, kinds
from record.models.entry import UNDATED
from record.pair import pair

# The strip draws at most this many marks for a year: beyond it one mark stands for several entries.
MOST_MARKS = 60
WHERE = {"E": "host", "A": "level", "I": "stands_in"}
SHAPES = {"E": "e", "A": "a", "I": "i"}


@dataclass(frozen=True)
class Mark:
    """An entry in the strip of years: its shape is its kind, its ink the country where it happened or stands."""

    shape: str
    ink: str

    @property
    def name(self):
        """The classes that draw it."""
        return f"{self.shape} {self.ink}"


@dataclass(frozen=True)
class Column:
    """A year of the strip: its marks, and how many entries of each kind."""

    year: int
    marks: list
    counts: list
    labelled: bool

    @property
    def total(self):
        return sum(number for _kind, number in self.counts)


def numbers():
    """{letter: how many public entries}, for the headline."""
    return {kind.letter: number for kind, number in kinds.public_count()}


def first_event():
    """The earliest dated event on record, or None."""
    return Event.objects.public().without_texts().filter(sort_day__gt=UNDATED).order_by("sort_day", "number").first()


def years_on_record(first, on=None):
    """Whole years since the first event."""
    on = on or datetime.date.today()
    return (on.year - first.date_from.year - ((on.month, on.day) < (first.date_from.month, first.date_from.day))) if first else 0


def waiting(limit=4):
    """Agreements signed and not in force, the longest wait first."""
    return Agreement.objects.public().as_of().waiting().for_list().order_by("sort_day", "number")[:limit]


def statuses():
    """{status: how many public agreements}."""
    rows = Agreement.objects.public().as_of().order_by().values_list("phase__status").annotate(n=Count("pk"))
    return dict(rows)


def newest(limit=6, on=None):
    """The newest dated entries of all kinds, by their own date."""
    today = on or datetime.date.today()
    rows = []
    for kind in kinds.all_kinds():
        found = kind.model.objects.public().filter(date_to__lte=today).for_list().newest_first()[:limit]
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


def trade():
    """The newest stated turnover, for the headline figures, and the chart of every year that may be drawn."""
    question = TradeQuestion()
    return {"turnover": years.latest(question.books), "chart": outlets.block("turnover", question, brief=True)}


def standing_initiatives():
    """How many initiatives are completed or under way."""
    return Initiative.objects.public().filter(status__in=["completed", "under-way"]).count()


def strip(found=None):
    """The years from the first entry to the last, each with its marks; empty for an empty record.

    `found` is {letter: queryset} of public entries where a question narrows them.
    """
    return kept.part(lambda: _strip(None), "strip") if found is None else _strip(found)


def _strip(found):
    rows = {}
    for kind in kinds.all_kinds():
        where = WHERE[kind.letter]
        entries = kind.model.objects.public() if found is None else found[kind.letter]
        years = entries.dated().order_by().values_list("date_from__calendar_year", where)
        for year, place, number in years.annotate(n=Count("pk")):
            rows.setdefault(year, {}).setdefault(kind.letter, []).append((_ink(place), number))
    if not rows:
        return []
    first, last = min(rows), max(rows)
    return [_column(year, rows.get(year, {}), _is_labelled(year, first, last)) for year in range(first, last + 1)]


def _is_labelled(year, first, last):
    """The ends have their number, and every fifth year that leaves room for it beside them."""
    return year in (first, last) or (year % 5 == 0 and year - first > 1 and last - year > 1)


def _ink(where):
    """The ink of a host, or of the country where something stands; neither for everything else."""
    own = pair()
    return {Event.Host.FIRST: "first", Event.Host.SECOND: "second", own.first: "first", own.second: "second"}.get(where, "both")


def mark_of(kind, entry):
    """The mark of one entry."""
    return Mark(SHAPES[kind.letter], _ink(getattr(entry, WHERE[kind.letter])))


def _column(year, by_letter, labelled):
    counts = [(kind, sum(n for _ink, n in by_letter.get(kind.letter, []))) for kind in kinds.all_kinds()]
    per_mark = max(1, -(-sum(n for _kind, n in counts) // MOST_MARKS))
    marks = [
        Mark(SHAPES[kind.letter], ink)
        for kind, _number in counts
        for ink, n in sorted(by_letter.get(kind.letter, []), reverse=True)
        for _ in range(-(-n // per_mark))
    ]
    return Column(year, marks, counts, labelled)
