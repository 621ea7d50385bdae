"""One sentence that says what figures show, computed from them: for one figure, a rise, a fall, no change, years without any.

Names of countries stand alone before a colon and periods in brackets, so that no language has to bend them.
"""

from decimal import Decimal

from django.utils.translation import gettext, ngettext

from cooperation.trade.books import single
from cooperation.trade.growth import percent_of
from cooperation.trade.readings import Basis
from cooperation.trade.words import million, number, percent, period, reporter
from record.templatetags.record import capital

EQUAL = Decimal("0.0005")


def of_series(readings, *, missing=0, ground=""):
    """One side's values over time, from the first to the last. `missing` is how many periods between have none; `ground` is
    said where a side has values of several grounds, each with a sentence of its own."""
    if not readings:
        return ""
    name, last = _named(readings[0].reporter, ground), readings[-1]
    if len(readings) == 1:
        return gettext("%(name)s: one figure, %(value)s (%(period)s).") % {"name": name, "value": sum_of(last), "period": period(last)}
    sentence = change(readings[0], last, ground)
    if missing:
        sentence += " " + ngettext("No stated figure for %(n)s period between.", "No stated figure for %(n)s periods between.", missing) % {
            "n": number(missing)
        }
    return sentence


def _named(code, ground):
    return f"{reporter(code)}, {ground}" if ground else reporter(code)


def change(first, last, ground=""):
    """From one value to another of the same side."""
    parts = {
        "name": _named(last.reporter, ground),
        "first": sum_of(first),
        "period1": period(first),
        "last": sum_of(last),
        "period2": period(last),
    }
    if abs(last.value - first.value) < EQUAL:
        return gettext("%(name)s: %(last)s (%(period2)s), the same as in the first period (%(period1)s).") % parts
    if not first.value:
        return gettext("%(name)s: from nothing (%(period1)s) to %(last)s (%(period2)s).") % parts
    parts["change"] = percent(abs(last.value - first.value) * 100 / first.value)
    if last.value > first.value:
        return gettext("%(name)s: from %(first)s (%(period1)s) to %(last)s (%(period2)s), a rise of %(change)s.") % parts
    return gettext("%(name)s: from %(first)s (%(period1)s) to %(last)s (%(period2)s), a fall of %(change)s.") % parts


def sum_of(reading):
    """A reading as a sum, with its “over” or “about”."""
    words = million(reading.value)
    if reading.basis == Basis.COMPUTED:
        return gettext("%(value)s, added up here") % {"value": words}
    if reading.precision == "over":
        return gettext("over %(value)s") % {"value": words}
    return gettext("about %(value)s") % {"value": words} if reading.precision == "about" else words


def of_balance(reading):
    """A surplus, a deficit, or neither."""
    parts = {"name": reporter(reading.reporter), "value": million(abs(reading.value)), "period": period(reading)}
    if abs(reading.value) < EQUAL:
        return gettext("%(name)s: exports and imports are equal (%(period)s).") % parts
    if reading.value > 0:
        return gettext("%(name)s: a surplus of %(value)s (%(period)s).") % parts
    return gettext("%(name)s: a deficit of %(value)s (%(period)s).") % parts


def of_gap(mirror):
    """What one side reports beside what the other does, for a pair that has a gap."""
    left, right = single(mirror.left), single(mirror.right)
    parts = {
        "period": capital(period(mirror)),
        "left": reporter(left.reporter),
        "value1": sum_of(left),
        "right": reporter(right.reporter),
        "value2": sum_of(right),
        "gap": million(abs(mirror.gap)),
    }
    if abs(mirror.gap) < EQUAL:
        return gettext("%(period)s: %(left)s %(value1)s, %(right)s %(value2)s, the same.") % parts
    if mirror.percent is None:
        return gettext("%(period)s: %(left)s %(value1)s, %(right)s %(value2)s, %(gap)s apart.") % parts
    parts["percent"] = percent(abs(mirror.percent))
    if mirror.gap > 0:
        return gettext("%(period)s: %(left)s %(value1)s, %(right)s %(value2)s, which is %(gap)s more (%(percent)s).") % parts
    return gettext("%(period)s: %(left)s %(value1)s, %(right)s %(value2)s, which is %(gap)s less (%(percent)s).") % parts


def of_mirrors(mirrors):
    """The newest pair that has a gap; else who alone reports, and how often."""
    if not mirrors:
        return gettext("No figure of either side to compare.")
    gaps = [mirror for mirror in mirrors if mirror.gap is not None]
    if gaps:
        return of_gap(max(gaps, key=lambda mirror: mirror.when))
    alone = [reporter(mirror.left_reporter if mirror.left else mirror.right_reporter) for mirror in mirrors if mirror.missing]
    counted = "; ".join(
        ngettext("%(name)s alone: %(n)s period", "%(name)s alone: %(n)s periods", alone.count(name))
        % {"name": name, "n": alone.count(name)}
        for name in dict.fromkeys(alone)
    )
    return gettext("No period has one figure from each side.") + (f" {counted}." if counted else "")


def of_goods(basket, largest):
    """The largest of the goods named for one period, and how many are named."""
    n = len(basket.readings)
    parts = {"period": capital(period(basket)), "goods": largest, "value": sum_of(basket.readings[0]), "n": number(n)}
    return ngettext("%(period)s: %(n)s item: %(goods)s, %(value)s.", "%(period)s: largest of %(n)s items: %(goods)s, %(value)s.", n) % parts


def of_target(target):
    """The newest target, and how much of it the newest stated year of each side makes: a sentence each."""
    figure = target.figure
    head = (
        gettext("Newest target: %(value)s by %(year)s.") % {"value": million(figure.value), "year": figure.year}
        if figure.year
        else gettext("Newest target: %(value)s, no year named.") % {"value": million(figure.value)}
    )
    rest = [
        gettext("%(name)s: %(value)s (%(period)s), %(percent)s of it.")
        % {"name": reporter(reading.reporter), "value": sum_of(reading), "period": period(reading), "percent": percent(part)}
        for reading, part in target.reached
    ]
    return [head, *rest]


def of_flag(flag):
    """What speaks against a quotation. The page links `flag.other` where it stands on record."""
    other = flag.other
    if flag.against == "growth":
        return gettext("The values of the same side give %(percent)s.") % {"percent": percent(other.computed)}
    if not hasattr(other, "basis") or hasattr(other, "measure"):
        return gettext("Another quotation gives %(percent)s.") % {"percent": percent(percent_of(other))}
    value = million(other.value) if other.parts else sum_of(other)
    parts = {"value": value, "name": reporter(other.reporter), "period": period(other)}
    patterns = {
        "release": gettext("The releases of exports and imports add up to %(value)s.")
        if other.parts
        else gettext("The release gives %(value)s."),
        "quotation": gettext("Another quotation gives %(value)s."),
        "itself": gettext("Exports and imports add up to %(value)s."),
        "longer": gettext("%(name)s: %(value)s for a longer part of the year (%(period)s)."),
        "sides": gettext("%(name)s: %(value)s."),
    }
    return patterns[flag.against] % parts
