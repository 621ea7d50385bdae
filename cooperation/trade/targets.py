"""Stated targets beside the newest stated turnover of each side. A target is no figure of trade and enters no series."""

from dataclasses import dataclass
from decimal import Decimal

from cooperation.models import Flow, QuotedFigure
from record.pair import pair

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Target:
    """A target, and per side the newest stated full year up to its own year, with the part of the target that it makes."""

    figure: QuotedFigure
    reached: list


def table(books):
    """Every target that is a sum, in the order in which they were stated."""
    stated = [r for each in books.years for r in each if r.flow == Flow.TURNOVER and r.chartable and r.basis != "derived" and r.reporter]
    return [
        Target(figure, _reached(figure, stated))
        for figure in books.targets
        if figure.value and figure.unit == QuotedFigure.Unit.MILLION_USD
    ]


def _reached(figure, stated):
    """[(reading, percent of the target)] for each side, statistics before quotations of the same year."""
    found = []
    for reporter in (pair().first, pair().second):
        own = [r for r in stated if r.reporter == reporter and (not figure.year or r.year <= figure.year)]
        if own:
            newest = max(own, key=lambda r: (r.year, r.basis != "quoted"))
            found.append((newest, (newest.value * 100 / figure.value).quantize(TENTH)))
    return found
