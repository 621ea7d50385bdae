"""The button that freezes a list."""

from django import template

from relations_site import selections

register = template.Library()


@register.inclusion_tag("components/freeze.html", takes_context=True)
def freeze_form(context):
    """The form for the list that a page shows, if it is one that can be frozen and holds anything."""
    listing, match = context.get("listing"), context["request"].resolver_match
    name = match.url_name if match else ""
    shown = name in selections.LISTS and listing is not None and listing.is_answerable and 0 < listing.total <= selections.selections.MOST
    return {"name": name, "question": selections.question_of(listing)} if shown else {}


@register.filter
def heading(row, columns):
    """What a row of columns is called, in the reader's language or the best other one."""
    return columns.heading(row)


@register.filter
def when(row, columns):
    """The date of a row of columns in words."""
    return columns.when(row) if columns.date else ""


@register.filter
def address(row, columns):
    """The page of a row of columns."""
    return columns.address(row)
