"""Charts of months and of parts of years, which never stand on the axis of full years."""

from babel.dates import get_month_names
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cooperation.charts import plots
from cooperation.charts.chart import Chart
from cooperation.models import Flow, PeriodType
from cooperation.trade import sentences, tables, words
from cooperation.trade.drawing import drawable, inks, point, readings_for_table, sources_of, stated_series, unit
from cooperation.trade.key import key_of
from record.pair import pair
from record.templatetags.record import capital
from record.texts import reader_language

# Up to so many months are named one by one.
MONTHS_NAMED = 18


def months(books):
    """Single months, one line per side; the flow is turnover unless the question leaves only another."""
    readings = [r for each in books.months for r in each if r.chartable]
    flow = next((f for f in (Flow.TURNOVER, Flow.EXPORT, Flow.IMPORT) if any(r.flow == f for r in readings)), Flow.TURNOVER)
    drawn = drawable(r for r in readings if r.flow == flow)
    title = pgettext("chart", "%(flow)s by month") % {"flow": capital(flow.label)}
    scene = None
    if len(drawn) > 1:
        start, count = _index(drawn[0]), _index(drawn[-1]) - _index(drawn[0]) + 1
        names = [words.month(*_month(start + n)) for n in range(count)]
        scene = plots.lines(_series(drawn, start), names, _ticks(start, count), words.short)
    table = tables.of_readings(readings_for_table(drawn))
    return Chart("months", title, _of_months(drawn), scene, table, sources_of(drawn), unit(), key_of(drawn, joined=True))


def _index(reading):
    return reading.year * 12 + reading.period - 1


def _month(index):
    """Year and month of the months' running number."""
    return index // 12, index % 12 + 1


def _series(drawn, start):
    sides, known = {}, inks()
    for reading in drawn:
        key = (known.get(reading.reporter, "none"), reading.basis == "quoted")
        sides.setdefault(key, []).append(point(reading, _index(reading) - start, known))
    return [plots.Series(kind, points, joined=not quoted) for (kind, quoted), points in sides.items()]


def _ticks(start, count):
    """The first month of as many years as fit; months by name where there are few."""
    if count <= MONTHS_NAMED:
        named = [(n, words.month(*_month(start + n))) for n in range(count)]
        return named[:: max(1, count // 3)]
    januaries = [(n, str((start + n) // 12)) for n in range(count) if (start + n) % 12 == 0]
    every = -(-len(januaries) // 8)
    return [tick for tick in januaries if int(tick[1]) % every == 0]


def _of_months(drawn):
    said = []
    for code in (pair().first, pair().second):
        grounds = stated_series(drawn, code)
        for own in grounds:
            span = _index(own[-1]) - _index(own[0]) + 1
            ground = words.basis_of_series(own) if len(grounds) > 1 else ""
            said.append(sentences.of_series(own, missing=span - len({_index(r) for r in own}), ground=ground))
    return said or [_("No figure of a single month to draw.")]


def part_years(books):
    """January to a month: the values of a year lie over its months, each year a run of its own."""
    readings = [r for each in books.parts for r in each if r.flow == Flow.TURNOVER and r.period_type == PeriodType.TO_MONTH]
    drawn = drawable(readings)
    scene = None
    if drawn:
        names = [month.rstrip(".") for month in get_month_names("abbreviated", "stand-alone", reader_language()).values()]
        scene = plots.by_month([point(r, r.period - 1, inks()) for r in drawn], [r.year for r in drawn], names, words.short)
    return Chart(
        "part-years",
        _("Turnover from January on, by the last month counted"),
        _of_parts(drawn),
        scene,
        tables.of_readings(readings_for_table(readings)),
        sources_of(drawn),
        unit(),
        key_of(drawn),
    )


def _of_parts(drawn):
    """For each side the newest part of a year, against the same part of the year before where both are of one ground."""
    said = []
    for code in (pair().first, pair().second):
        grounds = stated_series(drawn, code)
        own = sorted((r for series in grounds for r in series), key=lambda r: r.when)
        pairs = [(a, b) for series in grounds for b in series for a in series if (a.year, a.period) == (b.year - 1, b.period)]
        if pairs:
            said.append(sentences.change(*max(pairs, key=lambda each: each[1].when)))
        elif own:
            said.append(sentences.of_series(own[-1:]))
    return said or [_("No figure of a part of a year to draw.")]
