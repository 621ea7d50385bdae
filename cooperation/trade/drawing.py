"""What every chart of trade shares: which readings may be drawn, in which order, in whose ink, from which sources."""

from functools import partial

from django.utils.translation import gettext as _

from cooperation.charts import plots
from cooperation.trade import tables, words
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
    own = [r for r in drawn if r.reporter == code and r.basis != "derived"]
    published = [r for r in own if r.basis != "quoted"]
    return published or own
