"""What readers are told of a correction or a withdrawal: a sentence beside the button, in whichever languages the editor writes it."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext

from record.history import subjects

LONGEST = 300
CORRECTION, WITHDRAWAL = "_told", "_reason"


@dataclass(frozen=True)
class Told:
    """The field of one language, with what was typed into it."""

    name: str
    lang: str
    language: str
    words: str


def asked(post, stem=CORRECTION):
    """The fields for a reason, one for each language, with what was sent."""
    names = [(f"{stem}_{lang}", lang, gettext(name)) for lang, name in settings.LANGUAGES]
    return [Told(name, lang, language, post.get(name, "")[:LONGEST]) for name, lang, language in names]


def given(post, stem=CORRECTION):
    """{language: reason} as it was sent, empty ones left out."""
    found = {told.lang: " ".join(told.words.split()) for told in asked(post, stem)}
    return {lang: words for lang, words in found.items() if words}


def is_asked_for(row):
    """Whether readers see a row, and are told when it is corrected."""
    return row.is_public() if hasattr(row, "is_public") else subjects.is_seen(row)
