"""The outlets of the list of events."""

from events.columns import EVENT
from events.filters import EventListing
from record.outlets import IN_DAYS, Outlets

EVENTS = Outlets("events", EventListing, EVENT, endings=IN_DAYS)
