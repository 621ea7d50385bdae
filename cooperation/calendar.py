"""What is due: ends of terms, renewals and last days for a notice, deadlines of promises, sessions, anniversaries.

Every day follows from clauses and dates on record; nothing is typed. A date known only to the month or year has no
anniversary, and counts from its last day where a term or deadline depends on it.
"""

import datetime
from dataclasses import dataclass

from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from cooperation import status as rule
from cooperation.models import Agreement, Commitment, Score
from cooperation.status import ActionKind, Status
from cooperation.terms import Renewal
from events.models import Event
from record import durations
from record.models import Series

# Anniversaries are named at these intervals, for documents of the states and meetings of their heads.
ROUND_YEARS = 5
OVER = (Status.TERMINATED, Status.EXPIRED, Status.REPLACED)


class DueKind(models.TextChoices):
    """Why a day is in the calendar."""

    NOTICE = "notice", _("last day for a notice of termination")
    END = "end-of-term", _("end of the term")
    RENEWAL = "renewal", _("automatic renewal")
    DEADLINE = "deadline", _("deadline of a promise")
    SESSION = "session", _("session due")
    ANNIVERSARY = "anniversary", _("anniversary")


@dataclass(frozen=True)
class Due:
    """One day of the calendar: what is due of which row, and for an anniversary after how many years."""

    day: datetime.date
    kind: str
    row: object
    years: int = 0

    @property
    def uid(self):
        """The same for the same thing in every edition of the feed."""
        name = getattr(self.row, "code", None) or f"series-{self.row.slug}"
        once = self.kind in (DueKind.END, DueKind.DEADLINE)
        return f"{name}-{self.kind}" if once else f"{name}-{self.kind}-{self.day.year}"

    @property
    def stated(self):
        """The date as its source gives it, where that is less exact than the day shown; '' otherwise."""
        said = {DueKind.DEADLINE: "deadline", DueKind.END: "stated_end"}.get(self.kind)
        text = getattr(self.row, said) if said else ""
        return text if text != self.day.isoformat() else ""

    @property
    def label(self):
        return DueKind(self.kind).label


def due(first, last, kinds=()):
    """Everything due from one day to another, both included, in order; of some kinds only, if any are named."""
    found = []
    for kind, find in _FINDERS.items():
        if not kinds or set(kind) & set(kinds):
            found += find(first, last)
    chosen = [row for row in found if first <= row.day <= last and (not kinds or row.kind in kinds)]
    return sorted(chosen, key=lambda row: (row.day, row.kind, row.uid))


def _terms(first, last):
    """Ends, renewals and notices of agreements that still stand on the day before each."""
    clauses = ~Q(duration="") | Q(stated_end_to__isnull=False)
    rows = Agreement.objects.public().filter(clauses).without_texts().prefetch_related("actions__sources", "phases")
    for agreement in rows:
        term = agreement.term
        end = rule.term_end(agreement.steps(), last, **agreement.terms)
        # Those that end in these days, and those whose last day for a notice is among them: between the two there may be centuries.
        for turn in sorted({*term.turns(end, first, last), *term.turns(end, *term.noticed(first, last))}):
            if _stands(agreement, turn):
                yield from _turn(agreement, term, turn)


def _stands(agreement, day):
    """Whether an agreement has not ended by a day, by its stored phases."""
    now = next((phase for phase in agreement.phases.all() if phase.first <= day and (phase.last is None or phase.last >= day)), None)
    return now is None or now.status not in OVER


def _turn(agreement, term, turn):
    """A term that renews itself ends all the same where a notice of termination is on record."""
    given = any(action.kind == ActionKind.NOTICE_TERMINATION for action in agreement.actions.all())
    renews = term.renewal == Renewal.AUTOMATIC and not given
    yield Due(turn, DueKind.RENEWAL if renews else DueKind.END, agreement)
    if renews and (notice := term.notice_by(turn)):
        yield Due(notice, DueKind.NOTICE, agreement)


def renewed_for_an_unknown_time():
    """Agreements that renew themselves, for how long no source says: their renewals have no days."""
    rows = Agreement.objects.public().as_of().filter(renewal=Renewal.AUTOMATIC, renewal_period="")
    return rows.exclude(duration="").exclude(phase__status__in=OVER).without_texts()


def _deadlines(first, last):
    open_ones = Commitment.objects.public().filter(deadline_to__range=(first, last)).exclude(score=Score.FULL)
    return [Due(row.deadline_to, DueKind.DEADLINE, row) for row in open_ones]


def _sessions(first, last):
    """The next session of each series whose interval a source gives, counted from its last public one."""
    held = Max("events__date_to", filter=Q(events__in=Event.objects.public()))
    met = Series.objects.exclude(meets_every="").annotate(held=held)
    # Where a coming session is on record, it stands among the events.
    for series in met.filter(held__isnull=False, held__lt=datetime.date.today()):
        if day := durations.after_if_any(series.held, series.meets_every):
            yield Due(day, DueKind.SESSION, series)


def _anniversaries(first, last):
    """Round anniversaries of documents between the states and of meetings of their heads, known to the day."""
    for year in range(first.year, last.year + 1):
        ago = [year - years for years in range(ROUND_YEARS, year, ROUND_YEARS)]
        known = Q(date_from__year__in=ago, date_from=models.F("date_to")) & ~Q(date__endswith="?") & ~Q(date__endswith="~")
        documents = Agreement.objects.public().filter(known, level=Agreement.Level.INTERSTATE).without_texts()
        meetings = Event.objects.public().filter(known, level=Event.Level.HEADS_OF_STATE).without_texts()
        for row in [*documents, *meetings]:
            years = year - row.date_from.year
            yield Due(durations.after(row.date_from, f"P{years}Y"), DueKind.ANNIVERSARY, row, years)


_FINDERS = {
    (DueKind.NOTICE, DueKind.END, DueKind.RENEWAL): _terms,
    (DueKind.DEADLINE,): _deadlines,
    (DueKind.SESSION,): _sessions,
    (DueKind.ANNIVERSARY,): _anniversaries,
}
