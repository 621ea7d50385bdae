"""What the site shows on pages of the apps below it: small maps."""

from django import template

from relations_site.atlas.pages import locator as small_map

register = template.Library()


@register.filter
def locator(place):
    """A small map of a place, or None."""
    return small_map(place)


@register.filter
def entries_at(links, found):
    """The address of every entry of a map's question at a place."""
    return links.entries_at(found)
