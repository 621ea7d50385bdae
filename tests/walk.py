"""Every public address of the site, found in the URL configuration, so that no new one can be forgotten."""

from functools import partial
from itertools import cycle

from django.conf import settings
from django.core.signing import Signer
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import get_language

from cooperation.models import Agreement, AgreementText, Commitment, Initiative, QuotedFigure, TradeFigure
from cooperation.trade.catalogue import charts
from events.models import Event
from record.history.subjects import SHARED
from record.models import FormerAddress, FrozenSelection, Organisation, Person, Picture, Place, Series, Source, Topic
from relations_site.accounts import urls as accounts
from relations_site.api.resources import RESOURCES
from relations_site.bundle import releases
from relations_site.cards.content import PAGES
from relations_site.citations import FORMS
from relations_site.sitemaps import KINDS

LANGS = [code for code, _name in settings.LANGUAGES]
# Not for readers: the editors' desk with its accounts, what is there in debug only, and two that answer POST only: Django's own language
# form and browsers' reports.
NOT_PUBLIC = {"admin", "styleguide", "set_language", "csp-report", *(pattern.name for pattern in accounts.urlpatterns)}


# The forms in which each list leaves the site.
ENDINGS = dict.fromkeys(("sources", "search", "changes"), ("csv", "json", "atom"))
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


def _histories():
    """Of entries, and of what they share: a name that only drafts use is there too, among the newest."""
    shared = [
        (letter, model._base_manager.order_by("pk").values_list("pk", flat=True)) for letter, model in SHARED.items() if letter != "S"
    ]
    codes = [f"{letter}{key}" for letter, keys in shared for key in dict.fromkeys([*keys[:5], *keys.reverse()[:20]])]
    return [{"code": code} for code in [*_oldest_and_newest(), *codes]]


def _codes(model):
    return [{"code": figure.code} for figure in model._base_manager.all()]


def _keys(resource):
    """Number or slug of the first and the newest rows of a table, public or not: every row has its JSON at another address too."""
    rows = resource.model._base_manager.order_by("pk")
    shown = [*rows[:5], *rows.reverse()[:20]]
    return [{"key": row.slug if resource.columns.key == "slug" else row.code} for row in shown]


def _pictures():
    return [{"name": row.image.name.split("/")[-1].removesuffix(".webp")} for row in Picture.objects.all()]


def _documents():
    return [{"name": row.file.name.split("/")[-1].removesuffix(".pdf")} for row in AgreementText.objects.exclude(file="")]


def _selections():
    return [{"code": row.code} for row in FrozenSelection.objects.all()]


def _files():
    return [{"version": release.version, "name": name} for release in releases.all_releases() for name in release.about["files"]]


# So many addresses of one kind are all asked.
FEW = 40
NOBODYS = Signer(sep=".", salt="record.tokens").sign("A" * 22)


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
            "security-txt",
            "healthz",
            "readyz",
            "metrics",
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
            "changes",
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
    "entry-history": _histories,
    # By tokens that this site signed and gave to nobody; what those open that were given out is tested in test_previews.py.
    "preview-door": lambda: [{"token": NOBODYS}],
    "preview": lambda: [{"token": NOBODYS, "lang": lang} for lang in LANGS],
    "confirm": lambda: [{"token": NOBODYS}],
    "confirm-thanks": lambda: [{"lang": lang} for lang in LANGS],
    "agreement-file": _documents,
    "picture": lambda: [own | {"form": form} for own in _pictures() for form in ("webp", "jpg")],
    "picture-rendition": lambda: [
        own | {"width": width, "form": form} for own in _pictures() for width in (10, 480) for form in ("webp", "avif")
    ],
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
    "changes",
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


def addresses(langs=LANGS, every=1):
    """Every public address in its languages; each list also with some questions. What programs read, in the first of them.

    `every`: of addresses that differ by their entry alone, one in so many where there are more than a few.
    """
    found = []
    for lang in langs:
        with translation.override(lang):
            for name in sorted(names()):
                if lang == langs[0] or not name.endswith(FOR_MACHINES):
                    found += [reverse(name, kwargs=arguments) for arguments in _some(ARGUMENTS[name](), every)]
            asked = [name for name in LISTS if lang == langs[0] or not name.endswith(FOR_MACHINES)]
            found += [f"{reverse(name)}?{question}" for name in asked for question in QUESTIONS]
            searches = [f"search-{ending}" for ending in ENDINGS["search"]] if lang == langs[0] else []
            found += [f"{reverse(name)}?{question}" for name in ("search", "search-suggestions", *searches) for question in SEARCHES]
            entries = (
                [reverse(name, kwargs=arguments) for name in ENTRIES for arguments in _some(ARGUMENTS[name](), every)]
                if lang == langs[0]
                else []
            )
            found += [f"{reverse('oembed')}?url=http://testserver{address}" for address in entries]
            # As they stand at the end of today: read from old versions, and not from the present rows.
            found += [f"{address}?on={localdate()}" for address in entries[-25:]]
    return list(dict.fromkeys(found))


def _some(rows, every):
    return rows[::every] if len(rows) > FEW else rows


def _language(address):
    """The language that an address stands under; none if it stands under none."""
    return address[1:3] if address[1:3] in LANGS and address[3:4] == "/" else ""


def in_one_language(addresses):
    """Those without a language, and each of the others in one of its languages, taking turns."""
    said = {}
    for address in addresses:
        said.setdefault(address[3:] if _language(address) else address, []).append(address)
    return [found[number % len(found)] for number, found in enumerate(said.values())]


def in_two_languages(addresses):
    """Those without a language or in the first one, and each of the others in one further language, taking turns."""
    first = LANGS[0]
    own = [address for address in addresses if _language(address) in ("", first)]
    return own + in_one_language([address for address in addresses if _language(address) not in ("", first)])


def parted(addresses, parts):
    """The addresses in so many parts of equal weight, for tests that run beside each other."""
    return [addresses[part::parts] for part in range(parts)]
