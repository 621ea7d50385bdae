"""A translator's file taken in: everything is examined first, then all of it is written or nothing."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from record import history, translations
from record.models.base import StaleObject
from record.translations import rule
from record.translations.exchange import checks
from record.translations.exchange.units import found_by
from record.translations.saving import Judged, NotSaved, judge, save_texts


class Refusal(NamedTuple):
    """A text that is not taken, and why."""

    line: int
    name: str
    reason: str


class Change(NamedTuple):
    """A text as it stands, and as it would be; `taken_away` says what it lost on the way."""

    name: str
    label: str
    before: str
    after: str
    is_outdated: bool
    taken_away: list


@dataclass
class Outcome:
    """What a file would do: changes, refusals, and how many texts stay as they are or are empty in the file."""

    changes: list = field(default_factory=list)
    refusals: list = field(default_factory=list)
    unchanged: int = 0
    empty: int = 0
    plan: dict = field(default_factory=dict)
    reviews: set = field(default_factory=set)

    @property
    def may_be_written(self):
        """All or nothing: one refusal stops the file, and so does having nothing to do."""
        return not self.refusals and bool(self.changes or self.reviews)


class NotTaken(Exception):
    """Nothing was written; the message is a sentence for the editor."""


def examine(units, lang, *, take_older=False, reviewed=False):
    """What the units would change. With `take_older` a text whose original has changed since is taken, and is outdated then."""
    outcome, rows = Outcome(), {}
    for unit in units:
        if unit.key not in rows:
            entry = found_by(unit.key)
            rows[unit.key] = entry, {p.path: p for p in translations.passages_of(entry)} if entry else {}
        _examine_unit(outcome, unit, lang, *rows[unit.key], take_older)
    if reviewed:
        outcome.reviews = _reviews(outcome, rows, lang)
    return outcome


def _examine_unit(outcome, unit, lang, entry, passages, take_older):
    name = f"{unit.key} {unit.path}"
    passage = passages.get(unit.path)
    if reason := _unknown(unit, lang, entry, passage):
        outcome.refusals.append(Refusal(unit.line, name, reason))
        return
    words = unit.target.replace("\r\n", "\n").strip()
    if not words:
        outcome.empty += 1
        return
    found = judge(passage, lang, words) if words != passage.text(lang) else Judged(words, [], [])
    words, original = found.words, passage.text(entry.original_language)
    is_older = rule.fingerprint(unit.source) != rule.fingerprint(original)
    if words == passage.text(lang):
        outcome.unchanged += 1
    elif reasons := _against(unit, passage, lang, found, is_older and not take_older):
        outcome.refusals += [Refusal(unit.line, name, reason) for reason in reasons]
    else:
        outcome.changes.append(Change(name, str(passage.label), passage.text(lang), words, is_older, found.taken_away))
    _entry, texts, sources = outcome.plan.setdefault(unit.key, (entry, {}, {}))
    if unit.path in texts:
        outcome.refusals.append(Refusal(unit.line, name, _("This text stands in the file twice.")))
    texts[unit.path] = words
    if is_older:
        sources[unit.path] = unit.source


def _unknown(unit, lang, entry, passage):
    """Why a unit cannot belong here, '' if it can."""
    if entry is None:
        return _("There is no such entry.")
    if passage is None:
        return _("The entry has no such text (any more).")
    if unit.target_language not in ("", lang):
        return _("The language of the file is “%(found)s”, not “%(wanted)s”.") % {"found": unit.target_language[:10], "wanted": lang}
    if lang == entry.original_language:
        return _("This language is the original of the entry.")
    if unit.source_language != entry.original_language:
        return _("The original of the entry is in another language by now.")
    return ""


def _against(unit, passage, lang, found, is_refused_as_older):
    reasons = [*found.against, *checks.against(passage, unit.source, found.words)]
    if is_refused_as_older:
        reasons.append(_("The original has changed since the file was made."))
    if unit.seen != rule.fingerprint(passage.text(lang)):
        reasons.append(_("Somebody has changed this translation since the file was made."))
    return reasons


def _reviews(outcome, rows, lang):
    """The keys of the entries that would become reviewed though none of their texts changes."""
    changed, found = changed_keys(outcome), set()
    for key, (entry, _texts, sources) in outcome.plan.items():
        state = translations.state_of(entry, lang, list(rows[key][1].values()))
        if key not in changed and not sources and state.status in (translations.Status.MACHINE, translations.Status.OUTDATED):
            found.add(key)
    return found


def changed_keys(outcome):
    """The keys of the entries whose texts would change."""
    return {change.name.partition(" ")[0] for change in outcome.changes}


@transaction.atomic
def carry_out(units, lang, *, by, take_older=False, reviewed=False):
    """Write the texts, all or none, with the person in the history; returns the outcome. Raises NotTaken."""
    outcome = examine(units, lang, take_older=take_older, reviewed=reviewed)
    if outcome.refusals:
        raise NotTaken(_("Texts are refused: all are written or none."))
    chosen = changed_keys(outcome) | outcome.reviews
    for key, (entry, texts, sources) in outcome.plan.items():
        if key in chosen:
            _write(key, entry, lang, texts, sources, by=by, reviewed=reviewed and not sources)
    return outcome


def _write(key, entry, lang, texts, sources, *, by, reviewed):
    try:
        with history.version(by=by, verb="translation file"):
            saved = save_texts(entry, lang, texts, by=by, reason="translation file", reviewed=reviewed)
            _note_older(entry, lang, {path: source for path, source in sources.items() if path in saved.paths})
    except (NotSaved, StaleObject) as error:
        raise NotTaken(f"{key}: {error}") from error


def _note_older(entry, lang, sources):
    """Of what was made from an earlier original, that original is noted: the rule finds it outdated."""
    if not sources:
        return
    basis = rule.read(getattr(entry, f"translation_basis_{lang}"))
    basis |= {path: (rule.fingerprint(source), basis[path][1]) for path, source in sources.items()}
    setattr(entry, f"translation_basis_{lang}", rule.written(basis))
    translations.refresh(entry)
