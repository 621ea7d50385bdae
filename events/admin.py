"""The admin of events."""

from django.contrib import admin

from events import models
from record.adminbase import CitationInline, EntryAdmin, RowInline


class ParticipantInline(RowInline):
    model = models.Participant
    fields = ("person", "office", "organisation", "role")


class EventCitationInline(CitationInline):
    model = models.EventCitation


@admin.register(models.Event)
class EventAdmin(EntryAdmin):
    what = ("kind", "level")
    at_first = (("kind", "level"), "date")
    when = ("date", "date_is_of_report", "host", "place")
    connections = (("series", "ordinal"), "part_of", "topics", "related", "disagreements", "pictures")
    list_filter = ("kind", "level", "host", "series", "topics")
    inlines = (EventCitationInline, ParticipantInline)
