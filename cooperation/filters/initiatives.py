"""The list of initiatives: every way to narrow and to order it."""

from django.utils.translation import gettext_lazy as _

from cooperation.models import Initiative
from record.listing import DAY_ORDERS, DayFilter, Facet, Listing, ReferenceFacet
from record.models import Confirmation, Organisation, Place, Topic
from record.pair import country_name, pair


def countries():
    """The two states, by name."""
    return [(code, country_name(code)) for code in (pair().first, pair().second)]


class InitiativeListing(Listing):
    """Initiatives by kind, status, topic, place, country, builder, confirmation and date."""

    kind = Facet(choices=Initiative.Kind.choices, label=_("Kind"))
    status = Facet(choices=Initiative.Status.choices, label=_("Status"))
    topic = ReferenceFacet(field_name="topics", model=Topic, many=True, label=_("Topic"))
    place = ReferenceFacet(model=Place, label=_("Place"))
    country = Facet(field_name="stands_in", choices=countries, label=_("Stands in"))
    built_by = Facet(choices=countries, label=_("Built or run by"))
    organisation = ReferenceFacet(field_name="partners__organisation", model=Organisation, many=True, label=_("Partner"))
    confirmed = Facet(field_name="confirmation", choices=Confirmation.choices[:3], label=_("Confirmed"))
    after = DayFilter(field_name="date_to", lookup_expr="gte", label=_("From"))
    before = DayFilter(field_name="date_from", lookup_expr="lte", label=_("Until"))

    ORDERS = {
        "newest": (_("newest first"), lambda queryset: queryset.newest_first()),
        "oldest": (_("oldest first"), lambda queryset: queryset.oldest_first()),
    }
    FOLLOWED_ORDERS = DAY_ORDERS

    class Meta:
        model = Initiative
        fields = []
