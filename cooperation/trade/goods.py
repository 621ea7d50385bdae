"""Goods by chapter, as far as they are known: statistics by chapter of the Harmonized System, and goods that somebody named."""

from dataclasses import dataclass

from django.utils.translation import gettext

from cooperation.models import PeriodType
from cooperation.products import chapter_name
from cooperation.trade import mirror
from record.pair import pair

CHAPTER = 2


@dataclass(frozen=True)
class Basket:
    """Goods of one period, flow and side: its readings, the largest first."""

    when: tuple
    reporter: str
    flow: str
    exporter: str
    basis: str
    readings: list

    @property
    def period_type(self):
        return self.when[2]

    @property
    def year(self):
        return self.when[0]

    @property
    def period(self):
        return self.when[1]


def chapters(books):
    """Released values by chapter; finer codes are parts of them and never added to them. Of one chapter in two editions of
    the Harmonized System the later release counts."""
    newest = {}
    for reading in books.chapters:
        key = (reading.reporter, reading.flow, reading.when, reading.product)
        if key not in newest or reading.released_on > newest[key].released_on:
            newest[key] = reading
    return list(newest.values())


def in_both_books(books):
    """[(exporter, [(chapter, comparison)])]: the newest period of which a side released chapters, both sides' reports beside
    each other, the largest chapter first."""
    by_chapter = {}
    for reading in chapters(books):
        by_chapter.setdefault(reading.product, []).append(reading)
    found = []
    for exporter in (pair().first, pair().second):
        compared = [(code, m) for code, readings in by_chapter.items() for m in mirror.of_flow(readings, exporter)]
        newest = max((m.when for _code, m in compared), key=lambda when: (when[0], when[2] == PeriodType.YEAR, when[1]), default=None)
        rows = [(code, m) for code, m in compared if m.when == newest]
        if rows:
            found.append((exporter, sorted(rows, key=lambda row: -max(r.value for r in (*row[1].left, *row[1].right)))))
    return found


def quoted_goods(books):
    """Quoted values of named goods."""
    return [r for r in books.quoted if not r.is_total]


def baskets(readings):
    """Readings of goods by period, side and flow: the newest period first, the largest value first."""
    groups = {}
    for reading in readings:
        key = (reading.when, reading.reporter, reading.flow, reading.exporter, reading.basis)
        groups.setdefault(key, []).append(reading)
    found = [Basket(*key, sorted(group, key=lambda r: -r.value)) for key, group in groups.items()]
    return sorted(found, key=lambda b: (-b.year, -(b.period or 13), b.basis, b.reporter, b.flow))


def without_value(books):
    """Quotations that name goods and no value."""
    return [f for f in books.of_measure("value") if f.value is None]


def name_of(code):
    """A product code in words: its chapter by name, where it has one."""
    label, chapter = gettext("HS %(code)s") % {"code": code}, "" if "-" in code else chapter_name(code)
    return f"{label} · {chapter}" if chapter else label
