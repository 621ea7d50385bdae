"""The one base for lists: how a list narrows, counts and orders. Pages, counts and outlets all start from it.

A list is a FilterSet over `public().for_list()`. A question that is malformed names its fault and finds nothing.
"""

from array import array
from contextlib import contextmanager

import django_filters
from django import forms
from django.core.validators import EMPTY_VALUES
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from record import counting, inverted, kept, questions
from record.counting import Tally
from record.facets import Choice, ConsistentQuestion, DayField, DayFilter, Facet, ReferenceFacet, ShownFacet
from record.folding import fold
from record.spoken import Spoken

LAST_PAGE = 100_000
SHOWN_CHOICES = 8
# So many keys of a long list are read at once, beyond the first as many.
STRETCH = 3_000
# More values of one facet than this are asked by no reader; a database has a bound for them.
MOST_ASKED = 200
# Entries by their days, as `newest_first` and `oldest_first` order them.
DAY_ORDERS = {"newest": (("sort_day", True), ("number", True)), "oldest": (("date_from", False), ("number", False))}
__all__ = ["ConsistentQuestion", "DayField", "DayFilter", "Facet", "Listing", "ReferenceFacet"]


class Listing(Spoken, django_filters.FilterSet):
    """Base of every list: search words, facets, dates and order, over what is public."""

    q = django_filters.CharFilter(method="search", max_length=200, label=_("Search"))

    # Name of each order a reader may ask for, the first one being the default.
    ORDERS = {}
    # {name of an order: ((field, whether the highest come first), …)} of those that an index of the kind can follow, what has none last.
    FOLLOWED_ORDERS = {}
    # Rules that the reader can turn: {name: (label, choices)}, the first choice holding where nothing is asked.
    SWITCHES = {}

    def __init__(self, data=None, *, at=None, offering=True, **kwargs):
        """`offering`: with every choice of every facet; without, a question is checked and nothing is offered beside it."""
        self.at = at
        self._offered, self._marked, self._found_by = {}, {}, {}
        super().__init__(questions.asked(data), **kwargs)
        for name, facet in self.facets.items():
            asked = None if offering else self.data.getlist(name)[:MOST_ASKED] if self.data else []
            self._offered[name] = self._offer(name, facet, asked)
            self.form.fields[name].choices = self._offered[name]

    @cached_property
    def whole(self):
        """The whole public list, of the moment that is looked at; not put together where bits answer."""
        return self.everything(self.at)

    def everything(self, at):
        """The whole public list."""
        return self.Meta.model.objects.public(at)

    def looked_at(self):
        """Every public row of the kind as this list looks at it, whether it belongs to the list or not."""
        return self.Meta.model.objects.public()

    def rows(self):
        """Everything that answers the question, with what a row shows."""
        return self.as_rows(self.narrowed())

    def as_rows(self, queryset):
        """With everything that a row shows; a page that draws its rows otherwise says so here."""
        return queryset.for_list()

    def _offer(self, name, facet, asked):
        """The choices of a facet, of which the whole public list decides, whatever is asked."""
        if asked is not None or self.at is not None:
            return facet.offered(self.whole, asked)
        leading = kept.part(lambda: self.leading(facet), "leading", type(self), name)
        return kept.part(
            lambda: facet.offered(self.whole, leading=leading), "choices", type(self), name, leading, lasting=leading is not None
        )

    def leading(self, facet):
        """The keys of the reference rows that the whole public list leads to; None where only the database can tell."""
        with inverted.following([type(self)] if facet.reference and self.at is None else []) as follows:
            return tuple(sorted(inverted.public(self.Meta.model).tally(facet.column(self.Meta.model)))) if follows else None

    @cached_property
    def facets(self):
        return {name: f for name, f in self.filters.items() if isinstance(f, Facet)}

    @classmethod
    def question_fields(cls):
        """What a question holds beside its filters: the order, the page, the switches of this list."""
        orders = [(key, label) for key, (label, _order) in cls.ORDERS.items()]
        fields = {
            "sort": forms.ChoiceField(label=_("Order"), choices=orders, required=False),
            "page": forms.IntegerField(label=_("Page"), min_value=1, max_value=LAST_PAGE, required=False),
        }
        switches = {name: forms.ChoiceField(label=label, choices=rows, required=False) for name, (label, rows) in cls.SWITCHES.items()}
        return fields | switches

    # The class of the form, made for the first question that a list is asked.
    _form_class = None

    def get_form_class(self):
        own = vars(type(self)).get("_form_class")
        if own is None:
            own = type(self)._form_class = type("Question", (ConsistentQuestion, super().get_form_class()), self.question_fields())
            for name in self.facets:
                # Every question is given its own; those that stand here would be copied for it.
                own.base_fields[name].choices = ()
        return own

    def search(self, queryset, name, value):
        """All words of the question, in any language's title or summary, or the entry's own number."""
        words = [word for word in fold(value.replace('"', " ")).split() if any(map(str.isalnum, word))]
        if not words:
            return queryset.none()
        found = Q()
        for word in words:
            found &= Q(folded__contains=word)
        letter = self.Meta.model.LETTER
        if letter and len(words) == 1 and words[0][:1].upper() == letter and words[0][1:].isdecimal():
            found |= Q(number=min(int(words[0][1:10] or 0), 2**31 - 1))
        return queryset.filter(found)

    @cached_property
    def is_answerable(self):
        """Whether the question is well formed; the form carries what is wrong with it."""
        return self.form.is_valid()

    def base(self):
        """The public list before it is narrowed; a kind may look at it as of a day."""
        return self.whole

    def narrowed(self, *, leaving_out=""):
        """The public list narrowed by every filter but one."""
        if not self.is_answerable:
            return self.whole.none()
        queryset = self.base()
        for own, value in self._narrowing(leaving_out):
            queryset = own.filter(queryset, value)
        return queryset

    def marked(self, *, leaving_out=""):
        """The same as bits, where an index holds them: see `record.inverted`."""
        if leaving_out not in self._marked:
            answer = inverted.public(self.Meta.model)
            for own, value in self._narrowing(leaving_out) if self.is_answerable else []:
                answer = answer.narrowed(own, value, self.found_by)
            self._marked[leaving_out] = answer if self.is_answerable else answer.none()
        return self._marked[leaving_out]

    def found_by(self, own, value):
        """What one filter finds in the whole list, as bits that the database was asked for, once."""
        if own not in self._found_by:
            self._found_by[own] = BitMap(own.filter(self.base(), value).order_by().values_list("pk", flat=True))
        return self._found_by[own]

    def ask_beforehand(self):
        """Ask for what has no bits: it may take long, and within `answering` others wait."""
        for own, value in self._narrowing("") if self.is_answerable else []:
            if value not in EMPTY_VALUES and not hasattr(own, "marked"):
                self.found_by(own, value)

    @contextmanager
    def answering(self):
        """The way to what answers: `marked` where the bits stand at what is committed, which they do within, `narrowed` elsewhere."""
        if inverted.may_follow(self.indexed):
            self.ask_beforehand()
        with inverted.following(self.indexed) as follows:
            yield self.marked if follows else self.narrowed

    def _narrowing(self, leaving_out):
        """(filter, what it is asked) of every filter but one."""
        return [
            (self.filters[name], value) for name, value in self.form.cleaned_data.items() if name in self.filters and name != leaving_out
        ]

    @property
    def indexed(self):
        """The lists whose indexes count for this one; none where it looks at another day or moment."""
        return [] if self.at is not None else [type(self)]

    def ordered(self):
        """Everything that answers the question, as rows, in the order asked for."""
        return self.in_order(self.rows())

    def between(self, start, stop):
        """The rows from one place of the order to another: their keys first, which an index holds, then the long rows of those alone."""
        return self.rows_of(self.keys_between(start, stop))

    def rows_of(self, keys):
        """The rows of these keys, in their order, as far as the list still shows them."""
        rows = {row.pk: row for row in self.as_rows(self.base().filter(pk__in=keys).order_by())} if keys else {}
        return [rows[key] for key in keys if key in rows]

    def keys_between(self, start, stop):
        """The keys from one place of the order to another.

        What stands beyond the middle is counted from the end: the last page is no further than the first.
        """
        if (found := self.marked_between(start, stop)) is not None:
            return found
        keys, rest = self.in_order(self.narrowed()), self.total - stop
        if rest < start and keys.query.order_by:
            return self._stretch(keys.reverse(), "from the end", max(rest, 0), max(self.total - start, 0))[::-1]
        return self._stretch(keys, "", start, stop)

    def marked_between(self, start, stop):
        """The same from bits; None where only the database can tell."""
        if order := self.FOLLOWED_ORDERS.get(self.order):
            with self.answering() as narrowed:
                return self.placed(narrowed(), start, stop, order) if narrowed == self.marked else None
        return None

    def placed(self, answer, start, stop, order):
        """The keys of an answer in bits from one place of an order to another."""
        return answer.between(start, stop, order)

    def _stretch(self, keys, whence, start, stop):
        """The keys from one place to another; far into the whole list out of a longer stretch, which is kept until the next commit: what lies
        before it is passed over once, and not for each of its pages. Pages of one size share it."""
        keys = keys.values_list("pk", flat=True)
        if start < STRETCH or self.at is not None or self.asked_of_rows or not kept.is_open():
            return list(keys[start:stop])
        first = start - start % STRETCH
        last, own = first + STRETCH + stop - start, ("keys", type(self), self.order, whence)
        found = kept.part(lambda: array("q", keys[first:last]), *own, first, last)
        return list(found[start - first : stop - first])

    @property
    def looks(self):
        """What the look of a row goes by, besides the row: the same row may say something else in another list."""
        return (type(self),)

    def in_order(self, queryset):
        """In the order asked for, or in the list's own."""
        _label, order = self.ORDERS[self.order]
        return order(queryset)

    @property
    def order(self):
        """The name of the order asked for, or of the list's own."""
        return (self.form.cleaned_data.get("sort") if self.is_answerable else "") or next(iter(self.ORDERS))

    @cached_property
    def counts(self):
        """{(facet, value): number} and {("", ""): total}, in one statement."""
        if not self.is_answerable:
            return {("", ""): 0}
        if self.at is None and not self.asked_of_rows:
            return kept.part(self._counted, "counts", type(self))
        return self._counted()

    def _counted(self):
        with self.answering() as narrowed:
            return counting.counts(self.tallied(narrowed))

    @property
    def asked_of_rows(self):
        """The parts of the question that narrow the list or turn its rule."""
        return set(self.data or ()) & set(self.form.fields) - {"sort", "page"}

    def tallied(self, narrowed):
        """(rows, what is counted of them): everything once, but for the facets of which something is chosen.

        `narrowed` gives the rows: the method of that name, or `marked`.
        """
        chosen = [name for name in self.facets if self.form.cleaned_data.get(name)]
        free = [Tally(name, facet) for name, facet in self.facets.items() if name not in chosen]
        return [(narrowed(), [Tally(), *free])] + [(narrowed(leaving_out=name), [Tally(name, self.facets[name])]) for name in chosen]

    @property
    def total(self):
        return self.counts.get(("", ""), 0)

    def shown_facets(self):
        """The facets for the page, the fullest choices of a reference table first."""
        return [self._shown(name, facet) for name, facet in self.facets.items()]

    def _shown(self, name, facet):
        chosen = set(self.data.getlist(name)) if self.data else set()
        choices = [
            Choice(str(value), label, self.counts.get((name, str(value)), 0) if self.is_answerable else None, str(value) in chosen)
            for value, label in self._offered[name]
        ]
        if isinstance(facet, ReferenceFacet):
            choices = sorted((c for c in choices if not c.leads_nowhere), key=lambda c: (not c.chosen, -(c.count or 0), c.label))
        first, more = choices[:SHOWN_CHOICES], choices[SHOWN_CHOICES:]
        return ShownFacet(name, facet.label, first, more, any(choice.chosen for choice in more))

    def shown_switches(self):
        """(name, label, choices, chosen) of every switch."""
        asked = self.data or {}
        return [(name, label, rows, asked.get(name) or rows[0][0]) for name, (label, rows) in self.SWITCHES.items()]
