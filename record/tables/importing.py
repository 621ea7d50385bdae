"""A table taken in: every row goes through the form of its kind, then all are written in one transaction or none."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from record import guards, history, search, textrules
from record.models.base import StaleObject
from record.publishing import State
from record.tables.files import Unreadable
from record.tables.forms import form_class, initial_of


class Refusal(NamedTuple):
    """A cell, or a whole row, that is not taken, and why."""

    line: int
    column: str
    reason: str


class Change(NamedTuple):
    """A row that would be new or changed: its line, its name, per column what it says and would say, and what texts lost on the way."""

    line: int
    name: str
    is_new: bool
    columns: list
    taken_away: list


@dataclass
class Outcome:
    """What a table would do, and the forms that would do it."""

    rows: int = 0
    changes: list = field(default_factory=list)
    refusals: list = field(default_factory=list)
    unchanged: int = 0
    forms: list = field(default_factory=list)

    @property
    def added(self):
        """How many rows would be new."""
        return sum(change.is_new for change in self.changes)

    @property
    def changed(self):
        """How many rows on record would say something else."""
        return len(self.changes) - self.added

    @property
    def refused(self):
        """How many rows are not taken, each once, whatever the number of its faults."""
        return len({refusal.line for refusal in self.refusals})

    @property
    def may_be_written(self):
        """All or nothing: one refusal stops the table, and so does having nothing to do."""
        return not self.refusals and bool(self.changes)

    @property
    def corrects_what_is_public(self):
        """Whether readers will be told of it: a row that they see would be changed."""
        return any(hasattr(form.instance, "is_public") and form.instance.is_public() for _line, form in self.forms)


class NotTaken(Exception):
    """Nothing was written; the message is a sentence for the editor."""


def examine(kind, table):
    """What a table would change; nothing is written. Raises Unreadable where its columns are not those of the kind."""
    _check_columns(kind, table)
    outcome, reader = Outcome(rows=len(table.rows)), _Reader(kind, table.names)
    for line, cells in table.rows:
        try:
            reader.read(outcome, line, cells)
        except ValidationError as error:
            outcome.refusals += [Refusal(line, reader.blamed, sentence) for sentence in error.messages]
    return outcome


def _check_columns(kind, table):
    if unknown := [name for name in table.names if name not in kind.columns]:
        raise Unreadable(_("The column “%(name)s” is none of this kind.") % {"name": unknown[0][:60]})
    if not {kind.key, "slug"} & set(table.names) and not kind.alike:
        raise Unreadable(kind.how_rows_are_known)


class _Reader:
    """Turns rows into forms. `blamed` is the column that a refusal of the whole row is about."""

    def __init__(self, kind, names):
        self.kind, self.names = kind, [name for name in kind.fields if name in names]
        self.form_class = form_class(kind)
        self.blamed, self.met = "", {}

    def read(self, outcome, line, cells):
        entry = self._entry(line, cells)
        form = self._form(entry, cells)
        changed = [name for name in form.changed_data if name in self.names]
        if entry.pk and not changed:
            outcome.unchanged += 1
        elif entry.pk and not form.data["version_token"]:
            self.blamed = "version"
            raise ValidationError(_("This row is on record: say in the column “version” which version you have changed."))
        elif not form.is_valid():
            outcome.refusals += _refusals(line, form)
        elif entry.pk and not (changed := [name for name in changed if _differs(form, name)]):
            outcome.unchanged += 1
        else:
            outcome.forms.append((line, form))
            outcome.changes.append(_change(line, entry, form, changed))

    def _entry(self, line, cells):
        """The stored row that a line is about, or a new one. Raises ValidationError."""
        self.blamed = self.kind.key
        entry = self._stored(cells)
        for mark in (entry and ("row", entry.pk), cells.get("slug") and ("slug", cells["slug"])):
            if mark and self.met.setdefault(mark, line) != line:
                raise ValidationError(_("This row stands in the file twice: in row %(line)s too.") % {"line": self.met[mark]})
        self.blamed = ""
        return entry or self.kind.model()

    def _stored(self, cells):
        rows, code = self.kind.model._base_manager, cells.get("number", "").strip()
        if code:
            digits = code.removeprefix(self.kind.model.LETTER)
            known = digits.isascii() and digits.isdecimal() and len(digits) < 10
            found = rows.filter(number=digits).first() if known else None
            if found is None:
                raise ValidationError(_("“%(code)s” is not on record. Leave the number empty for a new row.") % {"code": code[:20]})
            return found
        if slug := cells.get("slug", "").strip():
            return rows.filter(slug=slug).first()
        alike = {name: value for name in self.kind.alike if (value := cells.get(name, "").strip())}
        return rows.filter(**alike).first() if alike else None

    def _form(self, entry, cells):
        initial = initial_of(entry, self.kind) if entry.pk else {}
        given = {name: cells[name] for name in self.names}
        # What the table does not name stays as it is; of a new row the form says what is missing.
        rest = {name: initial[name] if entry.pk else self._default(name) for name in self.kind.fields if name not in given}
        data = {name: "" if value is None else str(value) for name, value in (rest | given).items()}
        data["version_token"] = cells.get("version", "").strip()
        form = self.form_class(data=data, instance=entry)
        form.initial |= initial
        for name in [name for name in form.fields if name.startswith("reviewed_")]:
            del form.fields[name]
        return form

    def _default(self, name):
        default = self.kind.model._meta.get_field(name).get_default()
        return "" if callable(default) or default is None or isinstance(default, list) else default


def _kept(form, name):
    """What a cell would say afterwards: of Markdown, without what readers would not see."""
    return form.cleaned_data[name] or "" if name in textrules.COLUMNS else form.data.get(name)


def _differs(form, name):
    """Whether a changed cell still says something else once it is as it would be kept."""
    return name not in textrules.COLUMNS or _kept(form, name) != (form.initial.get(name) or "")


def _change(line, entry, form, changed):
    columns = [(name, form.initial.get(name), _kept(form, name)) for name in changed]
    name = str(entry) if entry.pk else next(filter(None, (form.data.get(n) for n in ("slug", "title", "title_en", "publisher"))), "")
    return Change(line, name, not entry.pk, columns, getattr(form, "taken_away", []))


def _refusals(line, form):
    return [
        Refusal(line, "" if name == NON_FIELD_ERRORS else name, sentence)
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]


@transaction.atomic
def carry_out(kind, outcome, *, by, reasons=None):
    """Write what was examined, each row as one version, all or none, with the person in the history. Raises NotTaken.

    `reasons` are what readers are told of each row that they see, {language: text}.
    """
    for line, form in outcome.forms:
        try:
            _write(kind, form, by, reasons)
        except StaleObject as error:
            raise NotTaken(_("Row %(line)s: somebody else saved this row meanwhile. Nothing was written.") % {"line": line}) from error
        except (IntegrityError, ValidationError) as error:
            raise NotTaken(_("Row %(line)s breaks a rule of the record. Nothing was written.") % {"line": line}) from error
    # Asked of all rows once all are written: one may lean on another.
    for line, form in outcome.forms:
        _refuse_what_readers_may_not_see(line, form.instance)
    return len(outcome.forms)


def _write(kind, form, by, reasons):
    """One row, as one version."""
    entry = form.instance
    entry._history_user, entry._change_reason = by, "table" if entry.pk else "import"
    with history.version(by=by, verb=entry._change_reason, reasons=dict(reasons or {})):
        changed = [name for name in form.changed_data if name in kind.fields]
        if entry.pk and set(changed) <= set(getattr(entry, "FOR_EDITORS", ())):
            # Readers see what they saw, and are told of no change.
            entry.save(update_fields=changed)
        else:
            form.save()
        kind.finish(entry)
        search.follow(entry)


def _refuse_what_readers_may_not_see(line, entry):
    if getattr(entry, "state", "") == State.PUBLISHED and (reasons := guards.reasons_against_publishing(entry)):
        said = {"line": line, "reasons": " ".join(reasons)}
        raise NotTaken(_("Row %(line)s: %(reasons)s Nothing was written.") % said)
