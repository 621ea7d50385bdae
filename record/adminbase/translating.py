"""Translations in the lists of the desk: a filter by language and status, and a column that shows all of them."""

from django.conf import settings
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from record import translations
from record.translations.passages import long_names_of
from record.translations.rule import LONG, WORK, Status

LANGS = [code for code, _name in settings.LANGUAGES]
SIGNS = {Status.ORIGINAL: "●", Status.REVIEWED: "●", Status.MACHINE: "○", Status.OUTDATED: "↻", Status.MISSING: "–"}


class TranslationFilter(admin.SimpleListFilter):
    """Rows whose texts in a language are missing, not reviewed, reviewed, older than the original, or not all there."""

    title = _("translation")
    parameter_name = "translation"

    def lookups(self, request, model_admin):
        said = WORK | {Status.REVIEWED.value: Status.REVIEWED.label}
        statuses = [status for status in said if status != LONG or long_names_of(model_admin.model)]
        return [(f"{lang}-{status}", f"{name}: {said[status]}") for lang, name in settings.LANGUAGES for status in statuses]

    def queryset(self, request, queryset):
        lang, _sep, status = (self.value() or "").partition("-")
        if lang not in LANGS or status not in (*WORK, *Status.values):
            return queryset
        waits = status in WORK
        return queryset.filter(translations.waiting(queryset.model, lang, status) if waits else translations.condition(lang, status))


def languages_shown(entry):
    """Every language with the sign of its status."""
    status = {lang: translations.status_of(entry.translation_mark(lang), is_outdated=entry.is_outdated(lang)) for lang in LANGS}
    shown = "  ".join(f"{lang}\u00a0{SIGNS[status[lang]]}" for lang in LANGS)
    legend = gettext("● original or reviewed, ○ not reviewed, ↻ older than the original, – missing")
    return format_html('<span class="languages" title="{}">{}</span>', legend, shown)
