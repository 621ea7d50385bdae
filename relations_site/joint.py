"""One question put to the lists of all kinds at once: the base of the timeline and of the map.

Each kind answers by its own list, narrowed by the filters that all of them share; nothing is defined here a second time.
"""

from collections import OrderedDict

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cooperation.filters import AgreementListing, InitiativeListing
from events.filters import EventListing
from events.models import Event
from record import kinds
from record.counting import Tally
from record.inverted.answer import Answer
from record.listing import DayFilter, Facet, Listing, ReferenceFacet
from record.models import Confirmation, Organisation, Person, Place, Topic

REFERENCES = ("topic", "place", "person", "organisation")
COUNTED = (*REFERENCES, "confirmed")
SHARED = ("q", *REFERENCES, "confirmed", "after", "before")
# What `where` says for the entries whose place no source names.
PLACE_UNKNOWN = "unknown"


def path_to_place(kind):
    """The lookup by which an entry of a kind leads to its places: the one that its list is filtered by."""
    return kind.involving["place"][0]


def place_of(model):
    """Where an index of the kind finds the places."""
    return PARTS[model.LETTER].base_filters["place"].column(model)


def without_place(queryset):
    """The entries of a kind whose place is not on record."""
    placed = {f"{path_to_place(kinds.by_letter(queryset.model.LETTER))}__isnull": False}
    return queryset.exclude(pk__in=queryset.model._base_manager.filter(**placed).order_by().values("pk"))


class WhereFilter(django_filters.ChoiceFilter):
    """The entries without a place, and nothing else."""

    def filter(self, queryset, value):
        return without_place(queryset) if value else queryset

    def marked(self, index, value):
        """What `filter()` keeps, as bits of an index."""
        return index.public().bits - index.with_any(place_of(index.model))


class PartFacet(ReferenceFacet):
    """A reference facet of one kind's list inside the joint one, which asks for its choices when it needs them."""

    def offered(self, queryset, only=None, leading=None):
        return []

    def leading_names(self, listing):
        """What the kind's own list offers here."""
        return super().offered(listing.whole, leading=listing.leading(self))


def part(listing, **own):
    """A kind's list with the shared filters alone; `own` are those filters that it has under another name, or has not."""
    filters = listing.declared_filters | own
    made = type(f"{listing.__name__}Part", (listing,), {})
    chosen = OrderedDict((name, filters[name]) for name in SHARED)
    for name in REFERENCES:
        facet = chosen[name]
        chosen[name] = PartFacet(field_name=facet.field_name or name, model=facet.reference, many=facet.many, label=facet.label)
    made.declared_filters = chosen
    made.base_filters = made.get_filters()
    return made


PARTS = {
    "E": part(EventListing),
    "A": part(AgreementListing, organisation=AgreementListing.declared_filters["party"]),
    "I": part(InitiativeListing, person=ReferenceFacet(field_name="partners__person", model=Person, many=True, label=_("Person"))),
}


class JointFacet(ReferenceFacet):
    """A facet over what the public entries of any kind lead to."""

    def offered(self, queryset, only=None, leading=None):
        if only is not None and not only:
            return []
        found = {}
        for own in self.parent.parts.values():
            found |= dict(own.filters[self.field_name].leading_names(own))
        return list(found.items())


def letters():
    """The kinds of entry by the letters of their numbers."""
    return [(kind.letter, kind.plural) for kind in kinds.all_kinds()]


class JointListing(Listing):
    """Entries of all kinds by kind, topic, place, person, organisation, confirmation and date.

    The question is read and its faults are named here; `narrowed()` answers with one queryset for each kind.
    """

    letter = Facet(choices=letters, label=_("Kind of entry"))
    topic = JointFacet(field_name="topic", model=Topic, label=_("Topic"))
    place = JointFacet(field_name="place", model=Place, label=_("Place"))
    person = JointFacet(field_name="person", model=Person, label=_("Person"))
    organisation = JointFacet(field_name="organisation", model=Organisation, label=_("Organisation"))
    confirmed = Facet(choices=Confirmation.choices[:3], label=_("Confirmed"))
    after = DayFilter(label=_("From"))
    before = DayFilter(label=_("Until"))
    where = WhereFilter(choices=[(PLACE_UNKNOWN, _("place not known"))], label=_("Place"))

    ORDERS = {"newest": (_("newest first"), None), "oldest": (_("oldest first"), None)}

    # Filters that are the same for all kinds, and that no kind's own list has.
    BESIDE = ("where",)

    class Meta:
        # A FilterSet must name a model. The rows come from the parts.
        model = Event
        fields = []

    def __init__(self, data=None, *, at=None, **kwargs):
        self.parts = {letter: listing(_shared(data), at=at) for letter, listing in PARTS.items()}
        super().__init__(data, at=at, **kwargs)
        for own in self.parts.values():
            for name in own.facets:
                own.form.fields[name].choices = self._offered[name]

    def narrowed(self, *, leaving_out=""):
        """{letter: the public entries of that kind that answer the question, but for one filter}."""
        return self._beside(self._of_each("narrowed", leaving_out), leaving_out)

    def marked(self, *, leaving_out=""):
        return self._beside(self._of_each("marked", leaving_out), leaving_out)

    def _beside(self, found, leaving_out):
        for name in self.BESIDE:
            found = self.narrowed_by(name, self._asked(name, leaving_out), found)
        return found

    def narrowed_by(self, name, value, found):
        """The rows of all kinds, in either form, narrowed by one filter that is the same for all."""
        own = self.filters[name]
        return {
            letter: rows.narrowed(own, value, self.parts[letter].found_by) if isinstance(rows, Answer) else own.filter(rows, value)
            for letter, rows in found.items()
        }

    def ask_beforehand(self):
        for own in self.parts.values():
            own.ask_beforehand()

    def _of_each(self, name, leaving_out):
        """What each kind answers, and nothing of the kinds that are not asked for."""
        asked = self._asked("letter", leaving_out)
        found = {letter: getattr(own, name)(leaving_out=leaving_out) for letter, own in self.parts.items()}
        return {letter: rows if self.is_answerable and (not asked or letter in asked) else rows.none() for letter, rows in found.items()}

    def _asked(self, name, leaving_out):
        return self.form.cleaned_data.get(name) if self.is_answerable and leaving_out != name else None

    @property
    def indexed(self):
        return [listing for own in self.parts.values() for listing in own.indexed]

    def tallied(self, narrowed):
        """(rows of one kind, what is counted of them); over the kinds it is added up."""
        chosen = [name for name in ("letter", *COUNTED) if self.form.cleaned_data.get(name)]
        free = [name for name in COUNTED if name not in chosen]
        parts = []
        for letter, rows in narrowed().items():
            own = [] if "letter" in chosen else [Tally("letter", value=letter)]
            parts.append((rows, [Tally(), *own, *self._tallies(letter, free)]))
        for name in chosen:
            for letter, rows in narrowed(leaving_out=name).items():
                parts.append((rows, [Tally("letter", value=letter)] if name == "letter" else self._tallies(letter, [name])))
        return parts

    def _tallies(self, letter, names):
        return [Tally(name, self.parts[letter].filters[name]) for name in names]

    def _chip_label(self, name, value):
        if name == "where" and name not in self.form.errors:
            return gettext("place not known")
        return super()._chip_label(name, value)


def _shared(data):
    """The parts of a question that every kind understands."""
    if data is None:
        return None
    asked = QueryDict(mutable=True)
    for name in SHARED:
        if name in data:
            asked.setlist(name, data.getlist(name))
    return asked
