"""Every public address of the site, found in the URL configuration, so that no new one can be forgotten."""

from itertools import cycle

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation
from django.utils.translation import get_language

from cooperation.models import Agreement, Commitment, Initiative, QuotedFigure, TradeFigure
from cooperation.trade.catalogue import charts
from events.models import Event
from record.models import FormerAddress, Organisation, Person, Picture, Place, Series, Source, Topic
from relations_site.cards.content import PAGES
from relations_site.citations import FORMS
from relations_site.sitemaps import KINDS

LANGS = [code for code, _name in settings.LANGUAGES]
# Not for readers: the editors' desk, and Django's own language form, which answers POST only.
NOT_PUBLIC = {"admin", "set_language"}


# The forms in which each list leaves the site.
ENDINGS = dict.fromkeys(("agreements", "initiatives", "sources", "commitments"), ("csv", "json", "atom"))
ENDINGS["events"] = ("csv", "json", "atom", "ics")


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


def _charts():
    return [{"name": name} for name in charts()]


# For each name, with which arguments it is asked: for rows that readers may see and for those that they may not.
ARGUMENTS = {
    **{
        name: lambda: [{}]
        for name in ("front-door", "sitemap", "robots", "healthz", "home", "about", "trade", "timeline", "sources", "disagreements")
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
    "permanent-citation": _citations,
    "picture": lambda: [{"name": row.image.name.split("/")[-1].removesuffix(".webp")} for row in Picture.objects.all()],
}
# The data outlets of the lists: every one is asked, with questions too.
OUTLETS = tuple(f"{name}-{ending}" for name, endings in ENDINGS.items() for ending in endings)
ARGUMENTS |= {name: lambda: [{}] for name in OUTLETS}
# Questions that are put to every list besides the bare one.
LISTS = (
    *OUTLETS,
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
)
QUESTIONS = ("sort=oldest", "page=2", "after=2022&before=2023")


def addresses(langs=LANGS):
    """Every public address, in every language where it has one; each list also with some questions."""
    found = []
    for lang in langs:
        with translation.override(lang):
            for name in sorted(names()):
                found += [reverse(name, kwargs=arguments) for arguments in ARGUMENTS[name]()]
            found += [f"{reverse(name)}?{question}" for name in LISTS for question in QUESTIONS]
    return list(dict.fromkeys(found))
