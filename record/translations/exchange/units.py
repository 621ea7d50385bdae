"""One text on its way to a translator and back, and how it is known."""

from dataclasses import dataclass

from record.translations.following import translated_models
from record.translations.passages import passages_of
from record.translations.rule import LENGTH, fingerprint

NONE = "-" * LENGTH


@dataclass(frozen=True)
class Unit:
    """A text of an entry: its key and path, both languages, the original, the translation, and what the latter was at export.

    `line` is where it stands in the file; `seen` is the fingerprint of the translation that was on record when it left.
    """

    key: str
    path: str
    seen: str
    source_language: str
    target_language: str
    source: str
    target: str
    label: str = ""
    line: int = 0

    @property
    def id(self):
        """What tools keep: E12/title/ef56aa01."""
        return f"{self.key}/{self.path}/{self.seen or NONE}"


def split(identifier):
    """(key, path, seen) of a unit's id; Nones where it is not one of ours."""
    parts = identifier.strip().split("/")
    if len(parts) != 3 or not all(parts):
        return None, None, None
    return parts[0], parts[1], parts[2].strip("-")


def key_of(entry):
    """E12 for what has a number, topic:energy for what has an address only."""
    if hasattr(entry, "LETTER"):
        return entry.code
    return f"{entry._meta.model_name}:{getattr(entry, 'slug', entry.pk)}"


def found_by(key):
    """The row of a key, or None."""
    models = translated_models()
    kind, _sep, name = key.partition(":")
    if name:
        model = next((m for m in models if m._meta.model_name == kind and not hasattr(m, "LETTER")), None)
        column = "slug" if hasattr(model, "slug") else "pk"
        usable = model is not None and (column == "slug" or name.isdecimal() and len(name) < 10)
        return model._base_manager.filter(**{column: name}).first() if usable else None
    model = next((m for m in models if getattr(m, "LETTER", "") == key[:1]), None)
    usable = model is not None and key[1:].isascii() and key[1:].isdecimal() and len(key) < 11
    return model._base_manager.filter(number=key[1:]).first() if usable else None


def units_of(entry, lang):
    """The texts of an entry that have an original, on their way into a language; none where it is the original."""
    if lang == entry.original_language:
        return []
    return [_unit(entry, passage, lang) for passage in passages_of(entry) if passage.text(entry.original_language)]


def _unit(entry, passage, lang):
    return Unit(
        key=key_of(entry),
        path=passage.path,
        seen=fingerprint(passage.text(lang)),
        source_language=entry.original_language,
        target_language=lang,
        source=passage.text(entry.original_language),
        target=passage.text(lang),
        label=str(passage.label),
    )
