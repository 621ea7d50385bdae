"""Growth: computed from two values of one side, beside the growth that somebody claimed.

Both values come from statistics, or both from quotations. A value that was itself computed from a growth rate proves nothing about that rate and is not used. A claim of “n times”
counts as growth of (n − 1) × 100 percent. Rounding is allowed for on both sides.
"""

from dataclasses import dataclass
from decimal import Decimal

from cooperation.models import Flow, PeriodType, QuotedFigure
from cooperation.trade.books import single
from cooperation.trade.readings import ABOUT, slack_of

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Growth:
    """One side's flow in one period against the same period of the year before."""

    reporter: str
    flow: str
    period_type: str
    year: int
    period: int
    claim: QuotedFigure | None
    before: object
    after: object

    @property
    def when(self):
        return (self.year, self.period, self.period_type)

    @property
    def claimed(self):
        """The claim in percent, or None."""
        return percent_of(self.claim) if self.claim else None

    @property
    def computed(self):
        """Percent, to a tenth; None where a value is missing."""
        if not self.before or not self.after or not self.before.value:
            return None
        return ((self.after.value / self.before.value - 1) * 100).quantize(TENTH)

    @property
    def difference(self):
        """Claimed minus computed, in percentage points; None unless both are there."""
        return None if self.claimed is None or self.computed is None else (self.claimed - self.computed).quantize(TENTH)

    @property
    def contradicts(self):
        """Whether claim and values cannot both be true, rounding allowed for."""
        if self.difference is None:
            return False
        least, most = self._range()
        slack = _slack(self.claim)
        too_little = most is not None and most < self.claimed - slack
        return too_little or self.claim.precision != QuotedFigure.Precision.OVER and least > self.claimed + slack

    def _range(self):
        """The least and the most growth that the values allow; None where “over” sets no end."""
        after, before = self.after, self.before
        least = (after.low() / before.high() - 1) * 100 if before.high() else Decimal(-100)
        most = None if after.high() is None else (after.high() / max(before.low(), Decimal("0.000001")) - 1) * 100
        return least, most


def percent_of(claim):
    """A claim of growth in percent: “3 times” is 200 percent."""
    return (claim.value - 1) * 100 if claim.unit == QuotedFigure.Unit.TIMES else claim.value


def _slack(claim):
    slack = slack_of(claim.value) * (100 if claim.unit == QuotedFigure.Unit.TIMES else 1)
    return slack + (abs(percent_of(claim)) * ABOUT if claim.precision == "about" else 0)


def differ(one, other):
    """Whether two claims about one thing cannot both be true; “over” sets no end."""
    low, high = sorted((one, other), key=percent_of)
    if low.precision == QuotedFigure.Precision.OVER:
        return False
    return abs(percent_of(one) - percent_of(other)) > _slack(one) + _slack(other)


def table(books):
    """Every claim with what can be computed, and every growth of years and their parts that can be computed without a claim; newest first.

    Growth of single months is computed where somebody claimed it: there are too many of them.
    """
    values = stated_values(books)
    claims = [f for f in books.of_measure(QuotedFigure.Measure.GROWTH) if not f.subject_en and f.value is not None]
    rows = [_row(values, (f.reporter, f.flow or Flow.TURNOVER, f.period_type, f.year, f.period), f) for f in claims]
    claimed = {(r.reporter, r.flow, r.when) for r in rows}
    for key in sorted({key for each in values for key in each}):
        row = _row(values, key, None)
        if (
            row.flow == Flow.TURNOVER
            and row.period_type != PeriodType.MONTH
            and row.computed is not None
            and (row.reporter, row.flow, row.when) not in claimed
        ):
            rows.append(row)
    return sorted(rows, key=lambda r: (-r.year, -(r.period or 13), r.reporter, r.flow, r.claim.number if r.claim else 0))


def stated_values(books):
    """The one stated value of each (reporter, flow, period type, year, period): in statistics, and in quotations."""
    return [
        {key: reading for readings in each for key, cell in _cells(readings).items() if (reading := single(cell))}
        for each in zip(books.years, books.parts, books.months, strict=True)
    ]


def _cells(readings):
    cells = {}
    for r in readings:
        usable = r.reporter and r.chartable and r.basis != "derived" and r.period_type != PeriodType.UNSTATED
        if usable:
            cells.setdefault((r.reporter, r.flow, r.period_type, r.year, r.period), []).append(r)
    return cells


def _row(values, key, claim):
    reporter, flow, period_type, year, period = key
    a_year_before = (reporter, flow, period_type, year - 1, period)
    pairs = [(each.get(a_year_before), each.get(key)) for each in values]
    before, after = next((found for found in pairs if all(found)), (None, None))
    return Growth(reporter, flow, period_type, year, period, claim, before, after)
