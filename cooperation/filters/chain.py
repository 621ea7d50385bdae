"""The chain as three lists: from meetings to what came of them, and what has no known origin."""

from django.db.models import Exists, OuterRef, Prefetch

from cooperation.filters.agreements import AgreementListing
from cooperation.filters.initiatives import InitiativeListing
from cooperation.models import Agreement, Initiative
from events.filters import EventListing
from events.models import Event


def _created():
    """Initiatives as rows under what created them."""
    return Initiative.objects.public().without_texts().select_related("place").order_by("sort_day", "number")


def _signed():
    """Agreements as rows under the meeting where they were signed, each with what it created."""
    return _with_created(Agreement.objects.public().as_of().order_by("sort_day", "number"))


def _with_created(agreements):
    return agreements.without_texts().select_related("phase").prefetch_related(Prefetch("initiatives", _created(), to_attr="created"))


class MeetingChain(EventListing):
    """Events at which something was signed, or which led to an initiative; each with both, as `signed` and `begun`.

    What began before an event may concern it, and does not come of it.
    """

    def base(self):
        signed = Agreement.objects.public().filter(signed_at=OuterRef("pk"))
        begun = Initiative.objects.public().filter(events=OuterRef("pk"), sort_day__gte=OuterRef("sort_day"))
        return super().base().filter(Exists(signed) | Exists(begun))

    def as_rows(self, queryset):
        signed, begun = Prefetch("agreements", _signed(), to_attr="signed"), Prefetch("initiatives", _created(), to_attr="begun")
        return queryset.without_texts().select_related("place").prefetch_related(signed, begun)


class DocumentChain(AgreementListing):
    """Agreements of which no public meeting is known where they were signed, each with what it created."""

    def base(self):
        known = Event.objects.public().filter(pk=OuterRef("signed_at"))
        return super().base().filter(~Exists(known))

    def as_rows(self, queryset):
        return _with_created(queryset)


class InitiativeChain(InitiativeListing):
    """Initiatives of which neither a document nor a meeting is known that created them."""

    def base(self):
        documents = Agreement.objects.public().filter(initiatives=OuterRef("pk"))
        meetings = Event.objects.public().filter(initiatives=OuterRef("pk"))
        return super().base().filter(~Exists(documents), ~Exists(meetings))

    def as_rows(self, queryset):
        return queryset.without_texts().select_related("place")
