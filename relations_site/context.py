"""What every page's frame needs: the two countries by name, the sections, and the page in the other languages."""

from functools import lru_cache

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import DisallowedHost
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from record.pair import country_name, pair

OWN_NAMES = {"en": "English", "az": "Azərbaycanca", "uz": "Oʻzbekcha", "ru": "Русский"}

# (name of the address, label): the sections of the masthead.
SECTIONS = [
    ("events", _("Events")),
    ("agreements", _("Agreements")),
    ("initiatives", _("Initiatives")),
    ("chain", _("The chain")),
    ("timeline", _("Timeline")),
    ("map", _("Map")),
    ("trade", _("Trade")),
    ("about", _("About")),
]


def site(request):
    """What every template is given: the frame, and at the desk what the admin's own frame expects. Nothing here asks the database."""
    return (_desk(request) if request.path_info.startswith("/admin/") else {}) | frame(request)


def frame(request):
    """The frame of a reader's page."""
    return {
        "origin": origin(request),
        "first_country": country_name(pair().first),
        "second_country": country_name(pair().second),
        "pair": pair(),
        "site_sections": SECTIONS,
        "section": _section(request.path, get_language()),
        "languages": [(code, OWN_NAMES.get(code, code), in_language(request, code)) for code, _name in settings.LANGUAGES],
        "language": (get_language() or settings.LANGUAGE_CODE)[:2],
    }


@lru_cache(maxsize=20)
def _addresses(_language):
    """(name, address) of what the masthead leads to, in the present language."""
    return [(name, reverse(name)) for name in ("search", *dict(SECTIONS))]


def _section(path, language):
    """(name, whether this is its own page) of the section that a page belongs to; of the search there is its page alone."""
    for name, address in _addresses(language):
        if path == address or name != "search" and address in path:
            return name, path == address
    return "", False


def _desk(request):
    """What the frame of the admin expects, on pages that are not the admin's own."""
    site = admin.site
    return {
        "own_names": OWN_NAMES.items(),
        "site_header": site.site_header,
        "site_title": site.site_title,
        "site_url": site.site_url,
        "has_permission": site.has_permission(request) if hasattr(request, "user") else False,
    }


def origin(request):
    """Scheme and host of this site, '' where the request names a host that is not ours: the page that refuses it needs none."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""


def path_in(request, code):
    """This page's path in another language, of which nothing but the first part differs; the home page's where it has none."""
    own, first = escape_uri_path(request.path), f"/{get_language()}/"
    if own.startswith(first) and (request.resolver_match or code == get_language()):
        return f"/{code}/{own.removeprefix(first)}"
    return f"/{code}/"


def in_language(request, code):
    """This page's address in another language, its question kept, without the number of the result page."""
    path = path_in(request, code)
    question = request.GET.copy()
    question.pop("page", None)
    query = question.urlencode()
    return f"{path}?{query}" if query else path
