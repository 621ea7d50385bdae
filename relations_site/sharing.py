"""How a page names itself to machines: its one address in each language, without what its question does not need."""

from dataclasses import dataclass

from babel.core import get_global
from django.conf import settings
from django.http import QueryDict

from record import questions
from relations_site.context import path_in


@dataclass(frozen=True)
class Canonical:
    """The page's own address, and (language, address) of its sisters; readers of any other language are led by `default`."""

    address: str
    sisters: list
    default: str


def canonical(context):
    """The canonical addresses of the page of a template's context; None for a page that is none: an error, an empty page number."""
    request, listing, page = context["request"], context.get("listing"), context.get("page")
    if context.get("as_of"):
        return None
    if listing is not None and not (listing.is_answerable and getattr(page, "exists", True)):
        return None
    query = question_of(listing, getattr(page, "number", 1)) if listing is not None else ""
    origin, lang = context["origin"], context["language"]
    sisters = [(code, f"{origin}{path_in(request, code)}{query}") for code, _name in settings.LANGUAGES]
    return Canonical(dict(sisters)[lang], sisters, f"{origin}{without_language(request.path)}{query}")


def question_of(listing, number):
    """The question of a list as a query string, always in one order; its own order, unasked, is not named."""
    asked = QueryDict(questions.address("", listing).removeprefix("?"), mutable=True)
    if asked.get("sort") == next(iter(listing.ORDERS), None):
        del asked["sort"]
    if number > 1:
        asked["page"] = number
    said = QueryDict(mutable=True)
    for name in sorted(asked):
        said.setlist(name, sorted(asked.getlist(name)))
    return f"?{said.urlencode()}" if said else ""


def without_language(path):
    """The address that leads each reader to the page in a language of theirs."""
    return "/" + path[1:].partition("/")[2]


def locale(lang):
    """A language with its most likely country, as Open Graph names it: uz_UZ."""
    parts = get_global("likely_subtags").get(lang, lang).split("_")
    return f"{lang}_{parts[-1]}" if len(parts) > 1 else lang
