"""Two editors on one row: what each changed since the later one opened the form, put together before the form is read.

Fields that one of the two changed are taken over by themselves; where both changed one, the later editor is shown both and chooses.
The form is compared with the version that its editor opened, so that nothing is lost and nothing is asked that need not be.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.forms import CheckboxInput, FileField, ModelChoiceField
from django.forms.widgets import DateTimeBaseInput
from django.utils.translation import gettext

from record import rights
from record.history import fields as told_as
from record.history import snapshots
from record.history.names import Names

OWN = ("version_token", "seen_revision", "id", "DELETE")
KEEP, SHOWN = "_keep-", "_shown"


@dataclass(frozen=True)
class Conflict:
    """One field that both changed: what it was, what each made of it, and what was chosen. `name` is that of the field in the form."""

    name: str
    label: str
    before: str
    mine: str
    theirs: str
    chosen: str = ""


@dataclass
class Merge:
    """What came of putting two forms together. `revision` is that of the other, `opened` the one that the form began with."""

    revision: object
    opened: int = 0
    conflicts: list = field(default_factory=list)
    taken: list = field(default_factory=list)
    notices: list = field(default_factory=list)

    @property
    def is_settled(self):
        return not self.notices and all(conflict.chosen for conflict in self.conflicts)


class Meeting:
    """One form that meets what somebody else saved: `sent` is what its editor typed, and is changed in place."""

    def __init__(self, sent, shown, revision, user, opened):
        self.sent, self.is_shown, self.user, self.names = sent, shown, user, Names()
        self.merge = Merge(revision, opened)

    def fields(self, form, base, theirs, prefix=""):
        """Put together the fields of one form, whose two instances are the version opened and the present one."""
        for name, own in form.fields.items():
            if name in (*OWN, *getattr(form, "merged_when_saved", ())) or own.disabled or isinstance(own, FileField):
                continue
            html = f"{prefix}{name}"
            values = [self.value(instance_form, name) for instance_form in (base, theirs)]
            typed = _typed(own, self.sent, html)
            if _plain(values[0]) == _plain(values[1]) or not own.has_changed(values[1], typed):
                continue
            if own.has_changed(values[0], typed):
                self._ask(form, name, html, own, (*values, typed))
            else:
                _put(self.sent, html, own, values[1])
                self.merge.taken.append(_label(form, name))

    def value(self, form, name):
        """What a form begins with, without the rows that its editor may not see: they stay (`own.keep_unseen`) and are not named."""
        own = form.fields[name]
        found = form.get_initial_for_field(own, name)
        if not isinstance(own, ModelChoiceField) or rights.sees_all(self.user):
            return found
        rows = found if isinstance(found, list | tuple | models.QuerySet) else [found]
        keys = [key for one in rows if (key := getattr(one, "pk", one))]
        seen = set(own.queryset.filter(pk__in=keys).values_list("pk", flat=True))
        kept = [key for key in keys if key in seen]
        return kept if rows is found else next(iter(kept), None)

    def _ask(self, form, name, html, own, values):
        before, theirs, typed = values
        chosen = self.sent.get(f"{KEEP}{html}", "") if self.is_shown else ""
        words = [self._said(form, name, value) for value in (before, _cleaned(own, typed), theirs)]
        self.merge.conflicts.append(Conflict(html, _label(form, name), *words, chosen if chosen in ("mine", "theirs") else ""))

    def settle(self, forms):
        """Put the other's value where the editor chose it."""
        for conflict in self.merge.conflicts:
            if conflict.chosen == "theirs":
                form, name = forms[conflict.name]
                _put(self.sent, conflict.name, form.fields[name], self.value(form, name))

    def _said(self, form, name, value):
        model_field = _model_field(form, name)
        if isinstance(value, list | tuple | models.QuerySet):
            model = getattr(form.fields[name], "queryset", value).model if model_field is None else model_field.related_model
            return "; ".join(sorted(self.names(model, getattr(one, "pk", one)) for one in value))
        return told_as.said(model_field, getattr(value, "pk", value), self.names) if model_field else told_as.plain(value)


