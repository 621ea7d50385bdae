"""The admin of agreements, initiatives and trade."""

from django.contrib import admin, messages
from django.forms import BaseInlineFormSet
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from cooperation import documents as _documents  # noqa: F401  (registers the form of events)
from cooperation import models
from cooperation.contradictions import contradictions_of
from cooperation.derived import refresh_agreement
from cooperation.imports.desk import TradeImportAdmin
from cooperation.models.commitment import refresh_score
from cooperation.status import Status
from record.adminbase import BlockInline, CitationInline, EntryAdmin, KeepsOneFormSet, PublishableAdmin, RowInline, kept_rows
from record.adminbase.entry import StateFilter
from record.adminbase.flow import is_popup
from record.adminbase.reference import FoldedSearch, language_fieldsets


class ActionInline(BlockInline):
    model = models.AgreementAction
    fields = (("kind", "side", "date", "effective"), ("place", "sources"), ("note_en", "note_az"), ("note_uz", "note_ru"))


class PartyInline(BlockInline):
    model = models.Party
    formset = KeepsOneFormSet
    fields = (("country", "organisation"), ("name_en", "name_az", "name_uz", "name_ru"))


class SignatoryInline(RowInline):
    model = models.Signatory
    fields = ("person", "office", "organisation")


class RelationInline(RowInline):
    model = models.AgreementRelation
    fk_name = "agreement"
    fields = ("kind", "other")


class ReferenceInline(RowInline):
    model = models.AgreementReference


class TextInline(RowInline):
    model = models.AgreementText
    fields = ("language", "official", "url", "file", "kept")
    readonly_fields = ("kept",)

    @admin.display(description=_("what is stored"))
    def kept(self, text):
        """Where the file is, with its size and checksum, for the editor to compare."""
        if not text.file or not text.file._committed:
            return "–"
        told = (text.get_absolute_url(), filesizeformat(text.size), text.checksum)
        return format_html('<a href="{}">PDF, {}</a><br><code class="checksum">{}</code>', *told)


class AgreementCitationInline(CitationInline):
    model = models.AgreementCitation


