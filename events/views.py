"""Events: the list and the entry."""

from django.db.models import Prefetch

from events.feeds import EVENTS
from events.filters import EventListing
from events.models import Event, Participant
from record.history import snapshots
from record.views import EntryPage, ListPage


class EventList(ListPage):
    listing = EventListing
    outlets = EVENTS
    template_name = "events/event_list.html"


class EventPage(EntryPage):
    model = Event
    template_name = "events/event.html"

    def queryset(self, at=None):
        public = Event.objects.public(at).select_related("place").without_texts()
        return (
            super()
            .queryset(at)
            .select_related("place", "series")
            .prefetch_related(
                Prefetch("participants", Participant.objects.select_related("person", "office", "organisation")),
                Prefetch("parts", public.oldest_first()),
                Prefetch("related", public),
            )
        )

    def as_it_stood(self, entry, day):
        snapshots.put(entry, "parts", [])
        return entry

    def context(self, entry):
        larger = entry.part_of if entry.part_of_id and entry.part_of.is_public() else None
        return super().context(entry) | {"larger": larger, **self.neighbours(entry)}

    def neighbours(self, entry):
        """The public events before and after this one in its series, itself public or not yet."""
        if not entry.series_id:
            return {}
        shown = Event.objects.public() | Event.objects.filter(pk=entry.pk)
        sessions = list(shown.in_series(entry.series).oldest_first().without_texts())
        here = next((i for i, session in enumerate(sessions) if session.pk == entry.pk), None)
        if here is None:
            return {}
        return {
            "previous": sessions[here - 1] if here else None,
            "next": sessions[here + 1] if here + 1 < len(sessions) else None,
        }
