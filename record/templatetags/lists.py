"""What lists draw without a template for each line, or once for all pages on which it stands."""

from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from record import kept, texts
from record.templatetags.record import capital, written

register = template.Library()


@register.simple_tag(takes_context=True)
def drawn_rows(context, kind):
    """Every entry of a page under the heading of its year; each is drawn once for all pages on which it stands."""
    listing, keys = context["listing"], context["page"].keys

    def draw(some):
        return {entry.pk: _drawn(kind, entry) for entry in listing.rows_of(some)}

    drawn = kept.parts(draw, keys, "row", *listing.looks, lasting=True)
    years = groupby([drawn[key] for key in keys if key in drawn], itemgetter(0))
    return mark_safe("".join([_year(year, [row for _year, row in rows]) for year, rows in years]))


def _year(year, rows):
    heading = year or escape(gettext("Date not known"))
    return f'<h2 class="year-head">{heading}</h2><ul class="rows wide">\n{"".join(rows)}</ul>'


def _drawn(kind, entry):
    html = render_to_string(kind.row, {"entry": entry, "kind": kind, "under_year": True})
    return entry.date_from and entry.date_from.year, mark_safe(html)


@register.simple_tag(takes_context=True)
def list_filters(context):
    """The filters of a list. While nothing of them is asked they are the same on each of its pages, and drawn once."""
    listing, request = context["listing"], context["request"]

    def drawn():
        return render_to_string("components/filters.html", {"listing": listing, "request": request})

    is_plain = listing.at is None and listing.is_answerable and not listing.asked_of_rows and not (listing.data or {}).get("sort")
    return mark_safe(kept.part(drawn, "filters", request.path, *listing.looks) if is_plain else drawn())


# A list has hundreds of choices, each a line without a condition that a template would be read for.
_CHOICE = '<label class="choice"><input type="checkbox" name="{}" value="{}"', "><span>{}</span>"


@register.simple_tag
def choices(facet, some):
    """Choices of a facet as checkboxes, each with its count."""
    lang = texts.reader_language()
    return mark_safe("".join([_choice(facet.name, choice, lang) for choice in some]))


def _choice(name, choice, lang):
    before, behind = _said_of_choice(name, choice.value, str(choice.label), lang)
    chosen, off = " checked" if choice.chosen else "", " disabled" if choice.leads_nowhere else ""
    count = "" if choice.count is None else f'<span class="count">{escape(written(choice.count, lang))}</span>'
    return f"{before}{chosen}{off}{behind}{count}</label>\n"


@lru_cache(4096)
def _said_of_choice(name, value, label, lang):
    """What stands before and behind what is chosen, whatever the count."""
    return _CHOICE[0].format(escape(name), escape(value)), _CHOICE[1].format(escape(capital(label)))
