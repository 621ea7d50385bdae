"""One screen flow: the sections of a form as a table of contents, and short forms where a row is added from another one's page."""

from django.conf import settings
from django.contrib.admin.options import IS_POPUP_VAR
from django.utils.translation import gettext_lazy as _

LANGS = [code for code, _name in settings.LANGUAGES]


def is_popup(request):
    """Whether a form stands in the small window that “+” opens."""
    return IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST


def short_fieldsets(facts, texts):
    """What has to be known at once: a name in each language, and a few facts. Everything else waits on the row's own page."""
    names = [f"{name}_{lang}" for name in texts for lang in LANGS]
    return [(_("How it is called"), {"fields": names}), (_("What it is"), {"fields": [*facts, "original_language", "version_token"]})]


def sections(context):
    """(id of the heading, label) of every part of a change form, in its order."""
    fieldsets = [(f"fieldset-0-{at}-heading", part.name) for at, part in enumerate(context["adminform"]) if part.name]
    inlines = [(f"{part.formset.prefix}-heading", part.opts.verbose_name_plural) for part in context["inline_admin_formsets"]]
    told = [("told", _("What readers are told"))] if context.get("told") else []
    return [*fieldsets, *inlines, *told]
