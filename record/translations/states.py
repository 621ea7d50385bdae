"""Where a row's texts in one language stand, in words: what changed since, and when."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from record.translations import rule
from record.translations.passages import passages_of
from record.translations.rule import Status, fingerprint


@dataclass(frozen=True)
class Older:
    """A passage whose original changed after it was translated: the original then ('' if unknown), and when it changed."""

    passage: object
    then: str
    changed: object


@dataclass(frozen=True)
class State:
    """The status of a language, the passages whose original changed since, and those that it lacks."""

    lang: str
    status: Status
    outdated: list
    lacking: list

    @property
    def sentence(self):
        """What an editor reads beside the texts of the language."""
        parts = [str(self.status.label)]
        parts += [_changed(older) for older in self.outdated]
        if self.lacking and self.status != Status.MISSING:
            parts.append(gettext("still without: %(texts)s") % {"texts": ", ".join(str(passage.label) for passage in self.lacking)})
        return "; ".join(parts)


def _changed(older):
    values = {"text": older.passage.label}
    if older.changed is None:
        return gettext("changed in the original: %(text)s") % values
    return gettext("changed in the original on %(day)s: %(text)s") % {
        **values,
        "day": date_format(localtime(older.changed), "DATE_FORMAT"),
    }


def state_of(entry, lang, passages=None):
    """The state of one language of a stored row."""
    passages = passages_of(entry) if passages is None else passages
    original = entry.original_language
    basis = rule.read(getattr(entry, f"translation_basis_{lang}"))
    _kept, paths = rule.noted(basis, {p.path: (p.text(original), p.text(lang)) for p in passages})
    status = rule.status_of(entry.translation_mark(lang), is_outdated=bool(paths) and lang in entry.outdated_languages)
    if lang == original:
        return State(lang, Status.ORIGINAL, [], [])
    outdated = [Older(p, *_before(p, original, basis[p.path][0])) for p in passages if p.path in paths]
    return State(lang, status, outdated, [p for p in passages if p.text(original) and not p.text(lang)])


def _before(passage, original, wanted):
    """(the original that a fingerprint stands for, when it was replaced), out of the history of the passage's row."""
    column = f"{passage.name}_{original}"
    versions = passage.row.history.order_by("-history_date", "-history_id").values_list(column, "history_date")
    changed = None
    for text, moment in versions:
        if fingerprint(text) == wanted:
            return text or "", changed
        changed = moment
    return "", None
