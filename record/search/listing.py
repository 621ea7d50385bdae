"""The search as a list: what was asked, kinds with counts, days, order. Page and outlets begin here, as with every list."""

from contextlib import nullcontext

import django_filters
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from record import answers, inverted, search
from record.listing import DayFilter, Facet, Listing
from record.models import SearchEntry
from record.search import documents, hits, nearest, signposts, turned
from record.search.standing import Standing

# Rows of a page, that of an outlet being the longest; and so many more, of which a commit may take some away before they are shown.
LONGEST_PAGE, SPARE = 100, 100


def kinds_of_rows():
    """The kinds of what can be found, by the words of their addresses."""
    return [(document.name, capfirst(document.plural)) for document in documents.all_documents()]


class SearchListing(Listing):
    """Everything that readers may see, by words, kind and day. Without words it finds nothing."""

    q = django_filters.CharFilter(method="search", max_length=200, label=_("Search"))
    kind = Facet(choices=kinds_of_rows, label=_("Kind"))
    after = DayFilter(field_name="last", lookup_expr="gte", label=_("From"))
    before = DayFilter(field_name="first", lookup_expr="lte", label=_("Until"))

    ORDERS = {
        "relevance": (_("most fitting first"), None),
        "newest": (_("newest first"), lambda queryset: queryset.order_by("-day", documents.place_of_kind(), "-number", "object_id")),
        "oldest": (_("oldest first"), lambda queryset: queryset.order_by("day", documents.place_of_kind(), "number", "object_id")),
    }
    FOLLOWED_ORDERS = {"relevance": turned.ORDER, "newest": turned.ORDER, "oldest": turned.OLDEST}
    SWITCHES = {"match": (_("Words"), [("all", _("all of them")), ("any", _("any of them"))])}

    class Meta:
        model = SearchEntry
        fields = []

    @cached_property
    def question(self):
        """What is asked, read."""
        asked = self.form.cleaned_data if self.is_answerable else {}
        return search.ask(asked.get("q") or "", any_of=asked.get("match") == "any")

    @property
    def words(self):
        """The question as it was typed; the search box shows it again."""
        return (self.data or {}).get("q", "")

    @property
    def signposts(self):
        """The lists that answer what is asked in the record's own words."""
        return signposts.found(self.words) if self.is_answerable else []

    def search(self, queryset, name, value):
        return self.question.found(queryset)

    @cached_property
    def standing(self):
        """What the engine finds for the question, as sets."""
        return Standing(self.question)

    def found_by(self, own, value):
        """Of all filters the words alone have no bits."""
        return self.standing.found

    def ask_beforehand(self):
        """The keys of all rows that answer are no part of what a page rests on: that no row of the index was touched tells the same."""
        if self.question.is_empty:
            return
        with inverted.following(self.indexed) as follows:
            pass
        # What names readers see, and which words are such names.
        turned.led_to(), self.question.groups  # noqa: B018
        with answers.unheard() if follows else nullcontext():
            super().ask_beforehand()
            if self.is_ranked and not self.ends_within_titles:
                self.standing.with_summary  # noqa: B018

    @cached_property
    def ends_within_titles(self):
        """Whether all that is shown answers by its title: what stands behind them need not be asked for."""
        _first, in_title, _ways = self.standing.sets
        with inverted.following(self.indexed) as follows:
            found = len(self.marked().bits & in_title) if follows else 0
        # It is counted again where the page is made: somebody may commit meanwhile.
        self._marked.clear()
        return found >= (self.form.cleaned_data.get("page") or 1) * LONGEST_PAGE + SPARE

    @property
    def is_ranked(self):
        """Whether what fits most comes first."""
        return self.is_answerable and self.order == "relevance"

    @property
    def indexed(self):
        """With any of the words the number of them that a row has decides: that is counted by the engine."""
        return [] if self.question.any_of else super().indexed

    def narrowed(self, *, leaving_out=""):
        if self.is_answerable and self.question.is_empty:
            return self.whole.none()
        return super().narrowed(leaving_out=leaving_out)

    def marked(self, *, leaving_out=""):
        return super().marked(leaving_out=leaving_out) if not self.question.is_empty else inverted.index_of(type(self)).nothing()

    def as_rows(self, queryset):
        return queryset

    def in_order(self, queryset):
        key = self.form.cleaned_data.get("sort") if self.is_answerable else ""
        if key in ("newest", "oldest"):
            return super().in_order(queryset)
        return self.question.ranked(queryset)

    def ordered(self):
        """The hits, to be sliced."""
        return _Hits(self)

    def between(self, start, stop):
        return self.ordered()[start:stop]

    def places_between(self, start, stop):
        """(kind, key) of what stands from one place of the order to another."""
        if self.question.is_empty:
            return []
        keys = self.marked_between(start, stop)
        if keys is not None:
            rows = {key: place for key, *place in SearchEntry.objects.filter(pk__among=keys).values_list("pk", "kind", "object_id")}
            return [tuple(rows[key]) for key in keys if key in rows]
        return list(self.in_order(self.narrowed()).values_list("kind", "object_id")[start:stop])

    def placed(self, answer, start, stop, order):
        # What nothing answers, a question without a word among it, the engine is not asked for.
        if self.is_ranked and len(answer):
            return self.standing.between(answer, start, stop, order)
        return super().placed(answer, start, stop, order)

    def tabs(self):
        """(value, label, count, whether it is chosen) of every kind in which something answers."""
        (facet,) = self.shown_facets()
        return [choice for choice in (*facet.first, *facet.more) if not choice.leads_nowhere]

    @cached_property
    def chips(self):
        """Without the words, which stand in the box."""
        without = self._without("q", self.words) if self.data else ""
        return [(label, rest) for label, rest in super().chips if rest != without]

    @cached_property
    def all_kinds_total(self):
        """How many rows of any kind answer."""
        return sum(number for (name, _value), number in self.counts.items() if name == "kind")

    @cached_property
    def nearest(self):
        """The question that was perhaps meant, where nothing answers; '' if none comes near."""
        return nearest.question(self.question) if self.is_answerable and not self.all_kinds_total else ""


class _Hits:
    """Index rows as hits, read by slices."""

    def __init__(self, listing):
        self.listing = listing

    def __getitem__(self, wanted):
        # Their texts stay where they are: what is shown is read from the rows themselves.
        return hits.hits(self.listing.places_between(wanted.start or 0, wanted.stop), self.listing.question)
