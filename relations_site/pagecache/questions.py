"""What a question means: of two that differ by words that no page understands, such as those that social networks add, one is kept."""

from contextlib import nullcontext
from functools import cache, lru_cache
from urllib.parse import unquote_plus

from django.urls import Resolver404, get_resolver, resolve
from django.utils import translation

from relations_site.languages import is_for_machines
from relations_site.limits import LONGEST_QUESTION

# What pages, frames and files under a language and by number look at beside the questions of the lists.
BESIDE = frozenset({"format", "lang", "on", "part", "preview"})
# Pages without a list that look at no question, those that look at the day alone, and those that ask of trade.
NOTHING = frozenset(
    {"home", "about", "codebook", "api-docs", "data", "card", "source", "trade-quotation", "trade-statistic", "sitemap", "sitemap-section",
     "robots", "topics", "topic", "people", "person", "organisations", "organisation", "places", "place", "series-index", "series"}
)  # fmt: skip
THE_DAY = frozenset({"event", "agreement", "initiative", "commitment", "permanent-json"})
OF_TRADE = frozenset({"trade", "trade-mirror", "trade-parts", "trade-goods", "trade-claims", "trade-contradictions"})


@cache
def understood():
    """The names that may change an answer: the fields of every list, and what single pages look at."""
    from cooperation.views.lives import CalendarQuestion

    found = {*BESIDE, *CalendarQuestion.base_fields}
    return frozenset(found.union(*({*listing.base_filters, *listing.question_fields()} for listing in listings())))


def listings():
    """Every list of the site; all are known once its addresses are."""
    from record.listing import Listing

    get_resolver().url_patterns  # noqa: B018
    found, more = [], Listing.__subclasses__()
    while more:
        found.append(more.pop())
        more += found[-1].__subclasses__()
    return found


@lru_cache(maxsize=1000)
def names_at(path):
    """The names that may change the answer at an address: those of its page where they are known, else all."""
    with nullcontext() if is_for_machines(path) else translation.override(path[1:3]):
        try:
            return _looked_at(resolve(path))
        except Resolver404:
            return understood()


def _looked_at(match):
    if match.url_name in NOTHING:
        return frozenset()
    if match.url_name in THE_DAY:
        return frozenset({"on"})
    if match.url_name in OF_TRADE:
        from cooperation.trade.question import KNOWN

        return frozenset(KNOWN)
    asked = getattr(match.func, "view_initkwargs", {}).get("outlets") or getattr(match.func, "view_class", None)
    listing = getattr(asked, "listing", None)
    return frozenset({*listing.base_filters, *listing.question_fields()}) if listing else understood()


def plain(query, names):
    """The question without the parts that carry none of these names; the others in their order, as they were written."""
    if len(query) > LONGEST_QUESTION:
        # For those who refuse it.
        return query
    return "&".join(part for part in query.split("&") if _name(part) in names)


def _name(part):
    name = part.partition("=")[0]
    return unquote_plus(name) if "%" in name or "+" in name else name
