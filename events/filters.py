"""The list of events: every way to narrow and to order it."""

from django.utils.translation import gettext_lazy as _

from events.models import Event
from record.listing import DAY_ORDERS, DayFilter, Facet, Listing, ReferenceFacet
from record.models import Confirmation, Organisation, Person, Place, Series, Topic
from record.pair import country_name, pair


def hosts():
    """Hosts by the countries' own names."""
    names = dict(Event.Host.choices)
    names[Event.Host.FIRST] = country_name(pair().first)
    names[Event.Host.SECOND] = country_name(pair().second)
    return list(names.items())


class EventListing(Listing):
    """Events by kind, level, host, topic, place, person, organisation, series, confirmation and date."""

    kind = Facet(choices=Event.Kind.choices, label=_("Kind"))
    level = Facet(choices=Event.Level.choices, label=_("Level"))
    host = Facet(choices=hosts, label=_("Hosted by"))
    topic = ReferenceFacet(field_name="topics", model=Topic, many=True, label=_("Topic"))
    place = ReferenceFacet(model=Place, label=_("Place"))
    person = ReferenceFacet(field_name="participants__person", model=Person, many=True, label=_("Person"))
    organisation = ReferenceFacet(field_name="participants__organisation", model=Organisation, many=True, label=_("Organisation"))
    series = ReferenceFacet(model=Series, label=_("Series"))
    confirmed = Facet(field_name="confirmation", choices=Confirmation.choices[:3], label=_("Confirmed"))
    after = DayFilter(field_name="date_to", lookup_expr="gte", label=_("From"))
    before = DayFilter(field_name="date_from", lookup_expr="lte", label=_("Until"))

    ORDERS = {
        "newest": (_("newest first"), lambda queryset: queryset.newest_first()),
        "oldest": (_("oldest first"), lambda queryset: queryset.oldest_first()),
    }
    FOLLOWED_ORDERS = DAY_ORDERS

    class Meta:
        model = Event
        fields = []
