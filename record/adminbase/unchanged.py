"""Whether what was sent with a form changes anything: a save that changes nothing writes no version, and the desk says so; one that
changes what only editors see leaves alone when readers were last told something else."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from record.adminbase import reasons, typed
from record.history.telling import explain, is_unexplained

# Which version the editor has read: no part of what he wrote.
NO_CONTENT = {"version_token", "seen_revision", "documents_opened"}


def is_changed(form):
    """Whether a valid form says anything else than what it began with. Browsers send other line ends than those that are stored."""
    return bool(_changed(form))


def is_changed_for_readers(form):
    """The same of what readers see, or what follows from it."""
    return bool(_changed(form) - set(for_editors(form)))


def for_editors(form):
    """The fields that it changes and that only editors see."""
    return sorted(_changed(form) & set(getattr(form.instance, "FOR_EDITORS", ())))


def _changed(form):
    """The names of the fields that say something else than what the form began with."""
    before = {name: form.get_initial_for_field(form.fields[name], name) for name in _differing(form)}
    return {name for name, value in before.items() if _plain(value) != _plain(form.cleaned_data.get(name))}


def are_changed(formsets):
    """Whether a row below comes, goes or says something else."""
    return any(is_changed(form) for formset in formsets for form in formset.forms)


def _differing(form):
    return [name for name in form.changed_data if name not in NO_CONTENT]


def _plain(value):
    """A text as it is stored; anything else is as different as its field says: an object that nothing equals."""
    if value is None or isinstance(value, str):
        return (value or "").replace("\r\n", "\n")
    return object()


def said(model_admin, request, row):
    """Tell the editor that nothing was changed, unless a step was taken, which speaks for itself.

    A reason that was left out comes to the correction before; one that belongs to none stands on the page again.
    """
    if "_verb" in request.POST:
        return
    given = reasons.given(request.POST)
    if not given:
        model_admin.message_user(request, gettext("Nothing was changed, so no version was written."), messages.WARNING)
    elif reasons.is_asked_for(row) and explain(row, given, by=request.user):
        model_admin.message_user(request, gettext("Nothing else was changed: readers are told this of the correction before."))
    else:
        typed.keep(request, row, with_told=True)
        request.is_kept = True
        words = gettext(
            "Nothing was changed, and there is no correction of yours without a reason to which this could belong. Your words stand below again."
        )
        model_admin.message_user(request, words, messages.WARNING)


def ask_for_reason(model_admin, request, key):
    """Tell the editor, once a save is told of, that readers hear of a correction without a reason, which he may still write."""
    row = None if reasons.given(request.POST) else model_admin.model._base_manager.filter(pk=key).first()
    if row and reasons.is_asked_for(row) and is_unexplained(row, by=request.user):
        words = gettext(
            "Readers are told of this correction without a reason. Write one in its form, under “What readers are told about this change”, and"
            " save again: it is told with it."
        )
        model_admin.message_user(request, words, messages.WARNING)


def way_on(model_admin, request, row):
    """Where the button leads that was pressed, as after any other save; back to the page where words wait on it."""
    if "_continue" in request.POST or getattr(request, "is_kept", False):
        return HttpResponseRedirect(request.get_full_path())
    if "_addanother" in request.POST:
        return HttpResponseRedirect(reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_add"))
    return model_admin.response_post_save_change(request, row)
