"""Agreements, initiatives and commitments as tables."""

from cooperation.derived import refresh_agreement
from cooperation.models import Agreement, Commitment, Initiative
from record.tables.kinds import Kind, register

TEXTS = ("title", "summary", "body", "caveat")
END = ("topics", "checked_on", "editor_note")
DOCUMENT = ("slug", "form", "binding", "level", "date", "signed_at", "events", "package", "documents")
CLAUSES = ("entry_into_force", "entry_into_force_clause", "duration", "stated_end", "renewal", "renewal_period", "notice_period")
LANGUAGES = ("text_languages", "prevailing_language")
WORK = ("slug", "kind", "status", "date", "end", "planned_start", "planned_end", "place", "built_by", "stands_in")
PROMISE = ("side", "made_on", "deadline", "wording", "agreement", "event", "initiative")


def register_all():
    """Called once, when the app is ready."""
    register(Kind(Agreement, (*DOCUMENT, *CLAUSES, *LANGUAGES, *END), TEXTS, finish=refresh_agreement))
    register(Kind(Initiative, (*WORK, "agreements", "events", "related", *END), (*TEXTS, "result")))
    register(Kind(Commitment, PROMISE, ("title", "note"), alike=("title_en", "title_az", "title_uz", "title_ru", "made_on")))
