"""Every chart of trade by name: which readings it draws, its title, its table and what it says."""

from babel.dates import get_month_names
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cooperation.charts import plots
from cooperation.charts.chart import Chart
from cooperation.models import Flow, PeriodType
from cooperation.trade import goods, mirror, sentences, tables, targets, words, years
from cooperation.trade.key import key_of
from record.dates import spoken
from record.pair import country_name, pair
from record.templatetags.record import capital
from record.texts import reader_language

# Up to so many months are named one by one.
MONTHS_NAMED = 18


def kind_of(code):
    """Which ink and shape a reporter has."""
    return {pair().first: "first", pair().second: "second"}.get(code, "none")


def order(reading):
    return (reading.year, reading.period, {"first": 0, "second": 1}.get(kind_of(reading.reporter), 2), reading.basis != "statistics")


def point(reading, slot):
    return plots.Point(
        slot=slot,
        kind=kind_of(reading.reporter),
        value=float(reading.value),
        words=words.said(reading),
        short=words.short(reading.value),
        stands=reading.stands,
        hollow=reading.is_hollow,
        href=tables.address(reading.code),
    )


def drawable(readings):
    """What may be drawn, in order: values that fit nothing else on record are listed and never drawn."""
    return sorted((r for r in readings if r.chartable), key=order)


def unit():
    return _("Million US dollars")


def sources_of(readings):
    return list(dict.fromkeys(source for reading in readings for source in reading.sources))


def by_year(name, title, readings, *, say=None, heights=(), mirrors=()):
    """A chart of values by year; table and sentence speak of what is drawn."""
    drawn = drawable(readings)
    scene = None
    if drawn:
        first, last = drawn[0].year, drawn[-1].year
        names = [str(year) for year in range(first, last + 1)]
        scene = plots.by_slot([point(r, r.year - first) for r in drawn], names, words.short, heights=heights)
    return Chart(
        name,
        title,
        (say or of_sides)(drawn),
        scene,
        tables.of_mirrors(mirrors) if mirrors else tables.of_readings(readings_for_table(readings)),
        sources_of(drawn),
        unit(),
        key_of(drawn),
    )


def readings_for_table(readings):
    """Newest first; what may not be drawn has no row beside the chart."""
    return sorted(drawable(readings), key=lambda r: (-r.year, -r.period, *order(r)[2:]))


def of_sides(drawn):
    """A sentence for each side, over what it states: statistics where it has any, else quotations."""
    said = []
    for code in (pair().first, pair().second):
        own = stated_series(drawn, code)
        if own:
            span = own[-1].year - own[0].year + 1
            said.append(sentences.of_series(own, missing=span - len({r.year for r in own})))
    return said or [_("No stated figure of either side is on record.") if drawn else _("No figure is on record.")]


def stated_series(drawn, code):
    own = [r for r in drawn if r.reporter == code and r.basis != "derived"]
    published = [r for r in own if r.basis != "quoted"]
    return published or own


def turnover(books):
    readings = [r for each in books.years for r in each if r.flow == Flow.TURNOVER]
    newest = [m for m in mirror.of_books(books.years, "") if m.gap is not None]
    gap = [sentences.of_gap(max(newest, key=lambda m: m.when))] if newest else []
    return by_year("turnover", _("Turnover by year"), readings, say=lambda drawn: [*of_sides(drawn), *gap])


def exports(books):
    readings = [r for each in books.years for r in each if r.flow == Flow.EXPORT]
    return by_year("exports", _("Exports by year, as the exporter reports them"), readings)


def imports(books):
    readings = [r for each in books.years for r in each if r.flow == Flow.IMPORT]
    return by_year("imports", _("Imports by year, as the importer reports them"), readings)


def balance(books):
    def say(drawn):
        newest = {r.reporter: r for r in drawn}
        return [sentences.of_balance(newest[code]) for code in (pair().first, pair().second) if code in newest] or [
            _("No side reports both its exports and its imports of one year.")
        ]

    return by_year("balance", _("Balance by year: exports minus imports"), years.balances(books), say=say)


def mirrored(books, exporter):
    """The goods of one country in both sides' books."""
    importer = mirror.other(exporter)
    mirrors = [m for m in mirror.of_books(books.years, exporter) if m.period_type == PeriodType.YEAR]
    readings = [r for m in mirrors for r in (*m.left, *m.right)]
    both = [r.value for side in (exporter, importer) for m in mirror.of_books(books.years, side) for r in (*m.left, *m.right)]
    title = _("From %(exporter)s to %(importer)s, in both books") % {
        "exporter": country_name(exporter),
        "importer": country_name(importer),
    }

    def say(drawn):
        return [sentences.of_mirrors(mirrors)]

    return by_year(f"mirror-{exporter}-{importer}", title, readings, say=say, heights=both, mirrors=mirrors)


def months(books):
    """Single months, one line per side; the flow is turnover unless the question leaves only another."""
    readings = [r for each in books.months for r in each if r.chartable]
    flow = next((f for f in (Flow.TURNOVER, Flow.EXPORT, Flow.IMPORT) if any(r.flow == f for r in readings)), Flow.TURNOVER)
    drawn = sorted((r for r in readings if r.flow == flow), key=order)
    title = pgettext("chart", "%(flow)s by month") % {"flow": capital(flow.label)}
    scene = None
    if len(drawn) > 1:
        start, count = _index(drawn[0]), _index(drawn[-1]) - _index(drawn[0]) + 1
        names = [spoken(f"{(start + n) // 12:04d}-{(start + n) % 12 + 1:02d}") for n in range(count)]
        scene = plots.lines(_series(drawn, start), names, _ticks(start, count), words.short)
    table = tables.of_readings(readings_for_table(drawn))
    return Chart("months", title, _of_months(drawn), scene, table, sources_of(drawn), unit(), key_of(drawn, joined=True))


