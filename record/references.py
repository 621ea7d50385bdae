"""The reference tables as lists and as columns: topics, people, organisations, places and series that public entries lead to."""

from django.utils.translation import gettext_lazy as _

from record import kinds
from record.columns import TRANSLATED, Column, Columns, Several, in_every_language, last_version
from record.listing import Listing
from record.models import Organisation, Person, Place, Series, Source, Topic


class ReferenceListing(Listing):
    """Base of the lists of reference rows: those that some public entry leads to, as on their index pages."""

    q = None
    ORDERS = {"key": (_("by name"), lambda queryset: queryset.order_by("slug"))}

    def everything(self, at):
        return kinds.seen_by_readers(self.Meta.model.objects.all(), at)


def listing_of(model):
    """The list of one reference table."""
    meta = type("Meta", (), {"model": model, "fields": []})
    return type(f"{model.__name__}Listing", (ReferenceListing,), {"Meta": meta, "__doc__": f"{model.__doc__}"})


def lines(text):
    """A stored text of one name a line as a list."""
    return [line.strip() for line in text.splitlines() if line.strip()]


NAMES = in_every_language("name", "description")
SPELLINGS = Column("other_spellings", said=lines)


def _columns(model, *own):
    named = [Column("slug"), *NAMES, SPELLINGS, *own, *TRANSLATED, Column("version")]
    return Columns(model, named, changed=last_version(model), title="name", summary="description", date="", kind="", is_permanent=False)


TOPIC = _columns(Topic)
PERSON = _columns(Person, Column("country"))
ORGANISATION = _columns(Organisation, Column("kind"), *in_every_language("acronym"), Column("country"), Column("scope"))
PLACE = _columns(
    Place,
    Column("kind"),
    Column("country"),
    Several("part_of", "part_of", of=Place, single=True),
    Column("latitude"),
    Column("longitude"),
    Column("coordinates_precision"),
)
SERIES = _columns(
    Series,
    Several("organisation", "organisation", of=Organisation, single=True),
    Column("meets_every"),
    Several("meets_every_source", "meets_every_source", of=Source, single=True),
)
