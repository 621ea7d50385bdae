"""What search engines may find: an index, and for each kind and language a map of its public pages with their sisters.

A map is one statement and a few patterns of addresses, however many languages there are.
"""

import math
from dataclasses import dataclass
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Count, DateTimeField, Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import translation

from cooperation.models import Agreement, Commitment, Initiative, QuotedFigure, TradeFigure
from cooperation.trade.pages import TABS
from events.models import Event
from record import kinds
from record.addresses import around
from record.columns import CHANGED, SOURCE
from record.csvfile import moment
from record.models import Organisation, Person, Place, Series, Source, Topic
from relations_site.context import origin
from relations_site.sharing import without_language

LANGS = [code for code, _name in settings.LANGUAGES]
PER_FILE = 5000
_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_WITH_SISTERS = f'{_NAMESPACES} xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@dataclass(frozen=True)
class Kind:
    """Pages of one kind: the name of their address, its argument, the column that fills it, and when a page changed last.

    `changed` is None where no moment of change is kept, and nothing is claimed then.
    """

    model: type
    name: str
    argument: str = "slug"
    prefix: str = ""
    changed: object = None

    def rows(self):
        """Public rows, as far as they have pages of this kind, in an order that stays."""
        found = self.model.objects
        if self.model is QuotedFigure:
            found = found.on_trade()
        public = found.public() if hasattr(found, "public") else kinds.seen_by_readers(found.all())
        return public.order_by("slug" if self.argument == "slug" else "number")

    @property
    def column(self):
        return "slug" if self.argument == "slug" else "number"

    def changes(self):
        return {"changed": self.changed if self.changed is not None else Value(None, DateTimeField())}


def _by_history(model):
    """When a row that keeps no moment of its own was changed last, or became public if that is later."""
    versions = model.history.model.objects.filter(number=OuterRef("number")).order_by("-history_date").values("history_date")[:1]
    return Greatest(Coalesce(Subquery(versions), "publish_at"), "publish_at", output_field=DateTimeField())


KINDS = {
    "events": Kind(Event, "event", changed=CHANGED),
    "agreements": Kind(Agreement, "agreement", changed=CHANGED),
    "initiatives": Kind(Initiative, "initiative", changed=CHANGED),
    "commitments": Kind(Commitment, "commitment", "number", changed=CHANGED),
    "quotations": Kind(QuotedFigure, "trade-quotation", "code", "Q", _by_history(QuotedFigure)),
    "statistics": Kind(TradeFigure, "trade-statistic", "code", "T"),
    "sources": Kind(Source, "source", "number", changed=SOURCE.changed),
    "topics": Kind(Topic, "topic"),
    "people": Kind(Person, "person"),
    "organisations": Kind(Organisation, "organisation"),
    "places": Kind(Place, "place"),
    "series": Kind(Series, "series"),
}
# Pages that are always there, and the kinds whose newest change is theirs too; none where they show more than rows.
PAGES = {
    "home": ("events", "agreements", "initiatives"),
    "events": ("events",),
    "agreements": ("agreements",),
    "initiatives": ("initiatives",),
    "commitments": ("commitments",),
    "timeline": ("events", "agreements", "initiatives"),
    "map": ("events", "agreements", "initiatives"),
    **dict.fromkeys([name for name, _label in TABS], ()),
    **dict.fromkeys(("chain", "waiting", "calendar", "counts", "disagreements", "topics", "people", "organisations", "places"), ()),
    **dict.fromkeys(("series-index", "sources", "changes", "about", "data", "codebook", "api-docs"), ()),
}


def index(request):
    """/sitemap.xml: the address of every map, and when a page in it changed last, where a kind fits into one map."""
    maps = [("pages", 1, None)]
    for name, kind in KINDS.items():
        found = kind.rows().order_by().annotate(**kind.changes()).aggregate(n=Count("pk"), last=Max("changed"))
        last = math.ceil(found["n"] / PER_FILE)
        maps += [(name, number, found["last"] if last == 1 else None) for number in range(1, last + 1)]
    rows = [
        f"<sitemap><loc>{_of_map(request, name, lang, number)}</loc>{_lastmod(changed)}</sitemap>"
        for name, number, changed in maps
        for lang in LANGS
    ]
    return _xml(f"<sitemapindex {_NAMESPACES}>", rows, "</sitemapindex>")


def section(request, section, lang, number):
    """One map: pages of a kind in one language, each with its sisters."""
    number = int(number)
    if lang not in LANGS or section not in ("pages", *KINDS):
        raise Http404
    found = _pages() if section == "pages" else _rows(KINDS[section], number)
    if not found or section == "pages" and number != 1:
        raise Http404
    site = origin(request)
    return _xml(f"<urlset {_WITH_SISTERS}>", [_url(site, lang, paths, changed) for paths, changed in found], "</urlset>")


def _pages():
    """({language: path}, moment of change) of every page that is always there."""
    asked = {section for sections in PAGES.values() for section in sections}
    last = {s: KINDS[s].rows().order_by().annotate(**KINDS[s].changes()).aggregate(last=Max("changed"))["last"] for s in asked}
    found = []
    for name, sections in PAGES.items():
        moments = [last[section] for section in sections if last[section]]
        found.append(({lang: _path(name, lang) for lang in LANGS}, max(moments, default=None)))
    return found


def _rows(kind, number):
    start = (number - 1) * PER_FILE
    rows = kind.rows().annotate(**kind.changes()).values_list(kind.column, "changed")[start : start + PER_FILE]
    sample = f"{kind.prefix}7"
    frames = {lang: around(kind.name, kind.argument, sample, lang) for lang in LANGS}
    return [
        ({lang: f"{before}{kind.prefix}{value}{after}" for lang, (before, after) in frames.items()}, changed) for value, changed in rows
    ]


def _path(name, lang, **arguments):
    with translation.override(lang):
        return reverse(name, kwargs=arguments)


def _url(site, lang, paths, changed):
    sisters = [*paths.items(), ("x-default", without_language(paths[lang]))]
    links = "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(site + path)}"/>' for code, path in sisters)
    return f"<url><loc>{escape(site + paths[lang])}</loc>{_lastmod(changed)}{links}</url>"


def _of_map(request, section, lang, number):
    return escape(origin(request) + reverse("sitemap-section", kwargs={"section": section, "lang": lang, "number": number}))


def _lastmod(changed):
    return f"<lastmod>{moment(changed)}</lastmod>" if changed else ""


def _xml(before, rows, after):
    text = "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', before, *rows, after, ""])
    return HttpResponse(text, content_type="application/xml; charset=utf-8", headers={"X-Robots-Tag": "noindex"})
