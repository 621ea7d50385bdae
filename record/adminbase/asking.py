"""The desk's page of one entry's requests for confirmation: new ones, and what has become of the others."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from record import asking, previews, roles
from record.adminbase.pages import desk_page
from record.models import ConfirmationRequest
from record.pair import side_name
from record.publishing import Refused, State


def may(user, entry):
    """Editors ask, about anything that was not withdrawn."""
    return roles.is_editor(user) and entry.state != State.WITHDRAWN


class AskForm(forms.ModelForm):
    """Whom to ask, and in which language."""

    class Meta:
        model = ConfirmationRequest
        fields = ("side", "asked", "language")
        widgets = {"asked": forms.TextInput(attrs={"class": "vTextField"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = [("", "–"), *((side, side_name(side)) for side, _label in ConfirmationRequest.SIDES)]
        self.fields["language"].choices = [("", "–"), *settings.LANGUAGES]


@desk_page("ask", label=_("Ask for confirmation"), may=may, fits=previews.fits)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_page(request, model_admin, entry):
    """Makes requests about an entry, shows all there were, and takes them back."""
    if request.method == "POST" and "revoke" in request.POST:
        _revoke(request, entry)
        return redirect(request.path)
    form = AskForm(request.POST if request.method == "POST" else None)
    address = _new_address(request, entry, form) if request.method == "POST" and form.is_valid() else ""
    days = settings.CONFIRMATION_DAYS
    context = {
        **model_admin.admin_site.each_context(request),
        "title": gettext("Ask for confirmation of %(code)s") % {"code": entry.code},
        "opts": model_admin.opts,
        "entry": entry,
        "form": AskForm() if address else form,
        "days": ngettext("%(n)s day", "%(n)s days", days) % {"n": days},
        "requests": ConfirmationRequest.objects.of(entry).select_related("made_by"),
        "address": address,
    }
    return TemplateResponse(request, "admin/ask.html", context)


def _new_address(request, entry, form):
    """Make a request and return its address, which is shown this once; '' with every reason where it is refused."""
    try:
        _row, token = asking.ask(entry, by=request.user, **form.cleaned_data)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
        return ""
    return request.build_absolute_uri(reverse("confirm", kwargs={"token": token}))


def _revoke(request, entry):
    row = {str(row.pk): row for row in ConfirmationRequest.objects.of(entry)}.get(request.POST["revoke"])
    if row is None:
        return
    try:
        asking.revoke(row, by=request.user)
        messages.success(request, gettext("Taken back: the address opens nothing any more."))
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
