"""Translations in the lists of the desk: a filter by language and status, and a column that shows all of them."""

from django.conf import settings
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from record import translations
from record.translations.rule import OPEN, Status

LANGS = [code for code, _name in settings.LANGUAGES]
SIGNS = {Status.ORIGINAL: "●", Status.REVIEWED: "●", Status.MACHINE: "○", Status.OUTDATED: "↻", Status.MISSING: "–"}


class TranslationFilter(admin.SimpleListFilter):
    """Rows whose texts in a language are missing, not reviewed, reviewed, or older than the original."""

    title = _("translation")
    parameter_name = "translation"

    def lookups(self, request, model_admin):
        statuses = [*OPEN, Status.REVIEWED]
        return [(f"{lang}-{status}", f"{name}: {status.label}") for lang, name in settings.LANGUAGES for status in statuses]

    def queryset(self, request, queryset):
        lang, _sep, status = (self.value() or "").partition("-")
        if lang not in LANGS or status not in Status.values:
            return queryset
        waits = status in OPEN
        return queryset.filter(translations.waiting(queryset.model, lang, status) if waits else translations.condition(lang, status))


def languages_shown(entry):
    """Every language with the sign of its status."""
    status = {lang: translations.status_of(entry.translation_mark(lang), is_outdated=entry.is_outdated(lang)) for lang in LANGS}
    shown = "  ".join(f"{lang}\u00a0{SIGNS[status[lang]]}" for lang in LANGS)
    legend = gettext("● original or reviewed, ○ not reviewed, ↻ older than the original, – missing")
    return format_html('<span class="languages" title="{}">{}</span>', legend, shown)
