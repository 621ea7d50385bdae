from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self):
        from events import tables
        from events.filters import EventListing
        from events.models import Event
        from record import inverted, kinds, waiting
        from record.search import signposts
        from record.search.documents import Document, register

        tables.register_all()
        inverted.register(EventListing)
        signposts.register(Event, "events", "kind", Event.Kind.choices)
        register(
            Document(
                "event",
                Event,
                title=("title",),
                summary=("summary",),
                body=("body", "caveat"),
                named=("place", "series", "topics", "participants__person", "participants__organisation"),
                parts=(("citations", "quotation"),),
                date="date",
                bounds=("date_from", "date_to"),
                detail=Event.get_kind_display,
            )
        )
        kinds.register(
            kinds.Kind(
                letter=Event.LETTER,
                model=Event,
                path="events",
                row="events/_row.html",
                involving={
                    "topic": ["topics"],
                    "place": ["place"],
                    "person": ["participants__person"],
                    "organisation": ["participants__organisation"],
                    "series": ["series"],
                    "source": ["citations__source", "disagreements__values__sources"],
                    "disagreement": ["disagreements"],
                    "picture": ["pictures"],
                },
                listed=frozenset({"topic", "place", "person", "organisation", "series"}),
                meets=True,
            )
        )
        waiting.entries(Event)
