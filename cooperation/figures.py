"""What the trade page shows: quotations and observations, arranged, compared and never mixed."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cooperation.models import Flow, PeriodType, QuotedFigure, TradeFigure
from record.pair import pair

MILLION = Decimal(1_000_000)


@dataclass
class Year:
    """One year: what each side's figures say of each flow. Keys are (reporter, flow); '' is a reporter not named."""

    year: int
    figures: dict = field(default_factory=dict)

    def first(self, flow):
        return self.figures.get((pair().first, flow), [])

    def second(self, flow):
        return self.figures.get((pair().second, flow), [])

    @property
    def unnamed_turnover(self):
        """Turnover whose reporter the source does not name."""
        return self.figures.get(("", Flow.TURNOVER), [])

    def sides(self):
        """(turnover, exports, imports) by each side's figures, in the order of the table's columns."""
        flows = (Flow.TURNOVER, Flow.EXPORT, Flow.IMPORT)
        return [[self.figures.get((reporter, flow), []) for flow in flows] for reporter in (pair().first, pair().second)]


def quotations():
    """Every public quotation on trade with its sources, newest first. Numbers of documents stand on a page of their own."""
    on_trade = QuotedFigure.objects.public().exclude(measure=QuotedFigure.Measure.DOCUMENTS)
    return on_trade.prefetch_related("citations__source", "disagreements").order_by("-year", "-period", "number")


def full_years(quoted):
    """Quoted values of total trade for whole years, newest year first."""
    years = {}
    for figure in quoted:
        if figure.measure == "value" and figure.period_type == PeriodType.YEAR and not figure.product_code and figure.value is not None:
            year = years.setdefault(figure.year, Year(figure.year))
            year.figures.setdefault((figure.reporter, figure.flow), []).append(figure)
    return sorted(years.values(), key=lambda year: -year.year)


def sections(quoted, years):
    """Every quotation once, as (key, heading, hint, figures): targets, growth, parts of years, goods, indicators, years."""
    values = [f for f in quoted if f.measure == "value"]
    drawn = [f for year in years for cell in year.figures.values() for f in cell]
    targets = sorted((f for f in quoted if f.measure == "target"), key=lambda f: f.said_on)
    parts = [f for f in values if f.period_type != PeriodType.YEAR and not f.product_code]
    goods = [f for f in values if f.product_code or f.value is None]
    never = _("Never on the axis of full years.")
    return [
        ("full-years", _("Full years, as quoted"), "", drawn),
        ("targets", _("Stated targets"), "", targets),
        ("growth", _("Growth, as claimed"), "", [f for f in quoted if f.measure == "growth"]),
        ("parts", _("Parts of years, as quoted"), never, parts),
        ("goods", _("Goods"), "", goods),
        ("indicators", _("Business and transport"), "", [f for f in quoted if f.measure == "indicator"]),
    ]


def drawable(years):
    """Turnover that may be drawn: by a named side, and not out of line with everything else on record."""
    figures = [figure for year in years for figure in [*year.first(Flow.TURNOVER), *year.second(Flow.TURNOVER)]]
    return [figure for figure in figures if figure.chartable]


def latest(years):
    """The newest year of which a side's stated turnover is on record, with that figure; None if there is none."""
    for year in years:
        stated = [f for f in [*year.second(Flow.TURNOVER), *year.first(Flow.TURNOVER)] if f.basis == "stated" and f.chartable]
        if stated:
            return stated[0]
    return None


def observations():
    """Newest release of every public observation, newest period first."""
    newest = {}
    figures = TradeFigure.objects.public().select_related("source").order_by("released_on", "number")
    for figure in figures:
        key = (figure.reporter, figure.flow, figure.period_type, figure.year, figure.period, figure.classification, figure.product_code)
        newest[key] = figure
    return sorted(newest.values(), key=lambda f: (-f.year, -f.period, f.reporter, f.flow))
