"""What the site shows on pages of the apps below it: small maps, and how a page is put on another."""

from django import template
from django.utils.html import format_html

from relations_site import oembed
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


def _own_address(request):
    """(path, question) of the page without the number of its result page."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return request.path, asked.urlencode()


@register.simple_tag(takes_context=True)
def oembed_links(context):
    """Where programs find the frame of this page (oEmbed discovery); nothing on pages that have none."""
    request = context["request"]
    if not request.resolver_match or request.resolver_match.url_name not in oembed.EMBEDS:
        return ""
    path, query = _own_address(request)
    address = f"{context['origin']}{path}" + (f"?{query}" if query else "")
    link = '<link rel="alternate" type="{}" href="{}{}" title="oEmbed">\n'
    forms = (("application/json+oembed", "json"), ("text/xml+oembed", "xml"))
    found = [format_html(link, kind, context["origin"], oembed.provider_of(address, form)) for kind, form in forms]
    return format_html("{}{}", *found)


@register.inclusion_tag("components/embed_code.html", takes_context=True)
def put_elsewhere(context, title):
    """The block that says how this page is put on another; empty on pages that cannot be."""
    request = context["request"]
    embed = request.resolver_match and oembed.EMBEDS.get(request.resolver_match.url_name)
    if not embed:
        return {}
    path, query = _own_address(request)
    address = f"{context['origin']}{path}" + (f"?{query}" if query else "")
    frame = context["origin"] + oembed.frame_of(path, query)
    return {"address": frame, "title": title, "height": embed.height, "provider": oembed.provider_of(address)}
