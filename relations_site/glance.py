"""The relationship at a glance: what the home page computes from the record."""

import datetime
from dataclasses import dataclass
from functools import partial

from django.db.models import Count

from cooperation.filters import AgreementListing, InitiativeListing
from cooperation.models import Agreement, Initiative
from cooperation.trade import outlets, years
from cooperation.trade.question import TradeQuestion
from events.models import Event
from record import inverted, kept, kinds
from record.inverted import column
from record.inverted.answer import Answer
from record.models.entry import UNDATED
from record.pair import pair

# The strip draws at most this many marks for a year: beyond it one mark stands for several entries.
MOST_MARKS = 60
STANDING = ("completed", "under-way")
WHERE = {"E": "host", "A": "level", "I": "stands_in"}
MODELS = {"E": Event, "A": Agreement, "I": Initiative}
TO_THE_DAY = r"^\d{4}-\d{2}-\d{2}"


def _year(day):
    return day.year


def _day_of_the_year(day):
    return day.month, day.day


# What is counted from bits: the years of each kind, where it happened or stands, the days of events, the statuses.
YEARS = {letter: column.Column(model, "", "date_from", of=_year) for letter, model in MODELS.items()}
INKS = {letter: column.Column(model, "", WHERE[letter]) for letter, model in MODELS.items()}
DAYS_OF_THE_YEAR = column.Column(Event, "", "date_from", of=_day_of_the_year)
HELD = (*YEARS.values(), *INKS.values(), DAYS_OF_THE_YEAR)
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
    return kept.part(_first_event, "first event", lasting=True)


def _first_event():
    return Event.objects.public().without_texts().filter(sort_day__gt=UNDATED).order_by("sort_day", "number").first()


def years_on_record(first, on=None):
    """Whole years since the first event."""
    on = on or datetime.date.today()
    return (on.year - first.date_from.year - ((on.month, on.day) < (first.date_from.month, first.date_from.day))) if first else 0


def waiting(limit=4):
    """Agreements signed and not in force, the longest wait first."""
    waiting = Agreement.objects.public().as_of().waiting().for_list().order_by("sort_day", "number")
    return kept.part(lambda: list(waiting[:limit]), "waiting", limit, lasting=True)


def statuses():
    """{status: how many public agreements}."""
    with inverted.following([Agreement]) as follows:
        if follows:
            return inverted.public(Agreement).counted(AgreementListing.base_filters["status"])
    rows = Agreement.objects.public().as_of().order_by().values_list("phase__status").annotate(n=Count("pk"))
    return dict(rows)


def newest(limit=6, on=None):
    """The newest dated entries of all kinds, by their own date."""
    today, rows = on or datetime.date.today(), []
    for kind in kinds.all_kinds():
        rows += kept.part(partial(_newest, kind, limit, today), "newest", kind.letter, limit, today, lasting=True)
    return sorted(rows, key=lambda row: row[1].sort_day, reverse=True)[:limit]


def _newest(kind, limit, today):
    return [(kind, entry) for entry in kind.model.objects.public().filter(date_to__lte=today).for_list().newest_first()[:limit]]


def coming(limit=4, on=None):
    """Events still to come, the nearest first."""
    today, found = on or datetime.date.today(), Event.objects.public().for_list().order_by("sort_day", "number")
    with inverted.following([Event]) as follows:
        if follows:
            events = inverted.public(Event)
            later = events.among(events.index.numbers("date_to").since(today + datetime.timedelta(days=1)))
            return found.filter(pk__in=later.between(0, limit, (("sort_day", False), ("number", False))))
    return found.filter(date_to__gt=today)[:limit]


def on_this_day(on=None):
    """Events known to the day that fell on this day of an earlier year."""
    today = on or datetime.date.today()
    found = Event.objects.public().filter(date_from__lt=today, date__regex=TO_THE_DAY).for_list().newest_first()
    with inverted.following([Event]) as follows:
        if follows:
            then = inverted.public(Event).among(inverted.index_of(Event).with_values(DAYS_OF_THE_YEAR, [_day_of_the_year(today)]))
            return found.filter(pk__among=list(then.bits))[:4]
    return found.filter(date_from__month=today.month, date_from__day=today.day)[:4]


def trade():
    """The newest stated turnover, for the headline figures, and the chart of every year that may be drawn."""
    return kept.part(_trade, "trade at a glance", lasting=True)


def _trade():
    question = TradeQuestion()
    return {"turnover": years.latest(question.books), "chart": outlets.block("turnover", question, brief=True)}


def standing_initiatives():
    """How many initiatives are completed or under way."""
    with inverted.following([Initiative]) as follows:
        if follows:
            found = inverted.public(Initiative).counted(InitiativeListing.base_filters["status"])
            return sum(found.get(status, 0) for status in STANDING)
    return Initiative.objects.public().filter(status__in=STANDING).count()


def strip(found=None):
    """The years from the first entry to the last, each with its marks; empty for an empty record.

    `found` is {letter: public entries} where a question narrows them, as querysets or in bits.
    """
    return kept.part(_strip_of_all, "strip") if found is None else _strip(found)


def _strip_of_all():
    with inverted.following(MODELS.values()) as follows:
        return _strip({letter: inverted.public(model) if follows else model.objects.public() for letter, model in MODELS.items()})


def _strip(found):
    rows = {}
    for kind in kinds.all_kinds():
        for (year, place), number in _years_and_places(kind.letter, found[kind.letter]).items():
            rows.setdefault(year, {}).setdefault(kind.letter, []).append((_ink(place), number))
    if not rows:
        return []
    first, last = min(rows), max(rows)
    return [_column(year, rows.get(year, {}), _is_labelled(year, first, last)) for year in range(first, last + 1)]


def _years_and_places(letter, entries):
    """{(year, where): how many}."""
    if isinstance(entries, Answer):
        return entries.cross(YEARS[letter], INKS[letter])
    years = entries.dated().order_by().values_list("date_from__calendar_year", WHERE[letter])
    return {(year, place): number for year, place, number in years.annotate(n=Count("pk"))}


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
