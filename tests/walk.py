"""Every public address of the site, found in the URL configuration, so that no new one can be forgotten."""

from functools import partial
from itertools import cycle

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation
from django.utils.translation import get_language

from cooperation.models import Agreement, Commitment, Initiative, QuotedFigure, TradeFigure
from cooperation.trade.catalogue import charts
from events.models import Event
from record.models import FormerAddress, FrozenSelection, Organisation, Person, Picture, Place, Series, Source, Topic
from relations_site.api.resources import RESOURCES
from relations_site.bundle import releases
from relations_site.cards.content import PAGES
from relations_site.citations import FORMS
from relations_site.sitemaps import KINDS

LANGS = [code for code, _name in settings.LANGUAGES]
# Not for readers: the editors' desk, and Django's own language form, which answers POST only.
NOT_PUBLIC = {"admin", "set_language"}


# The forms in which each list leaves the site.
ENDINGS = dict.fromkeys(("sources", "search"), ("csv", "json", "atom"))
ENDINGS |= dict.fromkeys(("events", "agreements", "initiatives", "commitments"), ("csv", "json", "atom", "ics"))
ENDINGS |= dict.fromkeys(("trade-statistics", "trade-quotations"), ("csv", "json"))


def names(resolver=None):
    """The names of all public addresses."""
    found = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.app_name not in NOT_PUBLIC:
                found |= names(pattern)
        elif isinstance(pattern, URLPattern):
            found.add(pattern.name)
    return found - NOT_PUBLIC


def _slugs(model):
    return [{"slug": row.slug} for row in model._base_manager.all()]


def _entries(model, letter):
    former = [{"slug": row.slug} for row in FormerAddress.objects.filter(letter=letter)]
    return _slugs(model) + former


def _numbers():
    return [{"number": entry.code} for model in (Event, Agreement, Initiative, Commitment, Source) for entry in model._base_manager.all()]


def _figures():
    return [{"number": figure.code} for model in (QuotedFigure, TradeFigure) for figure in model._base_manager.all()]


def _oldest_and_newest():
    """Of every kind some that readers have seen for long, and what was entered last."""
    models = (Event, Agreement, Initiative, Commitment, Source, QuotedFigure, TradeFigure)
    found = [list(model._base_manager.order_by("number")) for model in models]
    return [row.code for rows in found for row in dict.fromkeys(rows[:5] + rows[-30:])]


def _citations():
    """Each in one of the forms, in turn."""
    return [{"number": code, "ending": ending} for code, ending in zip(_oldest_and_newest(), cycle(FORMS), strict=False)]


def _cards():
    """By a stamp that none has: who may see the card is told its address."""
    return [{"name": name, "stamp": "0" * 12} for name in (*PAGES, *_oldest_and_newest())]


def _codes(model):
    return [{"code": figure.code} for figure in model._base_manager.all()]


def _keys(resource):
    """Number or slug of the first and the newest rows of a table, public or not: every row has its JSON at another address too."""
    rows = resource.model._base_manager.order_by("pk")
    shown = [*rows[:5], *rows.reverse()[:20]]
    return [{"key": row.slug if resource.columns.key == "slug" else row.code} for row in shown]


def _selections():
    return [{"code": row.code} for row in FrozenSelection.objects.all()]


def _files():
    return [{"version": release.version, "name": name} for release in releases.all_releases() for name in release.about["files"]]


def _charts():
    return [{"name": name} for name in charts()]


