"""One step with many entries: a page that names each with every reason against it, and does all or nothing."""

from django.contrib import messages
from django.contrib.admin import helpers
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from record.adminbase import reasons as reasons_told
from record.adminbase.verbs import said_with, zone
from record.together import MOST, NotTogether, reasons_against_each, together

TITLES = {
    "submit": gettext_lazy("Submit for review"),
    "publish": gettext_lazy("Publish"),
    "schedule": gettext_lazy("Schedule for a moment"),
    "withdraw": gettext_lazy("Withdraw"),
}
NEEDS = {"schedule": "moment", "withdraw": "reason"}


def page(model_admin, request, queryset, verb):
    """The page between an action and what it does; None, the way back to the list, once it is done."""
    entries = list(queryset[: MOST + 1])
    if len(entries) > MOST:
        said = _("At most %(most)s entries at once: choose fewer.") % {"most": MOST}
        return model_admin.message_user(request, said, messages.ERROR)
    reasons = reasons_against_each(verb, entries, by=request.user)
    if "_confirmed" in request.POST:
        try:
            together(verb, entries, by=request.user, **said_with(verb, request.POST))
        except NotTogether as refused:
            reasons, entries = refused.reasons, list(queryset.all())
            model_admin.message_user(request, _("Nothing was done: what stands against it is named below."), messages.ERROR)
        else:
            model_admin.message_user(request, _done(len(entries)), messages.SUCCESS)
            return model_admin.warn_after(request, verb, entries)
    return TemplateResponse(request, "admin/verb_on_many.html", _context(model_admin, request, entries, reasons, verb))


def _done(count):
    return ngettext("Done with %(count)s entry.", "Done with all %(count)s entries.", count) % {"count": count}


def _context(model_admin, request, entries, reasons, verb):
    return {
        **model_admin.admin_site.each_context(request),
        "title": TITLES[verb],
        "opts": model_admin.opts,
        "lines": [(entry, model_admin.state_shown(entry), reasons.get(entry.pk, [])) for entry in entries],
        "refused": len(reasons),
        "needs": NEEDS.get(verb, ""),
        "zone": zone(),
        "action": f"{verb}_selected",
        "box": helpers.ACTION_CHECKBOX_NAME,
        "moment": request.POST.get("_moment", ""),
        "why": reasons_told.asked(request.POST, reasons_told.WITHDRAWAL),
    }
