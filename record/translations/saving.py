"""Texts of one language stored: by the same rules from the page side by side as from a translator's file."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from record import guards, history, search, textrules, translations
from record.models.base import TranslationMark
from record.publishing import State


class NotSaved(Exception):
    """A rule refuses a text; nothing was written. `faults` is {path: sentences}, of the whole entry under the path ''."""

    def __init__(self, faults):
        self.faults = faults
        super().__init__("; ".join(f"{path}: {' '.join(said)}" if path else " ".join(said) for path, said in faults.items()))


class Judged(NamedTuple):
    """A text of a passage as it would be stored, what was taken away from it, and every sentence against it."""

    words: str
    taken_away: list
    against: list


class Saved(NamedTuple):
    """What was stored: the paths of the changed texts, {path: sentences} on what was taken away from them, and whether anything was."""

    paths: list
    taken_away: dict
    is_new: bool = True


def changed_passages(entry, lang, texts, passages=None):
    """The passages that `texts`, {path: words}, would change, each with its words as they would be stored."""
    found = []
    for passage in passages if passages is not None else translations.passages_of(entry):
        if passage.path in texts:
            words = texts[passage.path].replace("\r\n", "\n").strip()
            if words != passage.text(lang):
                found.append((passage, words))
    return found


def judge(passage, lang, words):
    """What becomes of a text by the rules of its own field and those of `record.textrules`, which the form asks too."""
    column = f"{passage.name}_{lang}"
    found = textrules.judged(passage.row, {column: words})
    kept, against = found.kept[column], list(found.against.get(column, ()))
    try:
        passage.field(lang).clean(kept or None, passage.row)
    except ValidationError as error:
        against = [*error.messages, *against]
    if "\0" in kept and not against:
        against.append(gettext("It holds a NUL character."))
    return Judged(kept, found.taken_away.get(column, []), against)


def save_texts(entry, lang, texts, *, by, reason="translation", reviewed=False, read=None):
    """Store the texts of a language as one version, all or none, with the person in the history; none where nothing is new.

    Raises NotSaved, StaleObject.

    Without `reviewed` what was reviewed before and is changed here is unreviewed again. `read` is {path: original} of texts that were
    made from an original that is no longer the present one: they are outdated.
    """
    passages, stood = translations.passages_of(entry), _standing(entry, lang)
    judged = [(passage, judge(passage, lang, words)) for passage, words in changed_passages(entry, lang, texts, passages)]
    if faults := {passage.path: found.against for passage, found in judged if found.against}:
        raise NotSaved(faults)
    # What only lost what readers would not see may say now what is stored already.
    changed = [(passage, found.words) for passage, found in judged if found.words != passage.text(lang)]
    for passage, words in changed:
        setattr(passage.row, f"{passage.name}_{lang}", words or None)
    _refuse_what_breaks_rules(changed)
    if changed and not reviewed and entry.translation_mark(lang) == TranslationMark.REVIEWED:
        setattr(entry, f"translation_{lang}", TranslationMark.MACHINE)
    if reviewed and translations.has_text(entry, lang):
        translations.review(entry, lang, passages)
    elif read:
        translations.made_from(entry, lang, {p.path: (read[p.path], words) for p, words in changed if p.path in read and words})
    is_new = bool(changed) or _standing(entry, lang) != stood
    if is_new:
        with history.version(by=by, verb=reason), transaction.atomic():
            _write(entry, [p.row for p, _words in changed if p.is_below], by, reason)
    taken_away = {p.path: found.taken_away for p, found in judged if found.taken_away}
    return Saved([passage.path for passage, _words in changed], taken_away, is_new)


def _standing(entry, lang):
    """What is stored of a language beside its texts."""
    return entry.translation_mark(lang), getattr(entry, f"translation_basis_{lang}") or ""


def _write(entry, rows, by, reason):
    """The rows below, then the entry; what readers see must still be fit to be published then. Raises NotSaved, StaleObject."""
    for row in {id(row): row for row in rows}.values():
        _by(row, by, reason).save()
    _by(entry, by, reason).save()
    search.follow(entry)
    if getattr(entry, "state", "") == State.PUBLISHED and (reasons := guards.reasons_against_publishing(entry)):
        raise NotSaved({"": reasons})


def _by(row, by, reason):
    row._history_user, row._change_reason = by, reason
    return row


def _refuse_what_breaks_rules(changed):
    """The rules of each row as a whole: its `clean()` and the constraints of the database, asked before anything is written."""
    faults = {}
    for passage in {id(p.row): p for p, _words in changed}.values():
        try:
            passage.row.clean()
            passage.row.validate_constraints()
        except ValidationError as error:
            faults[passage.path] = error.messages
    if faults:
        raise NotSaved(faults)
