"""The admin of entries: one screen from the first word to publication."""

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from record import confirmation, publishing, rights
from record.adminbase import days, doubles, flow, former_date, many, reasons, typed
from record.adminbase.forms import EntryForm, without_shortcuts
from record.adminbase.markdown import MarkdownWidget, preview_address, preview_url
from record.adminbase.picture import pictures_of
from record.adminbase.reference import LANGS, FoldedSearch, VersionedAdmin, language_fieldsets
from record.adminbase.translating import languages_shown
from record.adminbase.verbs import moment_in_words, run_verb, saved_as, verbs_for, zone
from record.models import StaleObject
from record.publishing import PublicQuerySet
from record.sourcefigures import MARKDOWN


class StateFilter(admin.SimpleListFilter):
    """State as an editor thinks of it, with scheduled apart from published."""

    title = _("state")
    parameter_name = "state"
    chosen = {
        "draft": PublicQuerySet.drafts,
        "in-review": PublicQuerySet.in_review,
        "scheduled": PublicQuerySet.scheduled,
        "published": PublicQuerySet.public,
        "withdrawn": PublicQuerySet.withdrawn,
    }

    def lookups(self, request, model_admin):
        known = dict(publishing.State.choices)
        return [(name, known.get(name, _("scheduled"))) for name in self.chosen]

    def queryset(self, request, queryset):
        return self.chosen[self.value()](queryset) if self.value() in self.chosen else queryset


