"""The versions of a row on the desk: a list in words, any two side by side, and one put in force again."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from record import rights, texts
from record.adminbase import reasons
from record.adminbase.pages import desk_page
from record.history import differences, snapshots
from record.history.fields import is_tracked
from record.history.restoring import UNTOUCHED, restore_version
from record.history.subjects import is_shared
from record.models import Change, Revision
from record.models.base import Versioned
from record.publishing import SENT_BACK, Refused

VERBS = {
    "shipped record": _("added with the shipped record"),
    "import": _("added with an import"),
    "translation": _("translated"),
    "translation file": _("translated, from a file"),
    "table": _("changed with a table"),
    "submit": _("submitted for review"),
    "publish": _("published"),
    "schedule": _("scheduled"),
    "unschedule": _("taken off the schedule"),
    "send_back": _("sent back to the author"),
    "withdraw": _("withdrawn"),
    "restore": _("back in draft"),
    "restore-version": _("an old version restored"),
    "answer accepted": _("an answer to a request for confirmation accepted as a source"),
}
PER_PAGE = 20


@dataclass(frozen=True)
class Version:
    """One save of a row as the list shows it, beside the one before it."""

    number: int
    revision: Revision
    changes: list
    is_first: bool
    note: str = ""
    # What readers were told of it, where something was said.
    reason: texts.Text = texts.Text()

    @property
    def verb(self):
        return VERBS.get(self.revision.verb, self.revision.verb)


def sees_old_versions(user, entry):
    """Old versions name whatever the row once led to: they are for those who may see every row."""
    return rights.sees_all(user)


def is_versioned(model):
    return issubclass(model, Versioned) and is_tracked(model)


@desk_page("versions", may=sees_old_versions, fits=is_versioned)
def versions(request, model_admin, entry):
    """Every version, newest first: who, when, and which field from what to what."""
    pages = Paginator(snapshots.revisions_of(type(entry), entry.pk).select_related("by"), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {"page": page, "versions": _versions(entry, page, pages.count), "may_restore": _may_restore(request, model_admin, entry)}
    return _page(request, model_admin, entry, "admin/history/versions.html", gettext("Versions"), context)


def _versions(entry, page, count):
    """The versions of one page; each snapshot is read once."""
    rows = list(page)
    older = snapshots.last_before(type(entry), entry.pk, rows[-1].pk) if rows else None
    keys = [*(row.pk for row in rows), older]
    read = [*snapshots.read_each(type(entry), entry.pk, [key for key in keys if key]), None]
    first, notes, told = count - page.start_index() + 1, _notes(entry, rows), _told(entry, keys)
    return [
        Version(
            first - place,
            row,
            differences.between(read[place + 1], read[place]) if read[place + 1] else [],
            read[place + 1] is None,
            notes.get(row.pk, ""),
            told.get(keys[place + 1], texts.Text()),
        )
        for place, row in enumerate(rows)
    ]


def _notes(entry, revisions):
    """{version: what an editor asked the author for} of those by which a draft was sent back."""
    sent = entry.history.filter(revision__in=revisions, history_change_reason__startswith=SENT_BACK)
    return {key: said.removeprefix(SENT_BACK) for key, said in sent.values_list("revision_id", "history_change_reason")}


def _told(entry, keys):
    """{version before: the public reason} of corrections: a line that readers are told begins with the save that says why."""
    if not (hasattr(entry, "is_public") or is_shared(type(entry))):
        return {}
    said = Change.objects.of(entry).filter(what__in=Change.AMENDMENTS, before__in=[key for key in keys if key])
    return {key: texts.among(words) for key, words in said.values_list("before_id", "reasons")}


@desk_page("compare", may=sees_old_versions, fits=is_versioned)
def compare(request, model_admin, entry):
    """Two versions side by side, with what came and went marked word by word."""
    old, new = (_asked(request, entry, name) for name in ("old", "new"))
    if old.pk > new.pk:
        old, new = new, old
    both = snapshots.read_each(type(entry), entry.pk, [old.pk, new.pk])
    whole = "whole" in request.GET
    sides = [(_number(entry, revision), revision) for revision in (old, new)]
    context = {
        "sides": sides,
        "old": old,
        "new": new,
        "differences": differences.between(*both, whole=whole) if any(both) else [],
        "whole": whole,
    }
    return _page(request, model_admin, entry, "admin/history/compare.html", gettext("Two versions compared"), context)


@desk_page("restore-version", may=sees_old_versions, fits=is_versioned)
def restore(request, model_admin, entry):
    """One version put in force again: first what that changes, then, by its button, done."""
    if not _may_restore(request, model_admin, entry):
        raise PermissionDenied
    revision = _asked(request, entry, "version")
    newest = snapshots.newest(type(entry), entry.pk)
    then, now = snapshots.read_each(type(entry), entry.pk, [revision.pk, newest])
    if then is None:
        raise Http404
    if request.method == "POST" and _is_seen(request, newest) and _restored(request, model_admin, entry, then):
        return HttpResponseRedirect(reverse(f"admin:{entry._meta.app_label}_{entry._meta.model_name}_change", args=[entry.pk]))
    told = reasons.asked(request.POST) if reasons.is_asked_for(entry) else []
    restored = [one for one in differences.between(now, then) if one.field not in UNTOUCHED]
    context = {"revision": revision, "differences": restored, "seen": newest, "told": told}
    return _page(request, model_admin, entry, "admin/history/restore.html", gettext("Restore a version"), context)


def _is_seen(request, newest):
    """Whether the page showed what would be overwritten; if not, it is shown again."""
    if request.POST.get("seen") == str(newest):
        return True
    messages.error(request, gettext("Not done: it was saved since this page was opened. The differences are shown anew."))
    return False


def _restored(request, model_admin, entry, snapshot):
    refresh = getattr(model_admin, "refresh_derived", None)
    try:
        restore_version(entry, snapshot, by=request.user, refresh=refresh, reasons=reasons.given(request.POST))
    except Refused as refused:
        for sentence in refused.reasons:
            messages.error(request, gettext("Not done: %(reason)s") % {"reason": sentence})
        return False
    messages.success(request, gettext("Restored, as a new version."))
    return True


def _may_restore(request, model_admin, entry):
    return model_admin.has_change_permission(request, entry)


def _asked(request, entry, name):
    """The version that the question names, as far as it is one of this row."""
    key = request.POST.get(name) or request.GET.get(name) or ""
    own = snapshots.revisions_of(type(entry), entry.pk).filter(pk=int(key)) if key.isdecimal() and len(key) < 12 else None
    found = own.first() if own is not None else None
    if found is None:
        raise Http404
    return found


def _number(entry, revision):
    """Which version of the row it is, as the list counts them."""
    return snapshots.revisions_of(type(entry), entry.pk).filter(pk__lte=revision.pk).count()


def _page(request, model_admin, entry, template, title, context):
    shared = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, "original": entry, "title": title}
    return TemplateResponse(request, template, shared | context)
