"""The desk's page of previews: the entry in each language, new links, and those that are open."""

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from record import previews, roles
from record.adminbase.pages import desk_page
from record.models import PreviewLink
from record.publishing import Refused


def may(user, entry):
    """Who sees an unpublished entry on the desk, and writes or edits, may show it to others."""
    return roles.is_author(user) and entry.is_unpublished


@desk_page("preview", label=_("Preview"), may=may, fits=previews.fits)
@require_http_methods(["GET", "HEAD", "POST"])
def preview_page(request, model_admin, entry):
    """Shows the preview in every language, makes links and takes them back."""
    if request.method == "POST" and "revoke" in request.POST:
        _revoke(request, entry)
        return redirect(request.path)
    address = _new_address(request, entry) if request.method == "POST" else ""
    page = reverse(admin_urlname(model_admin.opts, "preview-page"), args=[entry.pk])
    context = {
        **model_admin.admin_site.each_context(request),
        "title": gettext("Preview of %(code)s") % {"code": entry.code},
        "opts": model_admin.opts,
        "entry": entry,
        "pages": [(code, name, f"{page}?lang={code}") for code, name in settings.LANGUAGES],
        "lifetimes": [(hours, lifetime(hours)) for hours in settings.PREVIEW_HOURS],
        "links": PreviewLink.objects.of(entry).working().select_related("made_by"),
        "address": address,
    }
    return TemplateResponse(request, "admin/preview.html", context)


def _new_address(request, entry):
    """Make a link and return its address, which is shown this once; '' with every reason where it is refused."""
    hours = {str(offered): offered for offered in settings.PREVIEW_HOURS}.get(request.POST.get("hours"), 0)
    try:
        _link, token = previews.make(entry, by=request.user, hours=hours)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
        return ""
    return request.build_absolute_uri(reverse("preview-door", kwargs={"token": token}))


def _revoke(request, entry):
    link = {str(link.pk): link for link in PreviewLink.objects.of(entry).working()}.get(request.POST["revoke"])
    if link:
        previews.revoke(link, by=request.user)
        messages.success(request, gettext("Taken back: the address opens nothing any more."))


def lifetime(hours):
    """A number of hours in words: 1 hour, 7 days."""
    if hours % 24:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return ngettext("%(n)s day", "%(n)s days", hours // 24) % {"n": hours // 24}
