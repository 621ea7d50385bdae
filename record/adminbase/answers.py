"""The answers of the two sides: a list, and each beside its entry, where an editor makes a source of it or sets it aside."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from record import asking, previews, queues, roles, texts
from record.adminbase.reference import VersionedAdmin
from record.models import Answer, ConfirmationRequest, Source, StaleObject, Statement
from record.pair import side_name
from record.publishing import Refused
from record.translations import Status

NOT_AS_THE_ORIGINAL = {
    Status.MACHINE: _("This text was then not reviewed by a native editor."),
    Status.OUTDATED: _("This text was then older than the original."),
    Status.MISSING: _("There was then no text in this language: another was shown."),
}
STANDINGS = {"to-handle": _("answered, to be handled"), "open": _("not answered yet")}


class StandingFilter(admin.SimpleListFilter):
    """What waits for an editor, and what waits for an answer."""

    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return STANDINGS.items()

    def queryset(self, request, queryset):
        asked = {"to-handle": queryset.to_handle, "open": queryset.unanswered}
        return asked[self.value()]() if self.value() in asked else queryset


class SideFilter(admin.SimpleListFilter):
    """Which of the two states is asked, by name."""

    title = _("side")
    parameter_name = "side"

    def lookups(self, request, model_admin):
        return [(side, side_name(side)) for side, _label in ConfirmationRequest.SIDES]

    def queryset(self, request, queryset):
        return queryset.filter(side=self.value()) if self.value() else queryset


class AcceptForm(forms.ModelForm):
    """The source that an answer becomes, and its tie to the entry, filled in for the editor to look at and to change."""

    statement = forms.ChoiceField(label=_("supports"), choices=Statement)
    locator = forms.CharField(label=_("where in the source"), max_length=120, required=False)
    quotation = forms.CharField(label=_("quotation"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    was_corrected = forms.BooleanField(
        label=_("The entry now says what the answer says"),
        required=False,
        help_text=_("Once the answer is cited, the entry counts as confirmed by this side. Correct the entry first."),
    )

    class Meta:
        model = Source
        fields = ("publisher", "title", "title_is_description", "published", "language", "url", "note")
        widgets = {"publisher": forms.TextInput(attrs={"class": "vTextField"}), "note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, data, request):
        super().__init__(data, initial=initial_of(request))
        self.request = request
        if request.answer != Answer.CORRECT:
            del self.fields["was_corrected"]

    def clean_was_corrected(self):
        if not self.cleaned_data["was_corrected"]:
            raise ValidationError(gettext("Correct the entry first, then say so here."))
        return True

    def citation(self):
        """The fields of the tie to the entry."""
        return {name: self.cleaned_data[name] for name in ("statement", "locator", "quotation")}


def initial_of(request):
    """What the record would say of an answer, in its own language."""
    with translation.override(request.language):
        words = {"code": request.code, "date": timezone.localtime(request.made_at).date().isoformat()}
        title = gettext("Answer about entry %(code)s of this record") % words
        locator = gettext("answer to the confirmation request of %(date)s") % words
    return {
        "publisher": request.asked,
        "title": title,
        "title_is_description": True,
        "published": timezone.localtime(request.answered_at).date().isoformat() if request.answered_at else "",
        "language": request.language,
        "statement": Statement.ENTRY,
        "locator": locator,
        "quotation": request.text,
    }


class AnswersAdmin(VersionedAdmin):
    """Requests for confirmation. They are made on the page of an entry, and answered by those who were asked."""

    list_display = ("code", "asked", "side_named", "answer_in_words", "answered_at", "expires_at")
    list_filter = (StandingFilter, SideFilter, "answer", "outcome")
    search_fields = ("number", "asked", "name", "office")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return roles.is_editor(request.user)

    has_view_permission = has_change_permission

    def has_module_permission(self, request):
        return roles.is_editor(request.user)

    @admin.display(description=_("entry"), ordering="number")
    def code(self, row):
        return row.code

    @admin.display(description=_("side"), ordering="side")
    def side_named(self, row):
        return side_name(row.side)

    @admin.display(description=_("answer"), ordering="answer")
    def answer_in_words(self, row):
        return row.get_answer_display() or "–"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The answer beside the entry, with what can be made of it."""
        row = self.get_object(request, object_id) if object_id else None
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(object_id))
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        entry = previews.entry_of(row)
        form = AcceptForm(request.POST if "accept" in request.POST else None, row)
        if request.method == "POST" and entry and (done := self._handle(request, row, entry, form)):
            messages.success(request, done)
            return redirect(request.get_full_path())
        return TemplateResponse(request, "admin/record/confirmationrequest/answer.html", self._context(request, row, entry, form))

    def _handle(self, request, row, entry, form):
        """Do what the editor chose; the sentence that says so, or '' where it was not done."""
        try:
            if "set-aside" in request.POST:
                asking.set_aside(row, by=request.user)
                return gettext("Set aside: the answer stays on file.")
            if "accept" in request.POST and form.is_valid():
                source = asking.accept(row, entry, by=request.user, source=form.save(commit=False), citation=form.citation())
                said = {"source": source.code, "entry": entry.code, "confirmed": entry.get_confirmation_display()}
                return gettext("%(source)s is now a source of %(entry)s: %(confirmed)s.") % said
        except Refused as refused:
            for reason in refused.reasons:
                messages.error(request, reason)
        except StaleObject:
            messages.error(request, gettext("Somebody else handled it meanwhile, or changed the entry. Nothing was done; look again."))
        return ""

    def _context(self, request, row, entry, form):
        own = [self._text(entry, name, row.language) for name in entry.TEXTS if name != "withdrawn_reason"] if entry else []
        return {
            **self.admin_site.each_context(request),
            "title": gettext("Answer about %(code)s") % {"code": row.code},
            "opts": self.opts,
            "original": row,
            "entry": entry,
            "entry_address": entry and reverse(f"admin:{entry._meta.app_label}_{entry._meta.model_name}_change", args=[entry.pk]),
            "texts": [(label, found) for label, found in own if found],
            "read_in": dict(settings.LANGUAGES)[row.language] if row.answer else "",
            "caution": NOT_AS_THE_ORIGINAL.get(asking.text_read(row, entry), "") if row.answer and entry else "",
            "form": form if entry and row.is_to_handle and row.answer != Answer.DECLINE else None,
        }

    @staticmethod
    def _text(entry, name, lang):
        return entry._meta.get_field(name).verbose_name, texts.best(entry, name, lang=lang)


def lines(user):
    """Answers that wait, by side, for those who handle them."""
    if not roles.is_editor(user):
        return []
    address = reverse("admin:record_confirmationrequest_changelist")
    counts = dict(ConfirmationRequest.objects.to_handle().order_by().values_list("side").annotate(n=Count("pk")))
    return [
        queues.Line(side_name(side), counts.get(side, 0), f"{address}?standing=to-handle&side={side}")
        for side, _label in ConfirmationRequest.SIDES
    ]


QUEUE = queues.Queue(
    "answers",
    _("Answers of the two sides"),
    _("Read each beside its entry; make a source of it, or set it aside."),
    lines,
)
