from events.models.event import Event, EventCitation, Participant

__all__ = ["Event", "EventCitation", "Participant"]
