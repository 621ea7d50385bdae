"""The admin of reference rows: names in every language, sources, disagreements."""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin
from simple_history.admin import SimpleHistoryAdmin

from record import search
from record.adminbase.forms import VersionedForm
from record.folding import fold
from record.models import StaleObject

VERBS_IN_WORDS = {
    "shipped record": _("added with the shipped record"),
    "import": _("added with an import"),
    "submit": _("submitted for review"),
    "publish": _("published"),
    "schedule": _("scheduled"),
    "withdraw": _("withdrawn"),
    "restore": _("back in draft"),
}
LANGS = [code for code, _name in settings.LANGUAGES]


class FoldedSearch:
    """Search that finds any spelling: the stored and the typed text go through one folding."""

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, fold(search_term))


class VersionedAdmin(SimpleHistoryAdmin):
    """A page that refuses lost updates and keeps every version."""

    form = VersionedForm
    history_list_display = ("what_was_done",)
    save_on_top = True
    list_per_page = 50

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        first, options = fieldsets[0]
        if "version_token" not in options["fields"]:
            fieldsets = [(first, {**options, "fields": [*options["fields"], "version_token"]}), *fieldsets[1:]]
        return fieldsets

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except StaleObject:
            # Overtaken between the check and the save: asked again, the form refuses and shows what was typed.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request, form, formsets, change):
        """The search follows the rows below too."""
        super().save_related(request, form, formsets, change)
        search.follow(form.instance)

    def delete_queryset(self, request, queryset):
        """One by one: each leaves the search as well."""
        for row in queryset:
            row.delete()

    @admin.display(description=_("what was done"))
    def what_was_done(self, version):
        """The verb of a version in words; '–' for a plain edit."""
        return VERBS_IN_WORDS.get(version.history_change_reason, version.history_change_reason or "–")

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """An old version is looked at; saving it as it stands would set the state past the verbs of publishing."""
        if request.method != "GET":
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)


def language_fieldsets(names, *, first_open=("en",)):
    """One fieldset per language, with the same fields in each."""
    own = {"en": _("Texts in English"), "az": _("Texts in Azerbaijani"), "uz": _("Texts in Uzbek"), "ru": _("Texts in Russian")}
    return [
        (own[lang], {"fields": [f"{name}_{lang}" for name in names], "classes": [] if lang in first_open else ["collapse"]})
        for lang in LANGS
    ]


class ReferenceAdmin(FoldedSearch, VersionedAdmin, TranslationAdmin):
    """A topic, person, organisation, place or series."""

    texts = ("name", "description", "translation")
    facts = ("slug", "other_spellings")
    list_display = ("name", "slug", "missing_languages")
    search_fields = ("folded", "slug")
    ordering = ("slug",)

    def get_fieldsets(self, request, obj=None):
        fields = [*self.facts, "original_language", "version_token"]
        return [(None, {"fields": fields}), *language_fieldsets(self.texts, first_open=LANGS)]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ("name_en",)}

    @admin.display(description=_("languages missing"))
    def missing_languages(self, row):
        return ", ".join(lang for lang in LANGS if not getattr(row, f"name_{lang}")) or "–"
