"""One column per language for events; history of every change, participants and citations included."""

from modeltranslation.translator import register

from events import models
from record.translation import MARKS, Texts, historical


@register(models.Event)
class EventTexts(Texts):
    fields = ("title", "summary", "body", "caveat", "withdrawn_reason", *MARKS)


historical(
    models.Event,
    base_columns=EventTexts.fields,
    m2m=["topics", "pictures", "disagreements", "related"],
    derived=["folded", "sort_day", "confirmed_by"],
)
historical(models.Participant, base_columns=[])
historical(models.EventCitation, base_columns=[])
