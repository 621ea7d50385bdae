"""What readers are told: all changes by day, and the history of one entry from what to what."""

from dataclasses import dataclass
from itertools import groupby

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from record import texts
from record.history import differences, snapshots
from record.history.listing import CHANGES, ChangeListing, entries_of, field_names
from record.history.names import name_of
from record.history.subjects import is_shared, key_of, public_rows, subjects
from record.models import Change
from record.views import ListPage


@dataclass(frozen=True)
class Told:
    """A change as a page shows it, with its entry, if readers see it."""

    change: object
    entry: object
    differences: tuple = ()

    @property
    def name(self):
        return name_of(self.entry).removeprefix(f"{self.change.code} ") if self.entry else ""

    @property
    def is_of_entry(self):
        """Whether it is of an entry, and not of what entries share."""
        return not is_shared(subjects()[self.change.letter])

    @property
    def is_gone(self):
        """Whether it is of an entry that readers no longer see: they know it to be withdrawn."""
        return self.entry is None and self.is_of_entry and self.change.figures == 1

    @property
    def kind(self):
        return subjects()[self.change.letter]._meta.verbose_name

    @property
    def fields(self):
        return field_names(self.change)

    @property
    def reason(self):
        """The editor's reason in the reader's language, or in another, marked as such."""
        return texts.among(self.change.reasons)

    @property
    def day(self):
        return timezone.localtime(self.change.at).date()


class ChangeList(ListPage):
    """What was added, corrected, withdrawn, by day."""

    listing = ChangeListing
    outlets = CHANGES
    template_name = "record/change_list.html"

    def extra(self, listing, page):
        entries = entries_of(page.rows)
        told = [Told(change, entries.get(change.code)) for change in page.rows]
        return {"days": [(day, list(rows)) for day, rows in groupby(told, key=lambda row: row.day)]}


def entry_history(request, code):
    """The history of one entry, or of what entries share: what happened when, and each correction from what to what.

    A withdrawn one answers 410, and shows of it what the list of all changes does: neither its name nor its texts.
    """
    model = subjects().get(code[0])
    if model is None:
        raise Http404
    row = {key_of(model): int(code[1:])}
    entry = public_rows(model).filter(**row).first()
    if entry is None:
        return _history_of_gone(request, model, row, code)
    changes = Change.objects.public().of(entry).newest_first()
    told = [Told(change, entry, _differences(model, entry, change)) for change in changes]
    shown = {"entry": entry, "code": code, "told": told, "name": name_of(entry).removeprefix(f"{code} "), "is_entry": not is_shared(model)}
    return render(request, "record/entry_history.html", shown)


def _history_of_gone(request, model, row, code):
    gone = None if is_shared(model) else model.objects.filter(**row).gone().first()
    if gone is None:
        raise Http404
    told = [Told(change, None) for change in Change.objects.public().of(gone).newest_first()]
    shown = {"entry": gone, "code": code, "told": told, "is_gone": True, "is_entry": True}
    return render(request, "record/entry_history.html", shown, status=410)


def _differences(model, entry, change):
    """From what to what, as far as readers may read it."""
    if change.what not in Change.AMENDMENTS or not change.before_id or not change.after_id:
        return ()
    both = snapshots.read_each(model, entry.pk, [change.before_id, change.after_id])
    return tuple(differences.between(*both, for_readers=True)) if all(both) else ()
