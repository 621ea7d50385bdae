"""The lists of sources and of the disagreements between them."""

from django.db.models import F, Prefetch
from django.utils.translation import gettext_lazy as _

from record import kinds
from record.listing import DayFilter, Facet, Listing
from record.models import Confirmation, Disagreement, Source, Statement
from record.pair import Side, side_name


def sides():
    """Sides by the countries' own names."""
    return [(side.value, side_name(side)) for side in Side]


class SourceListing(Listing):
    """Sources that something public rests on, by side, kind, language and day."""

    side = Facet(choices=sides, label=_("Side"))
    kind = Facet(choices=Source.Kind.choices, label=_("Kind"))
    after = DayFilter(field_name="published_to", lookup_expr="gte", label=_("From"))
    before = DayFilter(field_name="published_from", lookup_expr="lte", label=_("Until"))

    ORDERS = {
        "newest": (_("newest first"), lambda queryset: queryset.order_by(F("published_from").desc(nulls_last=True), "-number")),
        "oldest": (_("oldest first"), lambda queryset: queryset.order_by(F("published_from").asc(nulls_last=True), "number")),
        "publisher": (
            _("by publisher"),
            lambda queryset: queryset.order_by("publisher", F("published_from").desc(nulls_last=True), "-number"),
        ),
    }

    class Meta:
        model = Source
        fields = []


class DisagreementListing(Listing):
    """Disagreements that something public carries, by what is disputed and by who says one of the values."""

    q = None
    statement = Facet(choices=Statement.choices, label=_("What is disputed"))
    confirmed = Facet(field_name="values__confirmation", choices=Confirmation.choices[:3], many=True, label=_("A value confirmed"))

    ORDERS = {"key": (_("by name"), lambda queryset: queryset.order_by("slug"))}

    class Meta:
        model = Disagreement
        fields = []

    def as_rows(self, queryset):
        """Each with its values, and with the public entries of every kind that carry it."""
        rows = super().as_rows(queryset).prefetch_related("values__sources")
        carriers = [
            Prefetch(_related(kind), kind.model.objects.public().without_texts(), to_attr=f"carried_{kind.letter}")
            for kind in kinds.all_kinds()
        ]
        return rows.prefetch_related(*carriers)


def _related(kind):
    return f"{kind.model._meta.model_name}s"
