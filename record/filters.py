"""The list of sources."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from record.listing import DayFilter, Facet, Listing
from record.models import Source
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
        "oldest": (_("oldest first"), lambda queryset: queryset.filter(published_from__isnull=False).order_by("published_from", "number")),
        "publisher": (_("by publisher"), lambda queryset: queryset.order_by("publisher", F("published_from").desc(nulls_last=True))),
    }

    class Meta:
        model = Source
        fields = []