# For each name, with which arguments it is asked: for rows that readers may see and for those that they may not.
ARGUMENTS = {
    **{
        name: lambda: [{}]
        for name in (
            "front-door",
            "sitemap",
            "robots",
            "healthz",
            "home",
            "about",
            "trade",
            "timeline",
            "map",
            "map-json",
            "sources",
            "disagreements",
            "search",
            "search-suggestions",
        )  # fmt: skip
    },
    **{
        name: lambda: [{}]
        for name in ("events", "agreements", "initiatives", "topics", "people", "organisations", "places", "series-index")
    },
    **{
        name: lambda: [{}]
        for name in (
            "waiting",
            "chain",
            "chain-documents",
            "chain-initiatives",
            "counts",
            "commitments",
            "calendar",
            "calendar-feed",
        )
    },
    "commitment": lambda: [{"number": row.number} for row in Commitment.objects.all()],
    **{f"trade-{name}": lambda: [{}] for name in ("mirror", "parts", "goods", "claims", "contradictions", "quotations", "statistics")},
    "trade-quotation": lambda: _codes(QuotedFigure),
    "trade-statistic": lambda: _codes(TradeFigure),
    **{f"trade-chart{form}": _charts for form in ("", "-embed", "-csv", "-svg", "-png")},
    "event": lambda: _entries(Event, "E"),
    "agreement": lambda: _entries(Agreement, "A"),
    "initiative": lambda: _entries(Initiative, "I"),
    "event-embed": lambda: _entries(Event, "E"),
    "agreement-embed": lambda: _entries(Agreement, "A"),
    "initiative-embed": lambda: _entries(Initiative, "I"),
    "topic": lambda: _slugs(Topic),
    "person": lambda: _slugs(Person),
    "organisation": lambda: _slugs(Organisation),
    "place": lambda: _slugs(Place),
    "series": lambda: _slugs(Series),
    "source": lambda: [{"number": row.number} for row in Source.objects.all()],
    "card": _cards,
    "sitemap-section": lambda: [{"section": name, "lang": get_language(), "number": 1} for name in ("pages", *KINDS)],
    "permanent": lambda: _numbers() + _figures(),
    "permanent-json": _numbers,
    **{name: lambda: [{}] for name in ("api", "api-description", "api-docs", "data", "data-door", "codebook", "freeze")},
    **{f"api-{resource.name}": lambda: [{}] for resource in RESOURCES},
    **{f"api-{resource.name}-one": partial(_keys, resource) for resource in RESOURCES},
    "api-nowhere": lambda: [{"rest": "nowhere/"}],
    "data-file": _files,
    "data-latest": lambda: [{"name": "record.zip"}],
    **{f"selection{form}": _selections for form in ("", "-json", "-csv")},
    "permanent-citation": _citations,
    "picture": lambda: [{"name": row.image.name.split("/")[-1].removesuffix(".webp")} for row in Picture.objects.all()],
}
# The data outlets of the lists: every one is asked, with questions too.
OUTLETS = tuple(f"{name}-{ending}" for name, endings in ENDINGS.items() for ending in endings)
ARGUMENTS |= {name: lambda: [{}] for name in OUTLETS}
# The lists that can stand on other pages.
FRAMES = ("events-embed", "agreements-embed", "initiatives-embed", "timeline-embed", "map-embed")
ARGUMENTS |= {name: lambda: [{}] for name in (*FRAMES, "oembed")}
# Questions that are put to every list besides the bare one.
LISTS = (
    *OUTLETS,
    *FRAMES,
    "events",
    "agreements",
    "initiatives",
    "sources",
    "waiting",
    "chain",
    "counts",
    "commitments",
    "calendar",
    "calendar-feed",
    "timeline",
    "map",
    "map-json",
    "search",
    *(f"api-{resource.name}" for resource in RESOURCES),
)
# The search answers no question without words.
SEARCHES = (
    "q=uzbekistan",
    "q=baku+2023&match=any",
    "q=%C5%9Eu%C5%9Fa&kind=event&sort=oldest",
    "q=summary+title+body&match=any&page=2",
    "q=quoted+promise+office+picture",
    "q=visti",
)
ENTRIES = ("event", "agreement", "initiative")
QUESTIONS = ("sort=oldest", "page=2", "after=2022&before=2023")


# What programs read holds every language at once: it is asked in one of them.
FOR_MACHINES = ("-embed", "-csv", "-json", "-atom", "-ics", "-svg", "-png", "-feed")


def addresses(langs=LANGS):
    """Every public address in its languages; each list also with some questions. What programs read, in the first of them."""
    found = []
    for lang in langs:
        with translation.override(lang):
            for name in sorted(names()):
                if lang == langs[0] or not name.endswith(FOR_MACHINES):
                    found += [reverse(name, kwargs=arguments) for arguments in ARGUMENTS[name]()]
            asked = [name for name in LISTS if lang == langs[0] or not name.endswith(FOR_MACHINES)]
            found += [f"{reverse(name)}?{question}" for name in asked for question in QUESTIONS]
            searches = [f"search-{ending}" for ending in ENDINGS["search"]] if lang == langs[0] else []
            found += [f"{reverse(name)}?{question}" for name in ("search", "search-suggestions", *searches) for question in SEARCHES]
            entries = [reverse(name, kwargs=arguments) for name in ENTRIES for arguments in ARGUMENTS[name]()] if lang == langs[0] else []
            found += [f"{reverse('oembed')}?url=http://testserver{address}" for address in entries]
    return list(dict.fromkeys(found))


def parted(addresses, parts):
    """The addresses in so many parts of equal weight, for tests that run beside each other."""
    return [addresses[part::parts] for part in range(parts)]
