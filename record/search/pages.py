"""The page of the search, and what it suggests while somebody types."""

from babel import Locale
from django.http import JsonResponse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from record import dates, search
from record.columns import LANGS
from record.feeds import SEARCH
from record.models import SearchEntry
from record.pair import pair
from record.search import documents, hits
from record.search.listing import SearchListing
from record.views import ListPage

MOST_SUGGESTED = 8
LONGEST = 200


class SearchPage(ListPage):
    """One search over everything that readers may see."""

    listing = SearchListing
    outlets = SEARCH
    template_name = "record/search.html"

    def extra(self, listing, page):
        spellings = [(lang, Locale.parse(lang).territories.get(pair().first.upper(), "")) for lang in LANGS]
        asked = listing.is_answerable and not listing.question.is_empty
        return {"asked": asked, "spellings": spellings} | ({} if asked else {"outlets": []})


@require_safe
def suggestions(request):
    """Rows with all words so far in their titles, the last word unfinished; nothing for what is too long or no question."""
    said = request.GET.get("q", "").replace("\0", "")
    question = search.ask(said if len(said) <= LONGEST else "")
    rows = question.titled(SearchEntry.objects.public()).values_list("kind", "object_id")
    found = hits.rows_of(places := list(rows[:MOST_SUGGESTED]))
    named = [(documents.by_name(place[0]), found.get(place)) for place in places]
    return JsonResponse({"suggestions": [_suggestion(document, row) for document, row in named if row is not None]})


def _suggestion(document, row):
    name = hits.title_of(document, row)
    date = dates.spoken(getattr(row, document.date)) if document.date else ""
    kind = " · ".join(part for part in (capfirst(str(document.label)), date) if part)
    return {"title": name.words, "lang": name.lang, "kind": kind, "address": document.page(row)}
