"""What the data outlets say of an event."""

from events.models import Event
from record.columns import DATED, ENTRY_END, TEXTS, TOPICS, Column, Columns, Several, numbered

EVENT = Columns(
    Event,
    [
        numbered(Event),
        Column("slug"),
        Column("kind"),
        Column("level"),
        Column("host"),
        *DATED,
        Column("date_is_of_report"),
        *TEXTS,
        Column("place", "place__slug"),
        Column("series", "series__slug"),
        Column("ordinal"),
        Several("part_of", "part_of", of=Event, single=True),
        TOPICS,
        Several("people", "participants__person__slug"),
        Several("organisations", "participants__organisation__slug"),
        Several("related", "related", of=Event),
        *ENTRY_END,
    ],
    of_report="date_is_of_report",
)
