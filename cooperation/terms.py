"""How long an agreement runs by its own clauses: the last day of its term, its renewals, the last day for a notice.

Pure functions of days. A term of five years from 18 June 1997 has 18 June 2002 as its last day.
"""

import datetime
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from record import durations

# By how much a duration counted back from a day and forth again may miss it: two short months, and a leap year.
UNLIKE = datetime.timedelta(days=5)


class Renewal(models.TextChoices):
    """What the document says of the time after its term."""

    AUTOMATIC = "automatic", _("renewed automatically")
    BY_AGREEMENT = "by-agreement", _("renewed by agreement")
    NONE = "none", _("not renewed")
    UNKNOWN = "unknown", _("not known")


@dataclass(frozen=True)
class Term:
    """The clauses on duration, renewal and notice: ISO 8601 durations, '' where not published.

    `stated_end` is the last day that the document itself names ("for 2025 and 2026"); it outranks the duration.
    """

    duration: str = ""
    renewal: str = Renewal.UNKNOWN
    renewal_period: str = ""
    notice_period: str = ""
    stated_end: datetime.date | None = None

    @property
    def step(self):
        """By how much a renewal or an extension prolongs the term; '' where nobody says."""
        return self.renewal_period or self.duration

    @property
    def expires(self):
        """Whether the end of the term is the end of the agreement; unknown renewal leaves it open."""
        ends_by_its_words = self.renewal in (Renewal.NONE, Renewal.BY_AGREEMENT)
        return ends_by_its_words or bool(self.stated_end) and self.renewal != Renewal.AUTOMATIC

    def last_day(self, start, extensions=0):
        """The last day of the term that began on `start` and was extended so many times; None where it follows from nothing."""
        first = self.stated_end or (start and self.duration and durations.after_if_any(start, self.duration)) or None
        if first is None or not extensions:
            return first
        return durations.after_if_any(first, self.step, extensions) if self.step else None

    def effect_of_notice(self, day, last_day):
        """When a notice of termination given on a day takes effect: with the term that it is in time for, or by its own time."""
        earliest = durations.after_if_any(day, self.notice_period) if self.notice_period else day
        if self.renewal == Renewal.AUTOMATIC and last_day and earliest:
            return next(self.turns(last_day, earliest, datetime.date.max), None)
        return earliest if self.notice_period and not last_day else None

    def turns(self, last_day, first, last):
        """The ends of its terms from one day to another: `last_day`, and those of later automatic renewals.

        Nothing beyond the year 9999. The work grows with the turns that are found, not with the years before them.
        """
        if last_day is None:
            return
        renews = self.renewal == Renewal.AUTOMATIC and self.renewal_period
        times = max(0, (first - last_day).days // durations.longest(self.renewal_period)) if renews else 0
        while turn := durations.after_if_any(last_day, self.renewal_period, times):
            if turn > last:
                return
            if turn >= first:
                yield turn
            if not renews:
                return
            times += 1

    def notice_by(self, last_day):
        """The last day on which notice can be given to end it with its term; None where no notice clause is published."""
        return durations.before(last_day, self.notice_period) if self.notice_period and last_day else None

    def noticed(self, first, last):
        """Two days between which every term ends whose last day for a notice is from `first` to `last`; none ends between them
        where no notice clause is published. Months and years are unlike by some days."""
        begins = durations.after_if_any(first, self.notice_period) if self.notice_period else None
        if begins is None:
            return last, first
        ends = durations.after_if_any(last, self.notice_period)
        return begins - min(UNLIKE, begins - first), min(ends or datetime.date.max, datetime.date.max - UNLIKE) + UNLIKE