class PublishableAdmin(VersionedAdmin):
    """A page whose buttons are the verbs of publishing."""

    change_form_template = "admin/entry_change_form.html"
    # The verbs and the buttons to save stand at the foot of the window all the time.
    save_on_top = False
    actions = ("submit_selected", "publish_selected", "schedule_selected", "withdraw_selected")

    def get_readonly_fields(self, request, obj=None):
        return ("code", "state_shown", *super().get_readonly_fields(request, obj))

    @admin.display(description=_("number"), ordering="number")
    def code(self, entry):
        return entry.code if entry.number else "–"

    @admin.display(description=_("state"), ordering="state")
    def state_shown(self, entry):
        if entry.is_scheduled:
            label = gettext("scheduled for %(moment)s") % {"moment": moment_in_words(entry.publish_at)}
            return format_html('<span class="state state-scheduled">{}</span>', label)
        return format_html('<span class="state state-{}">{}</span>', entry.state, entry.get_state_display())

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Whoever may only read what is public is told so, and where: the form and its notes are the desk's."""
        entry = self.get_object(request, unquote(object_id))
        may_read = request.method == "GET" and entry and entry.is_public() and self.has_view_permission(request)
        if may_read and not self.has_view_permission(request, entry):
            return self._read_elsewhere(request, entry)
        return super().change_view(request, object_id, form_url, extra_context)

    def _read_elsewhere(self, request, entry):
        shown = {**self.admin_site.each_context(request), "opts": self.opts, "original": entry, "entry": entry, "title": str(entry)}
        return TemplateResponse(request, "admin/read_only.html", shown | {"why": rights.why_not_changed(request.user, entry)})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        # What a step lacks is of use to whoever may take it.
        asked = obj is not None and (obj.is_draft or obj.is_in_review) and rights.may_change(request.user, obj)
        context["verbs"], context["zone"] = verbs_for(request.user, obj), zone()
        context["reasons"] = publishing.reasons_against_publishing(obj) if asked else []
        boxes = typed.shown(request, obj)
        context["typed"] = {"verb": boxes.get("_verb", ""), "moment": boxes.get("_moment", ""), "note": boxes.get("_note", "")}
        context["told"] = reasons.asked(boxes) if obj and obj.is_public() and rights.may_change(request.user, obj) else []
        context["why"] = reasons.asked(boxes, reasons.WITHDRAWAL)
        context["note"] = publishing.note_to_author(obj) if obj else ""
        context["state_shown"] = self.state_shown(obj) if obj else ""
        context["sections"] = flow.sections(context)
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
            level, said = run_verb(verb, obj, request)
            if level == messages.ERROR:
                is_unchanged = getattr(request, "unchanged", False)
                typed.keep(request, obj, with_told=is_unchanged)
                said = said if is_unchanged else f"{saved_as(obj)} {said}"
            self.message_user(request, said, level)
            request.is_refused = level == messages.ERROR
            self.warn_after(request, verb, [obj])

    def message_user(self, request, message, level=messages.INFO, extra_tags="", fail_silently=False):
        """Django's own word of success is left out where a step was refused: what was saved is said with the reasons."""
        if not (level == messages.SUCCESS and getattr(request, "is_refused", False)):
            super().message_user(request, message, level, extra_tags, fail_silently)

    def warn_after(self, request, verb, entries):
        """Tell the editor what a step with one or many entries leaves to be done; a kind tells its own."""

    @admin.action(description=_("Submit the selected entries for review"), permissions=["submit"])
    def submit_selected(self, request, queryset):
        return many.page(self, request, queryset, "submit")

    @admin.action(description=_("Publish the selected entries"), permissions=["publish"])
    def publish_selected(self, request, queryset):
        return many.page(self, request, queryset, "publish")

    @admin.action(description=_("Schedule the selected entries"), permissions=["publish"])
    def schedule_selected(self, request, queryset):
        return many.page(self, request, queryset, "schedule")

    @admin.action(description=_("Withdraw the selected entries"), permissions=["publish"])
    def withdraw_selected(self, request, queryset):
        return many.page(self, request, queryset, "withdraw")

    def has_submit_permission(self, request):
        return self.has_change_permission(request) and rights.may_take_step("submit", request.user)

    def has_publish_permission(self, request):
        return self.has_change_permission(request) and rights.may_take_step("publish", request.user)

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
    texts = ("title", "summary", "body", "caveat")
    # How many lines a text usually has.
    lines = {"summary": 3, "body": 8, "caveat": 2, "result": 2, "editor_note": 2}
    what = ()
    when = ("date",)
    connections = ("topics", "pictures", "disagreements")
    # What is asked where an entry is added from another one's page; the rest is written on its own.
    at_first = ("date",)
    actions = ("checked_today", *PublishableAdmin.actions)
    search_fields = ("folded", "slug", "number")
    ordering = ("-sort_day", "-number")
    date_hierarchy = "date_from"
    list_select_related = True

    def get_list_display(self, request):
        form = "kind" if hasattr(self.model, "kind") else "form"
        return days.in_words(self.model, ("code", "titled", "date", form, "state_shown", "confirmation", "languages"))

    def get_list_filter(self, request):
        waiting, *own = super().get_list_filter(request)
        return (waiting, StateFilter, "confirmation", *own)

    def get_urls(self):
        return [doubles.hint_url(self), preview_url(self), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["doubles"] = doubles.shown_on_form(self, request, obj)
        context["pictures"] = pictures_of(self, request, obj) if obj and not flow.is_popup(request) else []
        context["doubles_hint"] = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_doubles_hint")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_changeform_initial_data(self, request):
        return {"original_language": (get_language() or settings.LANGUAGE_CODE)[:2], **super().get_changeform_initial_data(request)}

    def get_inlines(self, request, obj):
        return () if flow.is_popup(request) else super().get_inlines(request, obj)

    def get_fieldsets(self, request, obj=None):
        if flow.is_popup(request):
            return flow.short_fieldsets([*self.at_first, "slug"], ("title",))
        return [
            (_("What it is"), {"fields": [("code", "state_shown"), *self.what, "slug", "version_token"]}),
            (_("When and where"), {"fields": list(self.when)}),
            *language_fieldsets(self.texts, entry=obj),
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
        if field and stem in MARKDOWN:
            field.widget = MarkdownWidget(field.widget.attrs, preview_address(self))
            field.help_text = _("Markdown. Optional. “Cite” sets the figure of a source behind the statement that rests on it.")
        return field

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ("title_en",)}

    @admin.display(description=_("title"), ordering="title_en")
    def titled(self, entry):
        return entry.any_title

    @admin.display(description=_("languages"))
    def languages(self, entry):
        return languages_shown(entry)

    @admin.action(description=_("Checked today: compared with the sources"), permissions=["change"])
    def checked_today(self, request, queryset):
        checked, overtaken = 0, []
        for entry in [entry for entry in queryset if self.has_change_permission(request, entry)]:
            entry.checked_on = timezone.localdate()
            try:
                entry.save()
                checked += 1
            except StaleObject:
                overtaken.append(entry.code)
        said = ngettext("%(count)d entry was checked today.", "%(count)d entries were checked today.", checked)
        self.message_user(request, said % {"count": checked})
        if overtaken:
            said = gettext("Somebody else saved these meanwhile, so they were not called checked; look at them again: %(entries)s.")
            self.message_user(request, said % {"entries": ", ".join(overtaken)}, messages.WARNING)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        doubles.warn(self, request, form, formsets)
        if change:
            former_date.warn(self, request, form)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        for sentence in getattr(form, "taken_away", ()):
            self.message_user(request, sentence, messages.WARNING)
