"""What speaks against a quotation: a release, another quotation, its own parts, a longer period, its own growth, its sources.

Every rule is a comparison between two figures on record, rounding and “about” allowed for. A flag decides nothing:
both values stay as they are, and neither is written into the other's series.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from cooperation.models import Flow, PeriodType
from cooperation.trade import growth
from cooperation.trade.books import added_up, single


class Against(models.TextChoices):
    """What it is that speaks against a quotation."""

    RELEASE = "release", _("contradicts a release")
    QUOTATION = "quotation", _("contradicts another quotation")
    ITSELF = "itself", _("does not add up")
    LONGER = "longer", _("exceeds a longer period")
    GROWTH = "growth", _("does not fit the values")
    SIDES = "sides", _("the two sides differ")
    SOURCES = "sources", _("sources disagree")


@dataclass(frozen=True)
class Flag:
    """One thing that speaks against the quotation `code`: `other` is a reading, a growth, a claim or a disagreement."""

    code: str
    against: Against
    other: object


def flags_of(books):
    """{code of a quotation: its flags}, for all quotations of these books."""
    found = defaultdict(list)
    for statistics, quoted in ((books.years), (books.parts), (books.months)):
        _against_releases(found, statistics, quoted)
        _against_the_parts(found, quoted)
    _against_longer_periods(found, books)
    _among_quotations(found, books.quoted)
    _among_claims(found, books)
    for figure in books.figures:
        for disagreement in figure.disagreements.all():
            found[figure.code].append(Flag(figure.code, Against.SOURCES, disagreement))
    return dict(found)


def _flag(found, reading, against, other):
    found[reading.code].append(Flag(reading.code, against, other))


def _against_releases(found, statistics, quoted):
    released = {(r.reporter, r.flow, r.when): r for r in statistics}
    for reading in quoted:
        other = released.get((reading.reporter, reading.flow, reading.when))
        if other and reading.basis == "quoted" and not reading.fits(other):
            _flag(found, reading, Against.RELEASE, other)
    for reading in quoted:
        # Whose figure it is was not said: it contradicts the releases where it is nobody's.
        others = [r for r in statistics if (r.flow, r.when) == (reading.flow, reading.when)] if not reading.reporter else []
        if others and reading.basis == "quoted" and not any(reading.fits(other) for other in others):
            _flag(found, reading, Against.RELEASE, others[0])


def _against_the_parts(found, quoted):
    """Turnover against exports plus imports, all three quoted from one side for one period."""
    cells = _grouped(quoted, lambda r: (r.reporter, r.when))
    for cell in cells.values():
        flows = _grouped(cell, lambda r: r.flow)
        parts = [single(flows.get(flow, [])) for flow in (Flow.EXPORT, Flow.IMPORT)]
        if all(parts):
            total = added_up(*parts)
            for reading in flows.get(Flow.TURNOVER, []):
                if reading.basis == "quoted" and not reading.fits(total):
                    _flag(found, reading, Against.ITSELF, total)


def _against_longer_periods(found, books):
    """January to June cannot be more than January to August of the same flow, nor than the year."""
    wholes = [r for each in (books.parts, books.years) for readings in each for r in readings]
    wholes = [r for r in wholes if r.period_type in (PeriodType.TO_MONTH, PeriodType.YEAR) and not r.is_hollow]
    for reading in books.parts[1]:
        for longer in wholes:
            if reading.period_type == PeriodType.TO_MONTH and _is_longer(longer, reading) and _exceeds(reading, longer):
                _flag(found, reading, Against.LONGER, longer)
                break


def _is_longer(longer, reading):
    same = longer.year == reading.year and longer.flow == reading.flow and reading.reporter in ("", longer.reporter)
    return same and longer.code != reading.code and (longer.period or 12) > reading.period


def _exceeds(reading, longer):
    return longer.high() is not None and reading.low() > longer.high()


def _among_quotations(found, quoted):
    """Different values for one thing by one side; and, for turnover, the other side's different value."""
    stated = [r for r in quoted if r.basis == "quoted"]
    for group in _grouped(stated, lambda r: (r.flow, r.when, r.product, r.item, r.exporter)).values():
        for reading in group:
            for other in group:
                if other.code != reading.code and not reading.fits(other):
                    if other.reporter == reading.reporter:
                        _flag(found, reading, Against.QUOTATION, other)
                    elif other.reporter and reading.reporter:
                        _flag(found, reading, Against.SIDES, other)


def _among_claims(found, books):
    rows = [row for row in growth.table(books) if row.claim]
    for row in rows:
        if row.contradicts:
            found[row.claim.code].append(Flag(row.claim.code, Against.GROWTH, row))
    for group in _grouped(rows, lambda row: (row.reporter, row.flow, row.when)).values():
        for row in group:
            for other in group:
                if other is not row and growth.differ(row.claim, other.claim):
                    found[row.claim.code].append(Flag(row.claim.code, Against.QUOTATION, other.claim))


def _grouped(rows, key):
    groups = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups
