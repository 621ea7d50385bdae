"""Which rows belong to one save. The history library writes a version of each row; here they are tied together."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import transaction

LONGEST_VERB = 20
_open = ContextVar("open_version", default=None)


@dataclass
class Open:
    """A version that is being written: by whom, by which verb, with which public reasons, and the rows that it touched."""

    by: object = None
    verb: str = ""
    reasons: dict = field(default_factory=dict)
    revision: object = None
    # {(model, key): how it stood before} of every row that has a page of its own on the desk.
    touched: dict = field(default_factory=dict)
    # {(what to do once everything of this save is stored, with rows of which model): {key: row}}.
    afterwards: dict = field(default_factory=dict)

    def take_over(self, by, verb, reasons):
        """What is said within an open version belongs to it: the first verb names it."""
        self.by, self.verb = self.by or by, self.verb or verb
        self.reasons |= reasons

    def join(self, row, old):
        """Tie a version of one row to this save, and note how the entry that it belongs to stood before."""
        from record.history.subjects import is_shared
        from record.history.telling import NEVER, standing_of
        from record.models import Revision

        if self.revision is None:
            verb = self.verb or old.history_change_reason or ""
            # A reason in words is no verb; it stays with the row.
            self.revision = Revision.objects.create(by=self.by or old.history_user, verb=verb if len(verb) <= LONGEST_VERB else "")
        old.revision = self.revision
        for model, key in roots_of(type(row), row):
            if (model, key) not in self.touched:
                # To what has just been added nothing leads yet.
                is_unseen = old.history_type == "+" and model is type(row) and is_shared(model)
                self.touched[model, key] = NEVER if is_unseen else standing_of(model, key)

    def finish(self):
        """Do what waited for the whole save, and tell readers what became of the entries that they see."""
        from record.history import telling

        while self.afterwards:
            act, model = next(iter(self.afterwards))
            act(list(self.afterwards.pop((act, model)).values()))
        if self.revision is None:
            return
        self.revision.by, self.revision.verb = self.by or self.revision.by, (self.verb or self.revision.verb)[:LONGEST_VERB]
        self.revision.save()
        for (model, key), before in self.touched.items():
            telling.tell(model, key, before, self)


@contextmanager
def version(*, by=None, verb="", reasons=None):
    """Everything saved within is one version, in one transaction. Within another version it is a part of that one.

    `reasons` are what readers are told of a correction, {language: text}.
    """
    if outer := _open.get():
        outer.take_over(by, verb, reasons or {})
        yield outer
        return
    own = Open(by, verb, reasons or {})
    token = _open.set(own)
    try:
        with transaction.atomic():
            yield own
            own.finish()
    finally:
        _open.reset(token)


def once_stored(act, row):
    """Call `act(rows)` when the open version is stored as a whole, once with all its rows of one model; now, where none is open."""
    if current := _open.get():
        current.afterwards.setdefault((act, type(row)), {})[row.pk] = row
    else:
        act([row])


def roots_of(model, row):
    """(model, key) of what a row is a version of: itself, if it has a page on the desk, and what it stands below."""
    from record.history.fields import owner_field
    from record.models.base import Versioned

    found = [(model, row.pk)] if issubclass(model, Versioned) else []
    if owner := owner_field(model):
        found.append((owner.related_model, getattr(row, owner.attname)))
    return found


def joined(sender, instance, history_instance, **_given):
    """Before the history library writes the version of a row."""
    if not hasattr(history_instance, "revision_id"):
        return
    current = _open.get()
    if current is None:
        current = history_instance._alone = Open(history_instance.history_user)
    current.join(instance, history_instance)


def finished(sender, history_instance, **_given):
    """After it was written, with its lists: what was saved by itself is finished at once."""
    if alone := getattr(history_instance, "_alone", None):
        alone.finish()
