"""What every chart of trade shares: which readings may be drawn, in which order, in whose ink, from which sources."""

from functools import partial

from django.utils.translation import gettext as _

from cooperation.charts import plots
from cooperation.trade import tables, words
from cooperation.trade.books import single
from record.pair import pair


def inks():
    """{reporter: which ink and shape it has}; a reporter that nobody names has none of its own."""
    return {pair().first: "first", pair().second: "second", "": "none"}


def order(known):
    """By period, then the first side before the second, then statistics before quotations."""
    rank = {code: n for n, code in enumerate(known)}
    return lambda r: (r.year, r.period, rank.get(r.reporter, 3), r.basis != "statistics")


def point(reading, slot, known):
    return plots.Point(
        slot=slot,
        kind=known.get(reading.reporter, "none"),
        value=float(reading.value),
        words=words.said(reading),
        period=partial(words.period, reading),
        stands=reading.stands,
        hollow=reading.is_hollow,
        number=partial(words.short, reading.value),
        address=partial(tables.address, reading.code),
    )


def drawable(readings):
    """What may be drawn, in order: values that fit nothing else on record are listed and never drawn."""
    return sorted((r for r in readings if r.chartable), key=order(inks()))


def unit():
    return _("Million US dollars")


def sources_of(readings):
    return list(dict.fromkeys(source for reading in readings for source in reading.sources))


def readings_for_table(readings):
    """Newest first; what may not be drawn has no row beside the chart."""
    ordered = order(inks())
    return sorted((r for r in readings if r.chartable), key=lambda r: (-r.year, -r.period, *ordered(r)[2:]))


def stated_series(drawn, code):
    """What one side states, as series of one ground: released, and quoted where that goes beyond the releases."""
    own = [r for r in drawn if r.reporter == code and r.basis != "derived"]
    published = _of_one_value([r for r in own if r.basis != "quoted"])
    quoted = _of_one_value([r for r in own if r.basis == "quoted"])
    if published:
        quoted = [r for r in quoted if not published[0].when <= r.when <= published[-1].when]
    return [series for series in (published, quoted) if series]


def _of_one_value(readings):
    """One reading for each period; a period with several values has no single one that a series could go through."""
    periods = {}
    for reading in readings:
        periods.setdefault(reading.when, []).append(reading)
    return [one for cell in periods.values() if (one := single(cell))]