def _index(reading):
    return reading.year * 12 + reading.period - 1


def _series(drawn, start):
    sides = {}
    for reading in drawn:
        sides.setdefault((kind_of(reading.reporter), reading.basis == "quoted"), []).append(point(reading, _index(reading) - start))
    return [plots.Series(kind, points, joined=not quoted) for (kind, quoted), points in sides.items()]


def _ticks(start, count):
    """The first month of as many years as fit; months by name where there are few."""
    if count <= MONTHS_NAMED:
        named = [(n, spoken(f"{(start + n) // 12:04d}-{(start + n) % 12 + 1:02d}")) for n in range(count)]
        return named[:: max(1, count // 3)]
    januaries = [(n, str((start + n) // 12)) for n in range(count) if (start + n) % 12 == 0]
    every = -(-len(januaries) // 8)
    return [tick for tick in januaries if int(tick[1]) % every == 0]


def _of_months(drawn):
    said = []
    for code in (pair().first, pair().second):
        if own := stated_series(drawn, code):
            span = _index(own[-1]) - _index(own[0]) + 1
            said.append(sentences.of_series(own, missing=span - len({_index(r) for r in own})))
    return said or [_("No figure for a single month is on record.")]


def part_years(books):
    """January to a month: the values of a year lie over its months, each year a run of its own."""
    readings = [r for each in books.parts for r in each if r.flow == Flow.TURNOVER and r.period_type == PeriodType.TO_MONTH]
    drawn = drawable(readings)
    scene = None
    if drawn:
        names = [month.rstrip(".") for month in get_month_names("abbreviated", "stand-alone", reader_language()).values()]
        scene = plots.by_month([point(r, r.period - 1) for r in drawn], [r.year for r in drawn], names, words.short)
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
        own = stated_series(drawn, code)
        pairs = [(a, b) for b in own for a in own if (a.year, a.period) == (b.year - 1, b.period)]
        if pairs:
            said.append(sentences.change(*max(pairs, key=lambda each: each[1].when)))
        elif own:
            said.append(sentences.of_series(own[-1:]))
    return said or [_("No figure for a part of a year is on record.")]


def of_goods(books):
    """The newest basket of several goods: chapters where released, else goods that somebody named."""
    baskets = goods.baskets(goods.chapters(books)) or goods.baskets(goods.quoted_goods(books))
    return basket_chart(next((b for b in baskets if len(b.readings) > 1), baskets[0] if baskets else None))


def basket_chart(basket, name="goods"):
    """One period's goods of one side and flow."""
    drawn = [r for r in basket.readings if r.chartable][:20] if basket else []
    names = [tables.goods_words(r) for r in drawn]
    points = [point(r, n) for n, r in enumerate(drawn)]
    title = _("Goods")
    if basket and basket.exporter:
        parts = {"exporter": country_name(basket.exporter), "importer": country_name(mirror.other(basket.exporter))}
        title = _("Goods from %(exporter)s to %(importer)s") % parts
    said = [sentences.of_goods(basket, names[0])] if drawn else [_("No figure for goods is on record.")]
    scene = plots.bars(points, names) if drawn else None
    table = tables.of_readings(basket.readings if basket else [], goods=True)
    return Chart(name, title, said, scene, table, sources_of(drawn), unit(), key_of(drawn))


def of_targets(books):
    """Stated targets at the years by which they were to be reached, over the turnover that each side states."""
    rows = targets.table(books)
    readings = [r for r in drawable(r for each in books.years for r in each if r.flow == Flow.TURNOVER) if not r.is_hollow and r.reporter]
    dated = [row.figure for row in rows if row.figure.year and row.figure.unit == "million-usd" and row.figure.chartable]
    spots = [r.year for r in readings] + [f.year for f in dated]
    scene = None
    if dated:
        first = min(spots)
        points = [point(r, r.year - first) for r in readings] + [_target_point(f, first) for f in dated]
        scene = plots.by_slot(points, [str(year) for year in range(first, max(spots) + 1)], words.short)
    said = (
        sentences.of_target(max(rows, key=lambda row: (row.figure.said_on, row.figure.number))) if rows else [_("No target is on record.")]
    )
    sources = list(dict.fromkeys([c.source for row in rows for c in row.figure.citations.all()] + sources_of(readings)))
    return Chart(
        "targets",
        _("Stated targets and stated turnover"),
        said,
        scene,
        tables.of_targets(rows),
        sources,
        unit(),
        key_of(readings, targets=True),
    )


def _target_point(figure, first):
    said = _("target %(value)s, stated %(day)s") % {"value": words.number(figure.value), "day": spoken(figure.said_on)}
    return plots.Point(
        figure.year - first, "target", float(figure.value), said, words.short(figure.value), href=tables.address(figure.code)
    )


def charts():
    """{name in the address: how it is made}."""
    first, second = pair().first, pair().second
    return {
        "turnover": turnover,
        "exports": exports,
        "imports": imports,
        "balance": balance,
        f"mirror-{first}-{second}": lambda books: mirrored(books, first),
        f"mirror-{second}-{first}": lambda books: mirrored(books, second),
        "months": months,
        "part-years": part_years,
        "goods": of_goods,
        "targets": of_targets,
    }
