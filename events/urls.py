from django.urls import path

from events import views
from events.feeds import EVENTS

urlpatterns = [
    *EVENTS.urls(),
    path("events/", views.EventList.as_view(), name="events"),
    path("events/<slug:slug>/", views.EventPage.as_view(), name="event"),
]
