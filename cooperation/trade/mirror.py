"""Two sets of books: what one side says it exported beside what the other says it imported.

The rule: gap = importer's figure minus exporter's; percent = gap in parts of the exporter's figure. Statistics are compared
with statistics and quotations with quotations. Turnover has no exporter: its gap is the second country's figure minus the
first's, in parts of the first's. Nothing is averaged, and a side that reports nothing stays empty.
"""

from dataclasses import dataclass
from decimal import Decimal

from cooperation.models import Flow, GapCause
from cooperation.trade import causes
from cooperation.trade.books import single
from cooperation.trade.readings import other
from record.pair import pair

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Mirror:
    """One flow in one period, in the words of both sides. `exporter` is '' for turnover; each side is a list of readings."""

    exporter: str
    period_type: str
    year: int
    period: int
    basis: str
    left: list
    right: list

    @property
    def when(self):
        return (self.year, self.period, self.period_type)

    @property
    def key(self):
        """Which gap this is, for the causes that sources name of it."""
        return (self.exporter, *self.when)

    @property
    def left_reporter(self):
        return self.exporter or pair().first

    @property
    def right_reporter(self):
        return other(self.left_reporter)

    @property
    def missing(self):
        """The side that reports nothing, '' where both do."""
        if not self.left:
            return self.left_reporter
        return "" if self.right else self.right_reporter

    @property
    def is_ambiguous(self):
        """Whether a side says more than one thing, so that no single gap follows."""
        return any(side and single(side) is None for side in (self.left, self.right))

    @property
    def gap(self):
        """Right minus left in millions, or None where one value on each side is not to be had."""
        left, right = single(self.left), single(self.right)
        return right.value - left.value if left and right and not self.is_open else None

    @property
    def is_open(self):
        """Whether a side gives a lower bound alone (“over”), so that the gap has none."""
        return any(reading.precision == "over" for reading in (*self.left, *self.right))

    @property
    def precision(self):
        """“about” where a side says no more than that; else exact, or over."""
        words = {reading.precision for reading in (*self.left, *self.right)}
        return next((word for word in ("over", "about") if word in words), "exact")

    @property
    def percent(self):
        """The gap in percent of the left figure, to a tenth; None where there is no gap or nothing to divide by."""
        left = single(self.left)
        return None if self.gap is None or not left.value else (self.gap * 100 / left.value).quantize(TENTH)

    @property
    def causes(self):
        """The causes that can explain the gap, see `causes.possible`."""
        if self.gap is None:
            return []
        both = [*self.left, *self.right]
        return causes.possible(
            self.gap,
            both_ways=not self.exporter,
            product=both[0].product,
            valuations=[reading.valuation for reading in both],
            statuses=[reading.status for reading in both],
        )


def named_causes():
    """What sources say of the gaps, by the key of each: {key: [GapCause]}, in the order in which they were entered."""
    found = {}
    for row in GapCause.objects.public().select_related("source").order_by("number"):
        found.setdefault(row.gap, []).append(row)
    return found


def of_flow(readings, exporter):
    """The comparisons of one flow (by its exporter; '' for turnover) within readings of one basis, oldest first."""
    left, right = exporter or pair().first, other(exporter or pair().first)
    flows = {left: Flow.EXPORT, right: Flow.IMPORT} if exporter else dict.fromkeys((left, right), Flow.TURNOVER)
    periods = {}
    for reading in readings:
        if reading.chartable and reading.basis != "derived" and flows.get(reading.reporter) == reading.flow:
            periods.setdefault(reading.when, {left: [], right: []})[reading.reporter].append(reading)
    return [
        Mirror(exporter, when[2], when[0], when[1], _basis(sides[left] + sides[right]), sides[left], sides[right])
        for when, sides in sorted(periods.items())
    ]


def _basis(readings):
    return "quoted" if any(reading.basis == "quoted" for reading in readings) else "statistics"


def of_books(readings, exporter):
    """Comparisons within statistics, then within quotations. `readings` is (statistics, quotations)."""
    return [mirror for each in readings for mirror in of_flow(each, exporter)]
