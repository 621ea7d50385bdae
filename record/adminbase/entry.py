"""The admin of entries: one screen from the first word to publication."""

from django.conf import settings
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from record import confirmation, publishing
from record.adminbase.forms import EntryForm, without_shortcuts
from record.adminbase.reference import LANGS, FoldedSearch, VersionedAdmin, language_fieldsets
from record.adminbase.verbs import run_verb, verbs_for


class StateFilter(admin.SimpleListFilter):
    """State as an editor thinks of it, with scheduled apart from published."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return publishing.State.choices

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() else queryset


class TranslationFilter(admin.SimpleListFilter):
    """Entries that lack a language, or whose text in it no native editor has reviewed."""

    title = _("translation")
    parameter_name = "lacks"

    def lookups(self, request, model_admin):
        names = dict(settings.LANGUAGES)
        missing = [(f"no-{lang}", gettext("no text in %(language)s") % {"language": names[lang]}) for lang in LANGS]
        return missing + [(f"raw-{lang}", gettext("not reviewed: %(language)s") % {"language": names[lang]}) for lang in LANGS]

    def queryset(self, request, queryset):
        what, _sep, lang = (self.value() or "").partition("-")
        if lang not in LANGS:
            return queryset
        if what == "no":
            return queryset.filter(**{f"translation_{lang}__isnull": True})
        return queryset.filter(**{f"translation_{lang}": "machine"})


class PublishableAdmin(VersionedAdmin):
    """A page whose buttons are the verbs of publishing."""

    change_form_template = "admin/entry_change_form.html"
    actions = ("publish_selected", "submit_selected")

    def get_readonly_fields(self, request, obj=None):
        return ("code", "state_shown", *super().get_readonly_fields(request, obj))

    @admin.display(description=_("number"), ordering="number")
    def code(self, entry):
        return entry.code if entry.number else "–"

    @admin.display(description=_("state"), ordering="state")
    def state_shown(self, entry):
        label = gettext("scheduled") if entry.is_scheduled else entry.get_state_display()
        return format_html('<span class="state state-{}">{}</span>', entry.state, label)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["verbs"] = verbs_for(request.user, obj)
        context["reasons"] = publishing.reasons_against_publishing(obj) if obj and obj.state != "published" else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(self, request, obj, post_url_continue=None):
        self._run_verb(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        self._run_verb(request, obj)
        return super().response_change(request, obj)

    def _run_verb(self, request, obj):
        if verb := request.POST.get("_verb"):
            # Stay on the page: the editor sees the new state, or every reason why not.
            request.POST = request.POST.copy()
            request.POST["_continue"] = "1"
            for level, sentence in run_verb(verb, obj, request):
                self.message_user(request, sentence, level)

    @admin.action(description=_("Publish the selected entries"), permissions=["change"])
    def publish_selected(self, request, queryset):
        self._verb_on_all(request, queryset, "publish")

    @admin.action(description=_("Submit the selected entries for review"), permissions=["change"])
    def submit_selected(self, request, queryset):
        self._verb_on_all(request, queryset, "submit")

    def _verb_on_all(self, request, queryset, verb):
        for entry in queryset:
            for level, sentence in run_verb(verb, entry, request):
                self.message_user(request, f"{entry.code}: {sentence}", level)

    def has_delete_permission(self, request, obj=None):
        """Only what readers never saw may be deleted; the rest is withdrawn, and its address says so."""
        never_seen = obj is None or obj.publish_at is None and not obj.history.filter(publish_at__isnull=False).exists()
        return super().has_delete_permission(request, obj) and never_seen

    def get_actions(self, request):
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.refresh_derived(form.instance)

    def refresh_derived(self, entry):
        """Store anew what follows from the rows below the entry."""
        if hasattr(entry, "confirmation"):
            confirmation.refresh(entry)


class EntryAdmin(FoldedSearch, PublishableAdmin, TranslationAdmin):
    """An event, agreement or initiative. A kind adds `what`, `when` and `connections`."""

    form = EntryForm
    view_on_site = False
    texts = ("title", "summary", "body", "caveat", "translation")
    # How many lines a text usually has.
    lines = {"summary": 3, "body": 8, "caveat": 2, "result": 2, "editor_note": 2}
    what = ()
    when = ("date",)
    connections = ("topics", "pictures", "disagreements")
    search_fields = ("folded", "slug", "number")
    ordering = ("-sort_day", "-number")
    date_hierarchy = "date_from"
    list_select_related = True

    def get_list_display(self, request):
        return ("code", "titled", "date", "kind" if hasattr(self.model, "kind") else "form", "state_shown", "confirmation", "languages")

    def get_list_filter(self, request):
        return (StateFilter, TranslationFilter, "confirmation", *self.list_filter)

    def get_fieldsets(self, request, obj=None):
        return [
            (_("What it is"), {"fields": [("code", "state_shown"), *self.what, "slug", "version_token"]}),
            (_("When and where"), {"fields": list(self.when)}),
            *language_fieldsets(self.texts),
            (_("What it belongs to"), {"fields": list(self.connections)}),
            (
                _("For editors"),
                {"fields": ["original_language", "checked_on", "editor_note"], "classes": ["collapse"]},
            ),
        ]

    def get_autocomplete_fields(self, request):
        relations = [*self.model._meta.fields, *self.model._meta.many_to_many]
        return [f.name for f in relations if f.is_relation and f.related_model._meta.label != "contenttypes.ContentType"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = without_shortcuts(super().formfield_for_dbfield(db_field, request, **kwargs))
        stem = db_field.name.rpartition("_")[0] if db_field.name[-2:] in LANGS else db_field.name
        if field and stem in self.lines:
            field.widget.attrs["rows"] = self.lines[stem]
        return field

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ("title_en",)}

    @admin.display(description=_("title"), ordering="title_en")
    def titled(self, entry):
        return entry.any_title

    @admin.display(description=_("languages"))
    def languages(self, entry):
        marks = {"original": "●", "reviewed": "●", "machine": "○", "": "–"}
        shown = [f"{lang} {marks[entry.translation_mark(lang)]}" for lang in LANGS]
        return format_html(
            '<span class="languages" title="{}">{}</span>', gettext("● original or reviewed, ○ not reviewed, – missing"), "  ".join(shown)
        )

    def save_model(self, request, obj, form, change):
        self._mark_languages(obj)
        super().save_model(request, obj, form, change)

    def _mark_languages(self, entry):
        """A language that has a title has a mark; a language without one has none."""
        for lang in LANGS:
            has_text = bool(getattr(entry, f"title_{lang}"))
            mark = entry.translation_mark(lang)
            if not has_text:
                setattr(entry, f"translation_{lang}", None)
            elif lang == entry.original_language:
                setattr(entry, f"translation_{lang}", "original")
            elif mark in ("", "original"):
                setattr(entry, f"translation_{lang}", "reviewed")