class StatusFilter(admin.SimpleListFilter):
    """The status of today, by the published rule."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return Status.choices

    def queryset(self, request, queryset):
        if self.value() not in Status.values:
            return queryset
        return queryset.filter(pk__in=models.Agreement.objects.as_of().filter(phase__status=self.value()).values("pk"))


@admin.register(models.Agreement)
class AgreementAdmin(EntryAdmin):
    what = (("form", "binding", "level"), ("package", "documents"))
    at_first = (("form", "level", "binding"), "date")
    # The date follows from the step “signed” wherever one has a date.
    when = ("date", "signed_at", "status_shown")
    connections = ("events", "topics", "disagreements", "pictures")
    list_filter = (StatusFilter, "form", "binding", "level", "topics")
    inlines = (
        AgreementCitationInline,
        ActionInline,
        PartyInline,
        SignatoryInline,
        RelationInline,
        ReferenceInline,
        TextInline,
    )

    def get_fieldsets(self, request, obj=None):
        clauses = [
            "entry_into_force",
            "entry_into_force_clause",
            "duration",
            "stated_end",
            "renewal",
            "renewal_period",
            "notice_period",
            "text_languages",
            "prevailing_language",
        ]
        fieldsets = super().get_fieldsets(request, obj)
        if is_popup(request):
            return fieldsets
        return [*fieldsets[:2], (_("What its clauses say"), {"fields": clauses, "classes": ["collapse"]}), *fieldsets[2:]]

    def get_readonly_fields(self, request, obj=None):
        return ("status_shown", *super().get_readonly_fields(request, obj))

    @admin.display(description=_("status, computed from the steps"))
    def status_shown(self, agreement):
        """With what is wrong with the steps, for as long as it is."""
        if not agreement.pk:
            return "–"
        wrong = format_html_join("", '<li class="contradiction">{}</li>', ((sentence,) for sentence in contradictions_of(agreement)))
        return format_html("{}<ul>{}</ul>", agreement.get_status_display(), wrong) if wrong else agreement.get_status_display()

    def refresh_derived(self, entry):
        super().refresh_derived(entry)
        refresh_agreement(entry)

    def save_related(self, request, form, formsets, change):
        """Steps that cannot all be right are saved as the sources give them; the editor is told."""
        super().save_related(request, form, formsets, change)
        for sentence in contradictions_of(form.instance):
            self.message_user(request, sentence, messages.WARNING)


class EvidenceFormSet(BaseInlineFormSet):
    """No score without evidence."""

    def clean(self):
        super().clean()
        for form in kept_rows(self):
            if not form.cleaned_data.get("sources"):
                form.add_error("sources", _("No score without evidence: name the source that shows it."))


class PartnerInline(RowInline):
    model = models.Partner
    fields = ("organisation", "person", "role")


class InitiativeCitationInline(CitationInline):
    model = models.InitiativeCitation


@admin.register(models.Initiative)
class InitiativeAdmin(EntryAdmin):
    texts = ("title", "summary", "body", "result", "caveat")
    what = ("kind", "status")
    at_first = (("kind", "status"), "date")
    when = (("date", "end"), ("planned_start", "planned_end"), "place", ("built_by", "stands_in"))
    connections = ("agreements", "events", "related", "topics", "disagreements", "pictures")
    list_filter = ("kind", "status", "topics")
    inlines = (InitiativeCitationInline, PartnerInline)


class AssessmentInline(BlockInline):
    model = models.Assessment
    formset = EvidenceFormSet
    fields = (("as_of", "score", "sources"), ("finding_en", "finding_az"), ("finding_uz", "finding_ru"))


class CommitmentCitationInline(CitationInline):
    model = models.CommitmentCitation


@admin.register(models.Commitment)
class CommitmentAdmin(FoldedSearch, PublishableAdmin, TranslationAdmin):
    list_display = ("code", "title", "side", "made_on", "deadline", "score", "state_shown")
    list_filter = (StateFilter, "score", "side")
    search_fields = ("folded", "number")
    autocomplete_fields = ("agreement", "event", "initiative")
    inlines = (CommitmentCitationInline, AssessmentInline)

    def get_fieldsets(self, request, obj=None):
        return [
            (_("What was promised"), {"fields": [("code", "state_shown"), "side", ("made_on", "deadline"), "wording", "version_token"]}),
            (_("Where, and what came of it"), {"fields": ["agreement", "event", "initiative", "original_language"]}),
            *language_fieldsets(("title", "note"), entry=obj),
        ]

    def refresh_derived(self, entry):
        super().refresh_derived(entry)
        refresh_score(entry)


admin.site.register(models.TradeImport, TradeImportAdmin)


@admin.register(models.TradeFigure)
class TradeFigureAdmin(PublishableAdmin):
    change_list_template = "admin/cooperation/tradefigure/list_with_import.html"
    list_display = ("code", "reporter", "flow", "period_type", "year", "period", "value", "currency", "released_on", "state_shown")
    list_filter = (StateFilter, "reporter", "flow", "period_type", "status", "year")
    search_fields = ("number", "product_code", "source__publisher", "source__title")
    autocomplete_fields = ("source",)
    fieldsets = [
        (_("What was counted"), {"fields": [("code", "state_shown"), ("reporter", "partner"), "flow", ("classification", "product_code")]}),
        (_("When"), {"fields": [("period_type", "year", "period")]}),
        (_("How much"), {"fields": [("value", "currency"), "valuation", "status"]}),
        (_("Who says so"), {"fields": ["source", "released_on", "note"]}),
    ]


class QuotedFigureCitationInline(CitationInline):
    model = models.QuotedFigureCitation


@admin.register(models.QuotedFigure)
class QuotedFigureAdmin(PublishableAdmin, TranslationAdmin):
    list_display = ("code", "measure", "subject", "reporter", "flow", "year", "value", "unit", "state_shown")
    list_filter = (StateFilter, "measure", "reporter", "flow", "period_type", "basis", "chartable", "year")
    search_fields = ("number", "subject_en", "attributed_to_en", "wording")
    autocomplete_fields = ("disagreements", "event")
    inlines = (QuotedFigureCitationInline,)

    def get_fieldsets(self, request, obj=None):
        return [
            (
                _("What was said"),
                {"fields": [("code", "state_shown"), "measure", ("value", "unit", "precision"), "wording", "version_token"]},
            ),
            (_("Of what"), {"fields": [("reporter", "flow", "exporter"), ("period_type", "year", "period"), "product_code", "event"]}),
            (_("When and how sure"), {"fields": ["said_on", "basis", "chartable", "disagreements", "original_language"]}),
            *language_fieldsets(("subject", "attributed_to", "note"), entry=obj),
        ]


@admin.register(models.GapCause)
class GapCauseAdmin(PublishableAdmin, TranslationAdmin):
    list_display = ("code", "cause", "exporter", "period_type", "year", "period", "source", "state_shown")
    list_filter = (StateFilter, "cause", "exporter", "year")
    search_fields = ("number", "finding_en", "finding_ru", "source__publisher", "source__title")
    list_select_related = ("source",)
    autocomplete_fields = ("source",)

    def get_fieldsets(self, request, obj=None):
        return [
            (_("Which gap"), {"fields": [("code", "state_shown"), "exporter", ("period_type", "year", "period"), "version_token"]}),
            (_("What caused it, and who says so"), {"fields": ["cause", ("source", "locator"), "original_language"]}),
            *language_fieldsets(("finding",), entry=obj),
        ]
