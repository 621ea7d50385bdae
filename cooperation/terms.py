"""How long an agreement runs by its own clauses: the last day of its term, its renewals, the last day for a notice.

Pure functions of days. A term of five years from 18 June 1997 has 18 June 2002 as its last day.
"""

import datetime
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from record import durations


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
        first = self.stated_end or (start and self.duration and durations.after(start, self.duration)) or None
        if first is None or not extensions:
            return first
        return durations.after(first, self.step, extensions) if self.step else None

    def next_turn(self, last_day, on):
        """The first end of a term on or after the day `on`: `last_day` itself, or that of a later automatic renewal; None if none."""
        if last_day is None or last_day >= on:
            return last_day
        if self.renewal != Renewal.AUTOMATIC or not self.renewal_period:
            return None
        times = 1
        while (turn := durations.after(last_day, self.renewal_period, times)) < on:
            times += 1
        return turn

    def notice_by(self, last_day):
        """The last day on which notice can be given to end it with its term; None where no notice clause is published."""
        return durations.before(last_day, self.notice_period) if self.notice_period and last_day else None
