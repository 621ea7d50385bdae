"""What agreements, initiatives and trade show on pages of the apps below them."""

import datetime
from functools import cache

from django import template
from django.utils.translation import gettext, ngettext, pgettext

from cooperation.chain import chain_of
from cooperation.lanes import path_of
from cooperation.models import Commitment, Flow, GapCause, QuotedFigure, TradeFigure
from cooperation.status import ActionSide
from cooperation.trade import sentences, tables, words
from cooperation.trade.goods import name_of as goods_name
from record.lookups import KEY
from record.pair import side_name
from record.prepared import MOMENT, Question
from record.templatetags.record import amount, country, text

register = template.Library()
# How many observations the page of their source lists: a table of statistics may have a million.
MOST_OBSERVED = 50


@register.inclusion_tag("cooperation/_chain.html")
def chain(entry):
    """The chain of an entry, both ways."""
    origins, consequences = chain_of(entry)
    return {"entry": entry, "origins": origins, "consequences": consequences}


@register.filter
def path(agreement):
    """The two-lane path of a row, as of the day for which it was read."""
    return path_of(agreement, agreement.on_day)


@register.inclusion_tag("cooperation/_commitments.html")
def commitments(entry):
    """Public promises made in a document or at an event, or kept by an initiative."""
    return {"commitments": _commitments_of(entry._meta.model_name).objects(entry.pk)}


@cache
def _commitments_of(name):
    return Question(lambda: Commitment.objects.public(MOMENT).filter(**{f"{name}__pk__among": KEY}).soonest_first())


@register.filter
def led_to(event):
    """Initiatives that an event of the chain led to at once, without a document signed there that created them."""
    through = {initiative for agreement in event.signed for initiative in agreement.created}
    return [initiative for initiative in event.begun if initiative not in through and initiative.sort_day >= event.sort_day]


@register.filter
def overdue(commitment):
    """Whether a promise’s deadline has passed without it being kept in full; of one as it stood on a day, until then."""
    return commitment.is_overdue(getattr(commitment, "on_day", None) or datetime.date.today())


@register.filter
def promiser(commitment):
    """Who promised: both states, or the name of one."""
    return commitment.get_side_display() if commitment.side == ActionSide.JOINT else side_name(commitment.side)


@register.inclusion_tag("cooperation/_figures_from.html")
def figures_from(source):
    """Quotations and observations that rest on a source; of an imported table, the first of them."""
    quoted = QuotedFigure.objects.public().filter(citations__source=source).distinct().order_by("year", "period", "number")
    observed = TradeFigure.objects.public().filter(source=source)
    named = GapCause.objects.public().filter(source=source).order_by("-year", "-period", "number")
    more = observed.count() - MOST_OBSERVED
    newest = observed.order_by("-year", "-period", "number")[:MOST_OBSERVED]
    return {"quoted": quoted, "observed": newest, "more": max(more, 0), "named": named}


@register.filter
def party(row):
    """A party of an agreement by name: a state, a body, or whoever else it is."""
    if row.country:
        return country(row.country)
    return text(row.organisation, "name") if row.organisation else text(row, "name")


@register.filter
def quantity(figure):
    """A quoted value with its unit and its “over” or “about”."""
    if figure.value is None:
        return gettext("no value given")
    said = _with_unit(figure)
    if figure.precision == "over":
        return gettext("over %(value)s") % {"value": said}
    if figure.precision == "about":
        return gettext("about %(value)s") % {"value": said}
    return said


def _with_unit(figure):
    value = amount(figure.value)
    whole = int(figure.value)
    patterns = {
        "million-usd": pgettext("a sum", "USD %(value)s million"),
        "percent": gettext("%(value)s %%"),
        "times": ngettext("%(value)s time", "%(value)s times", whole),
        "enterprises": ngettext("%(value)s enterprise", "%(value)s enterprises", whole),
        "documents": ngettext("%(value)s document", "%(value)s documents", whole),
        "thousand-tonnes": gettext("%(value)s thousand tonnes"),
        "million-tonnes": gettext("%(value)s million tonnes"),
    }
    return patterns[figure.unit] % {"value": value}


@register.filter
def million(value):
    """A value in whole units as millions."""
    return words.number(value / 1_000_000)


@register.filter
def labelled(row, columns):
    """The cells of a row that people read, each with its column."""
    return [(column, cell) for column, cell in zip(columns, row, strict=True) if not column.for_files]


@register.filter
def goods(code):
    """A product code in words."""
    return goods_name(code)


@register.filter
def period(figure):
    """The period of a figure in words: 2024, January–July 2024, part of 2016."""
    return words.period(figure)


@register.filter
def value_of(reading):
    """A reading's value with its “over” or “about”."""
    return words.value_of(reading)


@register.filter
def sum_of(reading):
    """A reading as a sum in dollars."""
    return sentences.sum_of(reading)


@register.filter
def figure_address(code):
    """The page of a quotation or an observation by its code."""
    return tables.address(code)


@register.filter
def signed(value, places=1):
    """A number with its sign: +12.5, −3."""
    if value is None:
        return ""
    return f"+{words.number(value, places)}" if value > 0 else words.number(value, places)


@register.filter
def reporter(code):
    """By whose figures; said too where nobody is named."""
    return words.reporter(code)


@register.filter
def basis_of(reading):
    """On what ground a reading stands."""
    return words.basis(reading)


@register.filter
def flow_name(code):
    """A flow in words."""
    return Flow(code).label


@register.filter
def against(flag):
    """What speaks against a quotation, as a sentence."""
    return sentences.of_flag(flag)