def merge(model_admin, request, object_id):
    """Put a form that was sent together with what was saved since it was opened; None where nothing was, or it cannot be known.

    It holds the row, and belongs into the transaction in which the form is saved.

    `request.POST` is replaced: by what is to be saved, if everything is settled, else by what the form is to show again.
    """
    seen, entry = request.POST.get("seen_revision", ""), model_admin.get_object(request, unquote(object_id))
    if entry is None or not seen.isdecimal() or len(seen) > 12:
        return None
    # Nobody else saves the row until this transaction ends; what is read from here on is what the form will meet.
    entry = type(entry)._base_manager.select_for_update(no_key=True).get(pk=entry.pk)
    newest = snapshots.newest(type(entry), entry.pk)
    base = snapshots.read(type(entry), entry.pk, int(seen)) if int(seen) != newest else None
    if base is None:
        return None
    sent = request.POST.copy()
    revision = snapshots.revisions_of(type(entry), entry.pk).select_related("by").first()
    meeting = Meeting(sent, sent.get(SHOWN) == str(newest), revision, request.user, int(seen))
    theirs = _all(model_admin, request, entry, base, meeting)
    meeting.settle(theirs)
    if meeting.merge.is_settled:
        sent["seen_revision"], sent["version_token"] = newest, entry.version
    request.POST = sent
    return meeting.merge


def _all(model_admin, request, entry, base, meeting):
    """Put the form and its rows together; {name in the form: (form of the present row, field)}."""
    from record.adminbase.merging_rows import rows

    opened, form_class = base.instance(), model_admin.get_form(request, entry, change=True)
    forms = [form_class(instance=instance) for instance in (opened, entry)]
    meeting.fields(forms[1], forms[0], forms[1])
    found = {name: (forms[1], name) for name in forms[1].fields}
    prefixes = {}
    for formset, inline in model_admin.get_formsets_with_inlines(request, entry):
        prefix = formset.get_default_prefix()
        prefixes[prefix] = prefixes.get(prefix, 0) + 1
        prefix = prefix if prefixes[prefix] == 1 else f"{prefix}-{prefixes[prefix]}"
        present = {row.pk: row for row in inline.get_queryset(request).filter(**{formset.fk.name: entry})}
        found |= rows(formset, prefix, present, base, meeting)
    return found


def _typed(own, sent, html):
    value = own.widget.value_from_datadict(sent, {}, html)
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _cleaned(own, typed):
    """What was typed as a value, or as it stands where it is none."""
    from django.core.exceptions import ValidationError

    try:
        return own.clean(typed)
    except ValidationError:
        return typed if isinstance(typed, str) else ""


def _plain(value):
    """A value for comparison: keys of rows, texts without a difference between none and empty."""
    if isinstance(value, list | tuple | models.QuerySet):
        return sorted(str(getattr(one, "pk", one)) for one in value)
    return "" if value is None else value


def _put(sent, html, own, value):
    """Write a value into a form as a browser would send it."""
    if isinstance(own.widget, CheckboxInput):
        sent.setlist(html, ["on"] if value else [])
        return
    said = own.prepare_value(value)
    if isinstance(said, list | tuple | models.QuerySet):
        sent.setlist(html, [str(getattr(one, "pk", one)) for one in said])
    else:
        said = own.widget.format_value(said) if isinstance(own.widget, DateTimeBaseInput) else said
        sent[html] = "" if said is None else str(said)


def _model_field(form, name):
    """The field of the model that a field of its form stands for; None for one that the form alone has, like a box."""
    try:
        return form._meta.model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _label(form, name):
    if _model_field(form, name):
        return told_as.label(form._meta.model, name)
    label, lang = str(form.fields[name].label or name), name.rpartition("_")[2]
    languages = dict(settings.LANGUAGES)
    return gettext("%(field)s (%(language)s)") % {"field": label, "language": gettext(languages[lang])} if lang in languages else label


def told(merge):
    """Sentences on what was taken over from the other without asking."""
    names = ", ".join(dict.fromkeys(merge.taken))
    who = merge.revision.by or gettext("the site itself")
    return [gettext("Taken over from what %(who)s saved meanwhile: %(fields)s.") % {"who": who, "fields": names}] if names else []
