from django.urls import path

from events import views
from events.feeds import EVENTS
from events.filters import EventListing
from events.models import Event
from record.embeds import entry_card, list_embed

urlpatterns = [
    *EVENTS.urls(),
    path("events/", views.EventList.as_view(), name="events"),
    path("events/embed/", list_embed(EventListing, "events"), name="events-embed"),
    path("events/<slug:slug>/embed/", entry_card(Event), name="event-embed"),
    path("events/<slug:slug>/", views.EventPage.as_view(), name="event"),
]
