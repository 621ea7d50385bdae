"""Every chart of trade by name: which readings it draws, its title, its table and what it says."""

from functools import partial

from django.utils.translation import gettext as _

from cooperation.charts import plots
from cooperation.charts.chart import Chart
from cooperation.models import Flow, PeriodType
from cooperation.trade import goods, mirror, sentences, tables, targets, words, years
from cooperation.trade.drawing import drawable, inks, point, readings_for_table, sources_of, stated_series, unit
from cooperation.trade.key import key_of
from cooperation.trade.months import months, part_years
from record.dates import spoken
from record.pair import country_name, pair


def by_year(name, title, readings, *, say=None, heights=(), mirrors=()):
    """A chart of values by year; table and sentence speak of what is drawn."""
    drawn = drawable(readings)
    scene = None
    if drawn:
        first, last = drawn[0].year, drawn[-1].year
        names = [str(year) for year in range(first, last + 1)]
        scene = plots.by_slot([point(r, r.year - first, inks()) for r in drawn], names, words.short, heights=heights)
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


def of_sides(drawn):
    """A sentence for each side, over what it states: its statistics, and what is quoted of other years."""
    said = []
    for code in (pair().first, pair().second):
        grounds = stated_series(drawn, code)
        for own in grounds:
            span = own[-1].year - own[0].year + 1
            ground = words.basis_of_series(own) if len(grounds) > 1 else ""
            said.append(sentences.of_series(own, missing=span - len({r.year for r in own}), ground=ground))
    return said or [_("No stated figure of either side to draw.") if drawn else _("No figure to draw.")]


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
            _("No exports and imports of one side and one year to compare.")
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


def of_goods(books):
    """The newest basket of several goods: chapters where released, else goods that somebody named."""
    baskets = goods.baskets(goods.chapters(books)) or goods.baskets(goods.quoted_goods(books))
    return basket_chart(next((b for b in baskets if len(b.readings) > 1), baskets[0] if baskets else None))


def basket_chart(basket, name="goods"):
    """One period's goods of one side and flow."""
    drawn = [r for r in basket.readings if r.chartable][:20] if basket else []
    names = [tables.goods_words(r) for r in drawn]
    points = [point(r, n, inks()) for n, r in enumerate(drawn)]
    title = _("Goods")
    if basket and basket.exporter:
        parts = {"exporter": country_name(basket.exporter), "importer": country_name(mirror.other(basket.exporter))}
        title = _("Goods from %(exporter)s to %(importer)s") % parts
    said = (
        [f"{words.reporter(basket.reporter)}. {sentences.of_goods(basket, names[0])}"]
        if drawn
        else [_("No figure for goods is on record.")]
    )
    scene = plots.bars(points, names) if drawn else None
    table = tables.of_readings(basket.readings if basket else [], goods=True)
    return Chart(name, title, said, scene, table, sources_of(drawn), unit(), key_of(drawn))


def of_targets(books):
    """Stated targets at the years by which they were to be reached, over the turnover that each side states."""
    rows = targets.table(books)
    readings = [
        r for r in drawable(r for each in books.years for r in each if r.flow == Flow.TURNOVER) if r.basis != "derived" and r.reporter
    ]
    dated = [row.figure for row in rows if row.figure.year and row.figure.chartable]
    spots = [r.year for r in readings] + [f.year for f in dated]
    scene = None
    if dated:
        first = min(spots)
        points = [point(r, r.year - first, inks()) for r in readings] + [_target_point(f, first) for f in dated]
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
    own = {"number": partial(words.short, figure.value), "address": partial(tables.address, figure.code)}
    return plots.Point(figure.year - first, "target", float(figure.value), said, **own)


def charts():
    """{name in the address: how it is made}."""
    first, second = pair().first, pair().second
    return {
        "turnover": turnover,
        "exports": exports,
        "imports": imports,
        "balance": balance,
        f"mirror-{first}-{second}": partial(mirrored, exporter=first),
        f"mirror-{second}-{first}": partial(mirrored, exporter=second),
        "months": months,
        "part-years": part_years,
        "goods": of_goods,
        "targets": of_targets,
    }
