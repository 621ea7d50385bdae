"""One form for every figure of trade, whoever gave it: who reports, which flow, which period, how much, on what ground.

Values are in millions of `currency`. Statistics and quotations keep their basis for life: nothing here turns one into the other.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cooperation.models import Flow, QuotedFigure, TradeFigure
from cooperation.models.trade import SERIES
from record.pair import pair

MILLION = Decimal(1_000_000)
# What “about” allows, as a part of the value.
ABOUT = Decimal("0.05")
# What makes two observations comparable: the same observation in the same currency, released at different times.
SAME = (*SERIES, "currency")


class Basis(models.TextChoices):
    """On what ground a value stands."""

    STATISTICS = "statistics", _("statistics")
    QUOTED = "quoted", _("quoted")
    DERIVED = "derived", _("computed from a growth rate")
    COMPUTED = "computed", _("computed here")


@dataclass(frozen=True)
class Reading:
    """One value of one flow in one period by one side's figures; `reporter` is '' where the source names none."""

    reporter: str
    flow: str
    period_type: str
    year: int
    period: int
    product: str
    value: Decimal
    basis: str
    code: str = ""
    # Half of the last digit given: what rounding alone explains.
    slack: Decimal = Decimal(0)
    # The name of the goods in the words of the quotation; '' for all goods and for statistics.
    item: str = ""
    precision: str = "exact"
    currency: str = "USD"
    chartable: bool = True
    valuation: str = "not-stated"
    status: str = "not-stated"
    sources: tuple = ()
    figure: object = None
    # What a value computed here was computed from: its ground, and the entries.
    ground: str = ""
    parts: tuple = ()
    # Whether an earlier release gave another value.
    revised: bool = False
    released_on: object = None

    @property
    def when(self):
        """The period, as a key that sorts."""
        return (self.year, self.period, self.period_type)

    @property
    def is_total(self):
        """Whether it speaks of all goods."""
        return not self.product and not self.item

    @property
    def stands(self):
        """Whether it is drawn on a column: a released value, or one computed from released values alone."""
        return Basis.STATISTICS in (self.basis, self.ground)

    @property
    def is_stated(self):
        """Whether somebody said or published it, and nothing on record speaks against drawing it."""
        return not self.is_hollow and self.chartable

    @property
    def is_hollow(self):
        """Whether it is computed from other values: drawn hollow, and called so."""
        return self.basis in (Basis.DERIVED, Basis.COMPUTED)

    @property
    def exporter(self):
        """The country that the goods leave; '' for turnover."""
        if self.flow == Flow.TURNOVER or not self.reporter:
            return self.figure.exporter if isinstance(self.figure, QuotedFigure) else ""
        return self.reporter if self.flow == Flow.EXPORT else other(self.reporter)

    def low(self):
        """The least that the words can mean."""
        return self.value - self.slack - (self.value * ABOUT if self.precision == "about" else 0)

    def high(self):
        """The most that the words can mean; None where “over” sets no end."""
        if self.precision == "over":
            return None
        return self.value + self.slack + (self.value * ABOUT if self.precision == "about" else 0)

    def fits(self, other):
        """Whether both can be true of one thing, rounding and “about” allowed for."""
        return _reaches(self.high(), other.low()) and _reaches(other.high(), self.low())


def _reaches(high, low):
    return high is None or high >= low


def other(code):
    """The other state of the pair."""
    return pair().second if code == pair().first else pair().first


def slack_of(value, *, coarsest=0):
    """Half a unit of the last digit that a stored value has: trailing zeros behind the point, and up to 10^coarsest before it,
    are taken for rounding."""
    return Decimal(5).scaleb(min(value.normalize().as_tuple().exponent, coarsest) - 1) if value else Decimal(0)


def of_quotation(figure):
    """A quoted value of trade as a reading; None for anything but a value."""
    if figure.measure != QuotedFigure.Measure.VALUE or figure.value is None:
        return None
    return Reading(
        reporter=figure.reporter,
        flow=figure.flow,
        period_type=figure.period_type,
        year=figure.year,
        period=figure.period,
        product=figure.product_code,
        item=getattr(figure, f"subject_{figure.original_language}", "") or "",
        value=figure.value,
        basis=Basis.DERIVED if figure.basis == QuotedFigure.Basis.DERIVED else Basis.QUOTED,
        code=figure.code,
        slack=slack_of(figure.value),
        precision=figure.precision,
        chartable=figure.chartable,
        sources=tuple(citation.source for citation in figure.citations.all()),
        figure=figure,
    )


def of_observation(row, sources):
    """A released observation, as `COLUMNS` name it, as a reading. `sources` maps keys to sources."""
    return Reading(
        reporter=row[1],
        flow=row[2],
        period_type=row[3],
        year=row[4],
        period=row[5],
        product="" if row[6] == "TOTAL" else row[6],
        value=row[7] / MILLION,
        basis=Basis.STATISTICS,
        code=f"{TradeFigure.LETTER}{row[0]}",
        slack=slack_of(row[7], coarsest=4) / MILLION,
        currency=row[8],
        valuation=row[9],
        status=row[10],
        revised=row[11],
        released_on=row[12],
        sources=(sources[row[13]],),
    )


COLUMNS = (
    "number", "reporter", "flow", "period_type", "year", "period", "product_code", "value", "currency", "valuation", "status", "revised", "released_on", "source_id",
)  # fmt: skip


def newest_releases(at=None):
    """Public observations that no later public release revises."""
    later = TradeFigure.objects.public(at).filter(**{name: OuterRef(name) for name in SAME}, released_on__gt=OuterRef("released_on"))
    return TradeFigure.objects.public(at).filter(~Exists(later)).annotate(revised=Exists(_earlier(at)))


def _earlier(at):
    """Releases of the same observation before this one that gave another value."""
    same = {name: OuterRef(name) for name in SAME}
    return TradeFigure.objects.public(at).filter(**same, released_on__lt=OuterRef("released_on")).exclude(value=OuterRef("value"))


def releases_of(figure, at=None):
    """Every public release of one observation, newest first."""
    return (
        TradeFigure.objects.public(at)
        .filter(**{name: getattr(figure, name) for name in SAME})
        .select_related("source")
        .order_by("-released_on", "-number")
    )


def quotations(at=None):
    """Every public quotation with its sources, newest first."""
    return (
        QuotedFigure.objects.public(at)
        .on_trade()
        .prefetch_related("citations__source", "disagreements__values__sources")
        .order_by("-year", "-period", "number")
    )
