"""The desk of translations: what is to be done by language, texts out to translators elsewhere, and their files in again."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from record import queues, translations
from record.adminbase.actions import desk_action
from record.adminbase.side_by_side import is_translated
from record.models import Upload
from record.roles import is_editor
from record.tables.files import LARGEST, LARGEST_MB, Unreadable
from record.translations.exchange import formats, taking
from record.translations.exchange.units import found_by, key_of, units_of
from record.translations.following import translated_models
from record.translations.rule import WORK

ROWS = 50
PURPOSE = "translations"
FORMS = [("xlf", gettext_lazy("XLIFF 1.2, for translators’ tools")), ("csv", gettext_lazy("CSV, for spreadsheets"))]
LANGUAGES = settings.LANGUAGES


class ExportForm(forms.Form):
    """Into which language, in which form, and of which entries."""

    language = forms.ChoiceField(label=gettext_lazy("Into"), choices=LANGUAGES)
    form = forms.ChoiceField(label=gettext_lazy("Form"), choices=FORMS)


class UploadForm(forms.Form):
    """A translator's file, and how it is to be taken. Reading it is part of checking the form."""

    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("XLIFF 1.2 (.xlf) or CSV, as it was made here."))
    language = forms.ChoiceField(
        required=False, label=gettext_lazy("Language of the translations"), choices=[("", gettext_lazy("As the file says")), *LANGUAGES]
    )
    reviewed = forms.BooleanField(
        required=False,
        label=gettext_lazy("Reviewed by a native editor"),
        help_text=gettext_lazy("Without this mark readers are told that nobody has reviewed the translation."),
    )
    take_older = forms.BooleanField(
        required=False,
        label=gettext_lazy("Take translations of originals that have changed since, as outdated"),
        help_text=gettext_lazy("Otherwise such a file is refused."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than %(limit)s MB.") % {"limit": LARGEST_MB})
        try:
            self.named = formats.languages(formats.read(file.name, file.read()))
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error
        file.seek(0)
        return file

    def clean_language(self):
        """The one that is chosen, otherwise the one that the file names."""
        chosen, named = self.cleaned_data["language"], getattr(self, "named", None)
        if chosen or named is None:
            return chosen
        if len(named) > 1:
            raise forms.ValidationError(_("The file names several languages: hand it in in parts, one for each."))
        if not named <= dict(LANGUAGES).keys():
            raise forms.ValidationError(
                _("The file is in a language that this record does not have: “%(name)s”.") % {"name": min(named)[:10]}
            )
        if not named:
            raise forms.ValidationError(_("The file does not name its language: choose it here."))
        return min(named)


def urls(site):
    """The addresses of these pages on the desk."""
    pages = [("", work), ("export/", export), ("import/", upload), ("import/<int:key>/", preview)]
    names = ["translations", "translations_export", "translations_import", "translations_preview"]
    return [path(f"translations/{end}", site.admin_view(_for_editors(view)), name=n) for (end, view), n in zip(pages, names, strict=True)]


def _for_editors(view):
    def guarded(request, **arguments):
        if not is_editor(request.user):
            raise PermissionDenied
        return view(request, **arguments)

    return guarded


def _page(request, template, title, **context):
    return TemplateResponse(request, f"admin/translations/{template}", {**admin.site.each_context(request), "title": title, **context})


def work(request):
    """What is to be done: every language with its counts; of a chosen language and status, the rows themselves."""
    lang, status = request.GET.get("lang"), request.GET.get("status")
    chosen = (lang, status) if lang in dict(LANGUAGES) and status in WORK else None
    sections = [section for model in _models() if (section := _section(model, *chosen))] if chosen else []
    shown = {"lines": lines(request.user), "sections": sections, "lang": lang, "export_form": ExportForm(initial={"language": lang})}
    title = f"{dict(LANGUAGES)[lang]}: {WORK[status]}" if chosen else _("Translations")
    return _page(request, "work.html", title, **shown)


def _models():
    return [model for model in translated_models() if model in admin.site._registry]


def _section(model, lang, status):
    """(name, number of rows, address of the whole list, the first rows), None if there are none."""
    found = model._base_manager.filter(translations.waiting(model, lang, status))
    count = found.count()
    info = f"{model._meta.app_label}_{model._meta.model_name}"
    rows = [(row, key_of(row), reverse(f"admin:{info}_translate", args=[row.pk])) for row in found.order_by("pk")[:ROWS]]
    address = f"{reverse(f'admin:{info}_changelist')}?translation={lang}-{status}"
    return (model._meta.verbose_name_plural, count, address, rows) if count else None


def lines(user):
    """A line of the queue for each language and what is to be done in it, with the address of exactly these rows; for editors."""
    if not is_editor(user):
        return []
    totals = {}
    for model in _models():
        for key, count in translations.counts(model).items():
            totals[key] = totals.get(key, 0) + count
    own = [(lang, name, status, totals.get((lang, status), 0)) for lang, name in LANGUAGES for status in WORK]
    page = reverse("admin:translations")
    return [
        queues.Line(f"{name}: {WORK[status]}", count, f"{page}?lang={lang}&status={status}") for lang, name, status, count in own if count
    ]


def export(request):
    """The texts of chosen entries as a file."""
    form = ExportForm(request.POST or None)
    keys = request.POST.getlist("key")
    if request.method == "POST" and form.is_valid():
        lang, kind = form.cleaned_data["language"], form.cleaned_data["form"]
        units = [unit for key in keys if (entry := found_by(key)) for unit in units_of(entry, lang)]
        if units:
            return _file(f"translations-{lang}.{kind}", formats.write(kind, units, lang), formats.TYPES[kind])
        messages.warning(request, _("Choose entries that have an original in another language."))
    return HttpResponseRedirect(reverse("admin:translations"))


def _file(name, data, kind):
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@desk_action("export_translations", label=gettext_lazy("Export for translators"), may=is_editor, fits=is_translated)
def export_chosen(model_admin, request, queryset):
    """Ask into which language and in which form."""
    return _page(request, "export.html", _("Export for translators"), export_form=ExportForm(), keys=[key_of(row) for row in queryset])


def upload(request):
    """A file is chosen; the next page shows what it would change."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        terms = {name: form.cleaned_data[name] for name in ("language", "reviewed", "take_older")}
        kept = Upload.keep(PURPOSE, form.cleaned_data["file"], by=request.user, terms=terms)
        return HttpResponseRedirect(reverse("admin:translations_preview", args=[kept.pk]))
    return _page(request, "upload.html", _("Take in a translated file"), form=form)


def preview(request, key):
    """What a file would change, or why it is refused; confirmed, it is read once more and written whole."""
    kept = get_object_or_404(Upload, pk=key, purpose=PURPOSE, by=request.user)
    lang, terms = kept.terms["language"], {name: kept.terms[name] for name in ("take_older", "reviewed")}
    if lang not in dict(LANGUAGES):
        raise Http404
    units = formats.read(kept.name, bytes(kept.data))
    if request.method == "POST":
        return _confirm(request, kept, units, lang, terms)
    outcome = taking.examine(units, lang, **terms)
    return _page(request, "preview.html", kept.name, outcome=outcome, language=dict(LANGUAGES)[lang], lang=lang, terms=terms)


def _confirm(request, kept, units, lang, terms):
    try:
        outcome = taking.carry_out(units, lang, by=request.user, **terms)
    except taking.NotTaken as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(request.path)
    kept.delete()
    count = len(outcome.changes)
    said = ngettext("%(count)s text was changed.", "%(count)s texts were changed.", count) % {"count": count}
    messages.success(request, said)
    return HttpResponseRedirect(reverse("admin:translations"))


queues.register(
    queues.Queue(
        "translations",
        gettext_lazy("Translations"),
        gettext_lazy("Write what is missing, bring up to date what is older than its original, review what a machine made."),
        lines,
    )
)
