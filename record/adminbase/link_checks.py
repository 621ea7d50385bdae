"""The desk's page of a source's addresses: what they answered, and what an editor does about a dead one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from record.adminbase.forms import VersionedForm
from record.adminbase.pages import desk_page
from record.linkcheck import keeping
from record.models import Source


class ArchivedAddressForm(VersionedForm):
    """Where a copy of the page is kept."""

    class Meta:
        model = Source
        fields = ("archived_url",)


@desk_page("links", label=_("Its links"), fits=lambda model: model is Source)
def links(request, model_admin, source):
    """What the addresses answered; an archived address can be set, and a dead one called fine."""
    may_change = model_admin.has_change_permission(request, source)
    form = ArchivedAddressForm(request.POST if "archive" in request.POST else None, instance=source)
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        if said := _done(request, source, form):
            model_admin.message_user(request, said, messages.SUCCESS)
            return HttpResponseRedirect(request.path)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "original": source,
        "title": gettext("Links of %(source)s") % {"source": source.code},
        "checks": source.link_checks.all(),
        "form": form,
        "may_change": may_change,
    }
    return render(request, "admin/record/source/links.html", context)


def _done(request, source, form):
    """What a button has done, in words; '' where the form has something to say first."""
    if "fine" in request.POST:
        keeping.say_fine(source, by=request.user)
        return gettext("Noted: you have looked at it, and it is fine.")
    if form.is_valid():
        form.save()
        return gettext("The archived address is set.")
    return ""
