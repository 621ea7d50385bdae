"""The timeline: entries of all kinds by decade, year and month, in pages of a list.

A page holds as many entries as a page of any list, whatever years they lie in: a year with one entry costs no page of its
own, and one with twenty thousand no more than any other. A year can also be opened by itself, from the strip of years.
"""

import datetime
import re
from dataclasses import dataclass

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, CharField, IntegerField, Q, Value, When
from django.db.models.functions import Concat, Substr
from django.db.models.lookups import Exact
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from record import counting, dates, kept, kinds
from relations_site import glance
from relations_site.joint import JointListing

# What `year` says for the entries without a date.
UNDATED = "undated"
# Stands in the key of an order for a month or a day that is not known: such entries come first under their year or month.
UNKNOWN = {"newest": "99", "oldest": "00"}


class YearField(forms.CharField):
    """A year in a question, or the word for what has no date."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, max_length=20, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text or text == UNDATED:
            return text or None
        if not re.fullmatch(r"[0-9]{4}", text) or text == "0000":
            raise ValidationError(_("“%(value)s” is not a year: write 2024."), params={"value": text})
        return int(text)


class YearFilter(django_filters.Filter):
    """The entries that stand under one year of the timeline: those whose date begins in it."""

    field_class = YearField

    def filter(self, queryset, value):
        if not value:
            return queryset
        return queryset.filter(date_from__isnull=True) if value == UNDATED else queryset.filter(_between(value, value))

    def marked(self, index, value):
        """What `filter()` keeps, as bits of an index."""
        days = index.numbers("date_from")
        if value == UNDATED:
            return index.public().bits - days.known
        return days.since(datetime.date(value, 1, 1)) & days.until(datetime.date(value, 12, 31))


def _between(first, last):
    """Dated entries that begin in the years from one to another."""
    return Q(date_from__isnull=False, sort_day__range=(datetime.date(first, 1, 1), datetime.date(last, 12, 31)))


@dataclass(frozen=True)
class Row:
    """An entry where it stands on the timeline: under a month only if its source names one."""

    kind: object
    entry: object

    @property
    def year(self):
        return self.entry.date_from.year if self.entry.date_from else None

    @property
    def decade(self):
        return self.year and self.year // 10 * 10

    @property
    def month(self):
        """The month as EDTF, '' where the source names none."""
        return self.entry.date[:7] if self.entry.date[4:5] == "-" else ""

    @property
    def month_name(self):
        return dates.spoken(self.month, short=True)

    @property
    def mark(self):
        return glance.mark_of(self.kind, self.entry)


class TimelineListing(JointListing):
    """The joint list in the order of days; `year` opens one year."""

    year = YearFilter(label=_("Year"))
    BESIDE = (*JointListing.BESIDE, "year")

    @property
    def year_asked(self):
        """The year that the question opens, UNDATED, or None."""
        return self.form.cleaned_data.get("year") if self.is_answerable else None

    @cached_property
    def strip(self):
        """The years of the question without its year."""
        with self.answering() as narrowed:
            return glance.strip(narrowed(leaving_out="year") if self.asked_of_rows - {"year"} or self.at else None)

    @cached_property
    def totals(self):
        """{year: how many entries}, of the whole question; None counts those without a date."""
        found = {column.year: column.total for column in self.strip if column.total}
        undated = self._undated() if self.asked_of_rows - {"year"} or self.at else kept.part(self._undated, "undated")
        return found | ({None: undated} if undated else {})

    def _undated(self):
        with self.answering() as narrowed:
            return sum(counting.number(rows) for rows in self.narrowed_by("year", UNDATED, narrowed(leaving_out="year")).values())

    @property
    def undated(self):
        """How many entries of the whole question have no date."""
        return self.totals.get(None, 0)

    @property
    def direction(self):
        return self.form.cleaned_data.get("sort") or "newest"

    def ordered(self):
        """The rows, to be sliced: whoever takes a slice reads no other year than those in it."""
        return Rows(self)

    def between(self, start, stop):
        return self.ordered()[start:stop]

    def neighbours(self):
        """The years with entries before and after the one that is open, None where there is none."""
        years = sorted(year for year in self.totals if year)
        here = self.year_asked if isinstance(self.year_asked, int) else None
        before = [year for year in years if here and year < here]
        after = [year for year in years if here and year > here]
        return {"before": before[-1] if before else None, "after": after[0] if after else None}

    def _chip_label(self, name, value):
        if name == "year" and name not in self.form.errors:
            return gettext("date not known") if value == UNDATED else value
        return super()._chip_label(name, value)


class Rows:
    """The entries of a timeline in order, read by slices."""

    def __init__(self, listing):
        self.listing = listing

    def __getitem__(self, wanted):
        years, skipped = self._years(wanted.start, wanted.stop)
        if not years:
            return []
        keys = list(self._keys(years)[wanted.start - skipped : wanted.stop - skipped])
        return self._rows([(letter, pk) for _undated, _key, _place, _number, letter, pk in keys])

    def _years(self, start, stop):
        """The years in which the entries from one place of the list to another lie, and how many entries stand before them."""
        years, passed, skipped = [], 0, 0
        for year, number in self._in_order():
            if passed + number <= start:
                skipped += number
            elif passed < stop:
                years.append(year)
            passed += number
        return years, skipped

    def _in_order(self):
        """(year, number of entries) in the order of the list, what has no date at the end."""
        totals, asked = self.listing.totals, self.listing.year_asked
        dated = sorted((year for year in totals if year), reverse=self.listing.direction == "newest")
        if asked:
            dated = [year for year in dated if year == asked]
        order = dated + ([None] if None in totals and asked in (None, UNDATED) else [])
        return [(year, totals[year]) for year in order]

    def _keys(self, years):
        """What the order of the list goes by, of every entry of these years, in one statement."""
        wanted = Q(date_from__isnull=True) if None in years else Q(pk__in=())
        if dated := [year for year in years if year]:
            wanted |= _between(min(dated), max(dated))
        gap = UNKNOWN[self.listing.direction]
        names = ("undated", "key", "place_of_kind", "number", "own_letter", "pk")
        parts = [
            queryset.filter(wanted).order_by().annotate(**_key(gap, place, letter)).values_list(*names)
            for place, (letter, queryset) in enumerate(self.listing.narrowed().items())
        ]
        down = "-" if self.listing.direction == "newest" else ""
        return parts[0].union(*parts[1:], all=True).order_by("undated", f"{down}key", "place_of_kind", f"{down}number")

    def _rows(self, keys):
        """The entries themselves, each kind as its own list reads them."""
        found = {}
        for kind in kinds.all_kinds():
            own = [pk for letter, pk in keys if letter == kind.letter]
            if own:
                found |= {(kind.letter, entry.pk): Row(kind, entry) for entry in kind.model.objects.public().filter(pk__in=own).for_list()}
        return [found[key] for key in keys if key in found]


def _key(gap, place, letter):
    """Year, month and day as eight figures, `gap` for what the source does not give: no month has a first day of its own here."""

    def known(dash, start):
        return Case(When(Exact(Substr("date", dash, 1), Value("-")), then=Substr("date", start, 2)), default=Value(gap))

    return {
        "undated": Case(When(date_from__isnull=True, then=1), default=0, output_field=IntegerField()),
        "key": Concat(Substr("date", 1, 4), known(5, 6), known(8, 9), output_field=CharField()),
        "place_of_kind": Value(place, output_field=IntegerField()),
        "own_letter": Value(letter, output_field=CharField()),
    }
