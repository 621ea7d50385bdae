"""Events as a table."""

from events.models import Event
from record.tables.kinds import Kind, register

FACTS = ("slug", "kind", "level", "date", "date_is_of_report", "host", "place", "series", "ordinal", "part_of")
MORE = ("topics", "related", "checked_on", "editor_note")


def register_all():
    """Called once, when the app is ready."""
    register(Kind(Event, (*FACTS, *MORE), ("title", "summary", "body", "caveat")))
