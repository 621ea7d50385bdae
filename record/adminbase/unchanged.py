"""Whether what was sent with a form changes anything: a save that changes nothing writes no version, and the desk says so."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

# Which version the editor has read: no part of what he wrote.
NO_CONTENT = {"version_token", "seen_revision", "documents_opened"}


def is_changed(form):
    """Whether a valid form says anything else than what it began with. Browsers send other line ends than those that are stored."""
    return any(
        _plain(form.get_initial_for_field(form.fields[name], name)) != _plain(form.cleaned_data.get(name)) for name in _differing(form)
    )


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


def said(model_admin, request):
    """Tell the editor that nothing was changed, unless a step was taken, which speaks for itself."""
    if "_verb" not in request.POST:
        model_admin.message_user(request, gettext("Nothing was changed, so no version was written."))


def way_on(model_admin, request, row):
    """Where the button leads that was pressed, as after any other save."""
    if "_continue" in request.POST:
        return HttpResponseRedirect(request.get_full_path())
    if "_addanother" in request.POST:
        return HttpResponseRedirect(reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_add"))
    return model_admin.response_post_save_change(request, row)
