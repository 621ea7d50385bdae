"""The admin of reference rows: names in every language, sources, disagreements."""

import re
import uuid

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from record import history, queues, rights, search, translations
from record.adminbase import days, flow, merging, presence, reasons, reviewing, typed, unchanged
from record.adminbase.actions import actions_for
from record.adminbase.forms import VersionedForm, with_names_of_states, with_own_capital
from record.adminbase.own import OwnRows
from record.adminbase.pages import links_for, opens, urls_for
from record.adminbase.storing import CANNOT_STORE, is_of_storing, not_stored, refusing
from record.adminbase.translating import TranslationFilter, languages_shown
from record.adminbase.waiting import QueueFilter
from record.folding import fold
from record.models import StaleObject, Submission

LANGS = [code for code, _name in settings.LANGUAGES]


class FoldedSearch:
    """Search that finds any spelling: the stored and the typed text go through one folding."""

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, fold(search_term))


class VersionedAdmin(OwnRows, admin.ModelAdmin):
    """A page that refuses lost updates, keeps every version, and shows and changes only what its reader may."""

    form = VersionedForm
    change_form_template = "admin/versioned_change_form.html"
    save_on_top = True
    list_per_page = 50
    formfield_overrides = days.TYPED_DAYS

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        first, options = fieldsets[0]
        if "version_token" not in options["fields"]:
            fieldsets = [(first, {**options, "fields": [*options["fields"], "version_token"]}), *fieldsets[1:]]
        return fieldsets

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return with_names_of_states(with_own_capital(super().formfield_for_dbfield(db_field, request, **kwargs), db_field))

    def get_search_results(self, request, queryset, search_term):
        """E86 is exactly that row, in lists and in pickers: everything else calls it so."""
        found = re.fullmatch(rf"{getattr(self.model, 'LETTER', '$')}([0-9]{{1,9}})", search_term.strip(), re.IGNORECASE | re.ASCII)
        if found:
            return queryset.filter(number=int(found[1])), False
        return super().get_search_results(request, queryset, search_term)

    def get_list_display(self, request):
        return days.in_words(self.model, super().get_list_display(request))

    def get_actions(self, request):
        """Beside the model's own actions, those of the desk that fit its rows and the person."""
        return super().get_actions(request) | actions_for(self, request)

    def get_urls(self):
        return urls_for(self) + super().get_urls()

    def history_view(self, request, object_id, extra_context=None):
        """There is one history: that of versions."""
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_versions", args=[unquote(object_id)]))

    def get_list_filter(self, request):
        """First what waits, where something of this kind can; last how its translations stand."""
        own = super().get_list_filter(request)
        own = (*own, TranslationFilter) if hasattr(self.model, "outdated_languages") else own
        return (QueueFilter, *own) if queues.waiting_for(self.model) else own

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["desk_pages"] = links_for(self, request.user, obj) if obj else []
        context["hides_history"] = bool(obj) and not opens("versions", self.model, request.user, obj)
        if "told" not in context:
            asked = obj is not None and reasons.is_asked_for(obj) and self.has_change_permission(request, obj)
            context["told"] = reasons.asked(typed.shown(request, obj)) if asked else []
        context["why_read_only"] = rights.why_not_changed(request.user, obj) if obj else ""
        context["merge"] = getattr(request, "merge", None)
        context["others"] = presence.heard_of(request.user, obj) if obj else []
        context["once"] = request.POST.get("_once") or str(uuid.uuid4())
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        # Without an address of its own a form is sent to that of the page, and the next page opens at the part at which this one did.
        form_url = form_url or request.get_full_path()
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if object_id is None and (made := self._made_before(request)):
            return made
        try:
            return self._save_as_one_version(request, object_id, form_url, extra_context)
        except StaleObject:
            # Overtaken between the check and the save: asked again, what both changed is put together, or shown.
            return self._save_as_one_version(request, object_id, form_url, extra_context)
        except IntegrityError:
            if object_id is None and (made := self._made_before(request)):
                return made
            raise
        except CANNOT_STORE as error:
            if not is_of_storing(error):
                raise
            not_stored(request, error)
            # Past the transaction, which could not begin: this time the form refuses, so nothing is written.
            return self._changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        return refusing(super().get_form(request, obj, change=change, **kwargs), request)

    def _save_as_one_version(self, request, object_id, form_url, extra_context):
        with history.version(by=request.user, reasons=reasons.given(request.POST)):
            # Within the transaction: whoever saves at the same instant waits here, and then meets what was saved before.
            request.merge = merging.merge(self, request, object_id) if object_id else None
            answer = super().changeform_view(request, object_id, form_url, extra_context)
        if object_id and answer.status_code == 302:
            if request.merge and request.merge.is_settled:
                for sentence in merging.told(request.merge):
                    self.message_user(request, sentence, messages.INFO)
            if not getattr(request, "unchanged", False):
                unchanged.ask_for_reason(self, request, object_id)
        return answer

    def _made_before(self, request):
        """A form that is sent twice leads to the row that it made."""
        key = Submission.made_by(request.POST.get("_once", ""), self.model)
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[key])) if key else None

    def response_add(self, request, obj, post_url_continue=None):
        if once := request.POST.get("_once", "")[:36]:
            Submission.keep(once, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        if not getattr(request, "unchanged", False) or flow.is_popup(request):
            return super().response_change(request, obj)
        unchanged.said(self, request, obj)
        return unchanged.way_on(self, request, obj)

    def construct_change_message(self, request, form, formsets, add=False):
        return [] if getattr(request, "unchanged", False) else super().construct_change_message(request, form, formsets, add)

    def log_change(self, request, obj, message):
        if message:
            super().log_change(request, obj, message)

    def save_model(self, request, obj, form, change):
        """What the boxes say of the translations is stored with the texts. What readers see as before waits for the rows below."""
        if change and not unchanged.is_changed_for_readers(form):
            return
        if hasattr(obj, "outdated_languages"):
            for lang in form.unreviewed:
                setattr(obj, f"translation_{lang}", "machine")
            request.seen_original = reviewing.seen_with(form, getattr(request, "merge", None))
            for lang in reviewing.reviewed_in(form):
                translations.review(obj, lang, seen=request.seen_original)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """The search and the state of the translations follow the rows below too."""
        if change and not unchanged.is_changed_for_readers(form):
            if unchanged.are_changed(formsets):
                super().save_model(request, form.instance, form, change)
            elif names := unchanged.for_editors(form):
                form.instance.save(update_fields=names)
            else:
                request.unchanged = True
                return
        super().save_related(request, form, formsets, change)
        if hasattr(form.instance, "outdated_languages"):
            seen = getattr(request, "seen_original", {})
            translations.refresh(form.instance, reviewed=reviewing.reviewed_in(form), seen=seen)
            for sentence in reviewing.told(form):
                self.message_user(request, sentence, messages.WARNING)
        search.follow(form.instance)

    def delete_queryset(self, request, queryset):
        """One by one: each leaves the search as well."""
        for row in queryset:
            row.delete()


def language_fieldsets(names, *, first_open=(), entry=None):
    """One fieldset per language, with the same fields in each; the one that is written first is open.

    The fieldset of a language of a translated `entry` says where its texts stand, and has the box to call them reviewed.
    """
    own = {"en": _("Texts in English"), "az": _("Texts in Azerbaijani"), "uz": _("Texts in Uzbek"), "ru": _("Texts in Russian")}
    fieldsets, first_open = [], first_open or [entry.original_language if entry else get_language()]
    for lang in LANGS:
        fields = [f"{name}_{lang}" for name in names]
        options = {"fields": fields, "classes": [] if lang in first_open else ["collapse"]}
        name = own[lang]
        if entry is not None:
            name, options = _with_state(name, options, entry, lang)
        fieldsets.append((name, options))
    return fieldsets


def _with_state(name, options, entry, lang):
    """The status in the heading, where it is read while the texts are folded; what is outdated is open."""
    state = translations.state_of(entry, lang)
    box = [] if lang == entry.original_language else [f"reviewed_{lang}"]
    classes = [] if state.status == translations.Status.OUTDATED else options["classes"]
    # Where the sentence only repeats the heading, once is enough.
    sentence = "" if state.sentence == state.status.label else state.sentence
    said = {"fields": [*options["fields"], *box], "classes": classes, "description": sentence}
    return format_lazy("{} · {}", name, state.status.label), said


class ReferenceAdmin(FoldedSearch, VersionedAdmin, TranslationAdmin):
    """A topic, person, organisation, place or series."""

    texts = ("name", "description")
    facts = ("slug", "other_spellings")
    # What is asked where a row is added from an entry's page.
    at_first = ()
    list_display = ("name", "slug", "languages")
    search_fields = ("folded", "slug")
    ordering = ("slug",)

    def get_fieldsets(self, request, obj=None):
        if flow.is_popup(request):
            return flow.short_fieldsets([*self.at_first, "slug"], ("name",))
        fields = [*self.facts, "original_language", "version_token"]
        return [(None, {"fields": fields}), *language_fieldsets(self.texts, first_open=LANGS, entry=obj)]

    def get_inlines(self, request, obj):
        return () if flow.is_popup(request) else super().get_inlines(request, obj)

    def get_changeform_initial_data(self, request):
        return {"original_language": (get_language() or settings.LANGUAGE_CODE)[:2], **super().get_changeform_initial_data(request)}

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ("name_en",)}

    @admin.display(description=_("languages"))
    def languages(self, row):
        return languages_shown(row)
