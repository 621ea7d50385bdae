"""What is stored of translations follows the texts: the marks, what each was made from, and which languages are outdated."""

from django.apps import apps

from record.translations import rule
from record.translations.passages import LANGS, own_passages, passages_of

COLUMNS = [f"{name}_{lang}" for name in ("translation", "translation_basis") for lang in LANGS] + ["outdated_languages"]


def follow(entry):
    """Set the marks, the basis and the outdated languages of a row that is about to be saved.

    Where nothing was noted of a translation before, it is taken to be made from the original as it is stored now.
    """
    passages = passages_of(entry)
    _begin(entry, passages)
    _set(entry, passages)


def _begin(entry, passages):
    if not entry._state.adding and not any(getattr(entry, f"translation_basis_{lang}") for lang in LANGS):
        _note_stored(entry, passages)


def _note_stored(entry, passages):
    """The basis of a row that was stored before any was kept: its texts as they stand in the database."""
    before = type(entry)._base_manager.filter(pk=entry.pk).first()
    if before is not None:
        stored = [*own_passages(before), *(passage for passage in passages if passage.is_below)]
        for lang in LANGS:
            basis, _outdated = rule.noted({}, _texts(stored, before.original_language, lang))
            setattr(entry, f"translation_basis_{lang}", rule.written(basis) or None)


def _set(entry, passages):
    original = entry.original_language
    outdated = []
    for lang in LANGS:
        mark = rule.mark_of(entry.translation_mark(lang), has_text=_has_text(passages, original, lang), is_original=lang == original)
        texts = {} if mark in ("", "original") else _texts(passages, original, lang)
        basis, changed = rule.noted(rule.read(getattr(entry, f"translation_basis_{lang}")), texts)
        setattr(entry, f"translation_{lang}", mark or None)
        setattr(entry, f"translation_basis_{lang}", rule.written(basis) or None)
        outdated += [lang] if changed else []
    entry.outdated_languages = " ".join(outdated)


def _texts(passages, original, lang):
    return {passage.path: (passage.text(original), passage.text(lang)) for passage in passages}


def has_text(entry, lang):
    """Whether a language has the first of the row's own texts that the original has; any of them, where it has none."""
    return _has_text(own_passages(entry), entry.original_language, lang)


def _has_text(passages, original, lang):
    own = [passage for passage in passages if not passage.is_below]
    lead = [passage for passage in own if passage.text(original)][:1] or own
    return any(passage.text(lang) for passage in lead)


def review(entry, lang, passages=None, *, seen=None):
    """A person says of a language that it says what the original says: that of now, or what was `seen` of it, {path: original}."""
    passages = passages or passages_of(entry)
    _begin(entry, passages)
    _review(entry, lang, passages, seen or {})
    setattr(entry, f"translation_{lang}", "reviewed")


def _review(entry, lang, passages, seen):
    """Note for some of the texts of a language what they were compared with."""
    basis = rule.read(getattr(entry, f"translation_basis_{lang}"))
    found = rule.reviewed(basis, _texts(passages, entry.original_language, lang), seen)
    setattr(entry, f"translation_basis_{lang}", rule.written(basis | found) or None)


def made_from(entry, lang, texts):
    """Note of texts that are about to be saved, {path: (original, translation)}, which original they were made from."""
    noted, _outdated = rule.noted({}, texts)
    setattr(entry, f"translation_basis_{lang}", rule.written(rule.read(getattr(entry, f"translation_basis_{lang}")) | noted) or None)


def refresh(entry, *, reviewed=(), seen=None):
    """Store anew what follows from the texts of the rows below, which were saved after their entry, and may be `reviewed` with it."""
    passages = passages_of(entry)
    before = _stored(entry)
    for lang in reviewed:
        _review(entry, lang, [passage for passage in passages if passage.is_below], seen or {})
    _set(entry, passages)
    if _stored(entry) != before:
        type(entry)._base_manager.filter(pk=entry.pk).update(**_stored(entry))


def _stored(entry):
    return {name: getattr(entry, name) for name in COLUMNS}


def translated_models():
    """Every kind of row that has an original and translations."""
    return [m for m in apps.get_models() if hasattr(m, "outdated_languages") and not hasattr(m, "history_id")]


def wrongly_followed():
    """(row, what is stored, what the rule says, its remedy) for every row whose outdated languages disagree with the rule."""
    for model in translated_models():
        for row in model._base_manager.all():
            before = row.outdated_languages
            _set(row, passages_of(row))
            if row.outdated_languages != before:
                yield row, before or "nothing outdated", row.outdated_languages or "nothing outdated", _mend


def _mend(row):
    type(row)._base_manager.filter(pk=row.pk).update(**_stored(row))
