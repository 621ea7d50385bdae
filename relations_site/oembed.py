"""The oEmbed provider (oEmbed 1.0, oembed.com): which pages may be put on other pages, and the frame in which they stand.

A page that may be framed has its frame at its own address with `embed/` behind it, and the same question.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from cooperation.filters import AgreementListing, InitiativeListing
from cooperation.models import Agreement, Initiative
from cooperation.trade import catalogue, outlets
from cooperation.trade.question import TradeQuestion
from events.filters import EventListing
from events.models import Event
from record import kinds, problems, texts
from record.pair import country_name, pair
from relations_site.atlas.listing import MapListing
from relations_site.limits import is_unreadable
from relations_site.timeline import TimelineListing

# Seconds for which a consumer may keep an answer.
KEPT = 3600


class NotHere(Exception):
    """No page that may be put elsewhere has this address, or its question cannot be answered."""


@dataclass(frozen=True)
class Embed:
    """A page that may stand on other pages: how wide and high its frame is, and `title` of its address and question."""

    width: int
    height: int
    title: object


def _entry(model):
    def title(asked, slug):
        entry = model.objects.public().filter(slug=slug).first()
        if entry is None:
            raise NotHere
        return texts.best(entry, "title").words or entry.code

    return title


def _list(listing_class, heading):
    def title(asked):
        if not listing_class(asked, offering=False).is_answerable:
            raise NotHere
        return heading()

    return title


def _plural(letter):
    def words():
        plural = str(kinds.by_letter(letter).plural)
        return plural[:1].upper() + plural[1:]

    return words


def _chart(asked, name):
    if name not in catalogue.charts():
        raise NotHere
    try:
        return outlets.heading(name, TradeQuestion(asked)).title
    except outlets.Unanswerable:
        raise NotHere from None


EMBEDS = {
    "event": Embed(600, 480, _entry(Event)),
    "agreement": Embed(600, 480, _entry(Agreement)),
    "initiative": Embed(600, 480, _entry(Initiative)),
    "events": Embed(640, 720, _list(EventListing, _plural("E"))),
    "agreements": Embed(640, 720, _list(AgreementListing, _plural("A"))),
    "initiatives": Embed(640, 720, _list(InitiativeListing, _plural("I"))),
    "timeline": Embed(640, 720, _list(TimelineListing, lambda: gettext("Timeline"))),
    "map": Embed(900, 560, _list(MapListing, lambda: gettext("Map"))),
    "trade-chart": Embed(760, 640, _chart),
}


def frame_of(path, query):
    """The address of the frame of a page that may be put elsewhere."""
    return f"{path}embed/" + (f"?{query}" if query else "")


def provider_of(address, form="json"):
    """The address at which the provider speaks of a page."""
    asked = QueryDict(mutable=True)
    asked["url"], asked["format"] = address, form
    return f"{reverse('oembed')}?{asked.urlencode()}"


def subject(address, host):
    """(embed, title, path, query, language) of a page of this site. Raises NotHere."""
    try:
        parts = urlsplit(address)
    except ValueError:
        raise NotHere from None
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != host or _is_unreadable(parts):
        raise NotHere
    lang = translation.get_language_from_path(parts.path)
    with translation.override(lang or translation.get_language()):
        try:
            found = resolve(parts.path)
        except Resolver404:
            raise NotHere from None
        if not lang or found.url_name not in EMBEDS:
            raise NotHere
        embed = EMBEDS[found.url_name]
        asked = QueryDict(parts.query, mutable=True)
        asked.pop("page", None)
        return embed, embed.title(asked, **found.kwargs), parts.path, asked.urlencode(), lang


def _is_unreadable(parts):
    """The question would be refused at the door."""

    class Asked:
        META = {"QUERY_STRING": parts.query}
        path_info = parts.path

    return is_unreadable(Asked)


@require_safe
def oembed(request):
    """The frame for an address of this site, as JSON or XML: 404 for what is not here, 501 for another format, 400 for what cannot be read."""
    form = request.GET.get("format") or "json"
    if form not in ("json", "xml"):
        return _refused(501, "Formats: json, xml.")
    try:
        most = {name: _pixels(request.GET.get(name)) for name in ("maxwidth", "maxheight")}
    except ValueError:
        return _refused(400, "maxwidth and maxheight are whole numbers of pixels from 1 to 9999.")
    if not request.GET.get("url"):
        return _refused(400, "url is missing.")
    try:
        said = _answer(request, most)
    except (NotHere, Http404):
        return _refused(404, "No page that can be embedded has this address.")
    response = JsonResponse(said, json_dumps_params={"ensure_ascii": False}) if form == "json" else _xml(said)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _pixels(text):
    """A bound in pixels, None where none is given. Raises ValueError."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 4 and int(text)):
        raise ValueError
    return int(text)


def _answer(request, most):
    embed, title, path, query, lang = subject(request.GET["url"], request.get_host().lower())
    origin = f"{request.scheme}://{request.get_host()}"
    width = min(embed.width, most["maxwidth"] or embed.width)
    height = min(embed.height, most["maxheight"] or embed.height)
    frame = '<iframe src="{}" title="{}" width="{}" height="{}" frameborder="0" loading="lazy"></iframe>'
    with translation.override(lang):
        names = {"first": country_name(pair().first), "second": country_name(pair().second)}
        provider = gettext("The record of relations between %(first)s and %(second)s") % names
        return {
            "version": "1.0",
            "type": "rich",
            "title": title,
            "provider_name": provider,
            "provider_url": origin + reverse("home"),
            "cache_age": KEPT,
            "width": width,
            "height": height,
            "html": format_html(frame, origin + frame_of(path, query), title, width, height),
        }


# What no XML file may hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _xml(said):
    root = ElementTree.Element("oembed")
    for name, value in said.items():
        ElementTree.SubElement(root, name).text = str(value)
    body = ElementTree.tostring(root, encoding="unicode")
    body = _UNWRITABLE.sub("", body)
    declaration = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n'
    return HttpResponse(declaration + body, content_type="text/xml; charset=utf-8")


def _refused(status, sentence):
    response = problems.problem(status, sentence)
    response["Access-Control-Allow-Origin"] = "*"
    return response
