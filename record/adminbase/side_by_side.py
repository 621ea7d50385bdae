"""The page on which an entry is translated: the original on the left, one language on the right, text by text."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from record import rights, translations
from record.adminbase import unchanged
from record.adminbase.forms import VersionedForm
from record.adminbase.pages import desk_page
from record.adminbase.translated_meanwhile import Meanwhile, meanwhile, settle
from record.models.base import StaleObject
from record.texts import capital
from record.translations.differences import differences
from record.translations.saving import NotSaved, save_texts


def is_translated(model):
    """Whether rows of a model have an original and translations."""
    return hasattr(model, "outdated_languages")


class TranslationForm(VersionedForm):
    """The texts of one language of an entry and of the rows below it."""

    reviewed_now = forms.BooleanField(
        required=False,
        label=gettext_lazy("Reviewed by a native editor"),
        help_text=gettext_lazy("Tick it when you have compared every text with the original."),
    )

    def __init__(self, *args, lang, **kwargs):
        super().__init__(*args, **kwargs)
        self.lang, self.meanwhile = lang, Meanwhile()
        for name in [name for name in self.fields if name.startswith("reviewed_") and name != "reviewed_now"]:
            del self.fields[name]
        self.passages = translations.passages_of(self.instance)
        self.state = translations.state_of(self.instance, lang, self.passages)
        self.initial["reviewed_now"] = self.state.status == translations.Status.REVIEWED
        for passage in self.passages:
            if passage.text(self.instance.original_language) or passage.text(lang):
                self.fields[passage.path] = self._field(passage)

    def _field(self, passage):
        field = passage.field(self.lang).formfield(required=False, label=passage.label, initial=passage.text(self.lang))
        rows = max(2, len(passage.text(self.instance.original_language)) // 60 + 1)
        field.widget = forms.Textarea(attrs={"rows": min(rows, 18), "lang": self.lang, "class": "vLargeTextField"})
        return field

    @property
    def pairs(self):
        """(bound field, original, what changed in it since the translation, whether it did, what somebody else wrote) of each text.

        The last is None where nobody did.
        """
        older = {found.passage.path: found for found in self.state.outdated}
        theirs = self.meanwhile.theirs
        for passage in self.passages:
            if passage.path in self.fields:
                words = passage.text(self.instance.original_language)
                then = older[passage.path].then if passage.path in older else ""
                yield self[passage.path], words, differences(then, words) if then else [], passage.path in older, theirs.get(passage.path)

    @property
    def texts(self):
        """{path: words} as they were typed; a row that came meanwhile has no field in what was sent, and stays as it is."""
        paths = [passage.path for passage in self.passages if passage.path in self.fields and passage.path in self.data]
        return {path: self.cleaned_data[path] or "" for path in paths}

    def _refuse_if_stale(self):
        """Only where texts of this language changed since they were read; another language, or a date, keeps nobody from saving.

        The version of the row as it was read for this answer stays the last word: the save is refused if it moves on.
        """
        seen = self.cleaned_data.get("seen_revision")
        if self.cleaned_data.get("version_token") != self.instance.version or seen not in (None, self.initial["seen_revision"]):
            self.meanwhile = meanwhile(self)
            settle(self, self.meanwhile)

    def store(self, by):
        """Write the texts; False, with the reasons in the form, if a rule refuses one or somebody else was faster."""
        # Nobody can have compared the texts with an original that they had not seen.
        reviewed = self.cleaned_data["reviewed_now"] and not self.meanwhile.original
        read = {passage.path: self.meanwhile.original_seen.get(passage.path, "") for passage in self.meanwhile.original}
        try:
            saved = save_texts(self.instance, self.lang, self.texts, by=by, reviewed=reviewed, read=read)
            self.is_new = saved.is_new
            self.taken_away = [f"{capital(self.fields[path].label)}: {said}" for path, told in saved.taken_away.items() for said in told]
        except NotSaved as refused:
            for path, sentences in refused.faults.items():
                self.add_error(path or None, sentences)
        except StaleObject as stale:
            self.add_error(None, stale)
        return not self.errors


@desk_page("translate", label=gettext_lazy("Translate"), may=rights.may_change, fits=is_translated)
def translate(request, model_admin, entry):
    """Show the two languages side by side, and store what is typed for the one on the right."""
    if not model_admin.has_change_permission(request, entry):
        raise PermissionDenied
    choices = [(code, name) for code, name in settings.LANGUAGES if code != entry.original_language]
    lang = request.GET.get("to") if request.GET.get("to") in dict(choices) else choices[0][0]
    form_class = forms.modelform_factory(type(entry), form=TranslationForm, fields=[])
    form = form_class(request.POST or None, instance=entry, lang=lang)
    if request.method == "POST" and form.is_valid() and form.store(request.user):
        if form.is_new:
            model_admin.log_change(request, entry, [{"changed": {"fields": [lang]}}])
            messages.success(request, _("The texts in %(language)s were saved.") % {"language": dict(choices)[lang]})
        else:
            unchanged.said(model_admin, request, entry)
        for sentence in filter(None, [form.meanwhile.told(), *form.taken_away]):
            messages.warning(request, sentence)
        return HttpResponseRedirect(f"{request.path}?to={lang}")
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Translate: %(entry)s") % {"entry": entry},
        "opts": model_admin.opts,
        "original": entry,
        "form": form,
        "languages": [(code, name, translations.state_of(entry, code, form.passages)) for code, name in choices],
        "lang": lang,
        "lang_name": dict(choices)[lang],
        "original_name": dict(settings.LANGUAGES)[entry.original_language],
    }
    return TemplateResponse(request, "admin/translate.html", context)
