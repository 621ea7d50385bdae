"""The form under every change page: it knows which version of the row its editor has read."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from record import textrules
from record.addresses import free_slug
from record.adminbase.own import keep_unseen
from record.guards import pictures_that_lack
from record.history import snapshots
from record.models.base import TranslationMark
from record.pair import Side, side_name
from record.publishing import State
from record.texts import capital

LANGS = [code for code, _name in settings.LANGUAGES]
_BOXES = {
    f"reviewed_{lang}": forms.BooleanField(
        required=False,
        label=gettext_lazy("Reviewed by a native editor"),
        help_text=gettext_lazy("Tick it when you have compared these texts with the original. No save ticks it for you."),
    )
    for lang in LANGS
}
# One box a language. Only a change of a box says something: to leave it as it was is no statement about a changed original.
ReviewBoxes = type("ReviewBoxes", (forms.ModelForm,), {**_BOXES, "__doc__": "A box per language: somebody has reviewed it."})


class VersionedForm(ReviewBoxes):
    """A form that refuses to overwrite what somebody else saved since it was opened, and keeps what was typed.

    What can be put together was put together before (`merging`): a form that still carries an old version is shown again.
    """

    version_token = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["version_token"] = self._stored_version()
            self.initial["seen_revision"] = snapshots.newest(type(self.instance), self.instance.pk)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if hasattr(self.instance, "outdated_languages"):
            self.initial |= {f"reviewed_{lang}": self._is_reviewed(lang) for lang in LANGS}

    def clean_slug(self):
        """An address that is left empty is made from the title or the name."""
        slug = self.cleaned_data["slug"] or free_slug(type(self.instance), self._first_title())
        if not slug:
            raise ValidationError(_("Write a title or a name in one of the languages, or the address itself."))
        return slug

    def _first_title(self):
        langs = (self.data.get("original_language", ""), *LANGS)
        names = [self.add_prefix(f"{name}_{lang}") for lang in langs for name in ("title", "name", "label")]
        return next(filter(None, (self.data.get(name, "") for name in names)), "")

    def _is_reviewed(self, lang):
        return self.instance.translation_mark(lang) == TranslationMark.REVIEWED and not self.instance.is_outdated(lang)

    @property
    def reviewed(self):
        """The languages of which the editor says now that they say what the original says."""
        return [lang for lang in LANGS if f"reviewed_{lang}" in self.changed_data and self.cleaned_data.get(f"reviewed_{lang}")]

    @property
    def unreviewed(self):
        """The languages of which the editor takes that back."""
        return [lang for lang in LANGS if self.initial.get(f"reviewed_{lang}") and not self.cleaned_data.get(f"reviewed_{lang}")]

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk:
            self._refuse_if_stale()
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str):
                self.cleaned_data[name] = value.replace("\r\n", "\n")
        keep_unseen(self)
        return cleaned or self.cleaned_data

    def _refuse_if_stale(self):
        stored, mine = self._stored_version(), self.cleaned_data.get("version_token")
        seen, newest = self.cleaned_data.get("seen_revision"), self.initial["seen_revision"]
        if mine != stored or seen is not None and seen != newest:
            raise ValidationError(
                _(
                    "Someone else saved this record while you were editing it (you have version %(mine)s, stored is "
                    "%(stored)s). Nothing was saved; everything that you typed is still below."
                )
                % {"mine": mine, "stored": stored},
                code="stale",
            )
        self.instance.version = stored

    def _stored_version(self):
        return type(self.instance)._base_manager.filter(pk=self.instance.pk).values_list("version", flat=True).first()


def with_own_capital(field, db_field):
    """A label begins with the capital letter that its language has."""
    if field and str(db_field.verbose_name)[:1].islower():
        field.label = capital(db_field.verbose_name)
    return field


def with_names_of_states(field):
    """A choice between the two states shows their names."""
    # The choices of a reference are the rows of a table: never gone through.
    if isinstance(field, forms.TypedChoiceField) and Side.FIRST in dict(field.choices):
        field.choices = [(value, side_name(value) if value in list(Side)[:2] else label) for value, label in field.choices]
    return field


def without_shortcuts(field):
    """A reference can be added and looked at from here; to change or delete it belongs to its own page."""
    field = with_names_of_states(field)
    if field and hasattr(field.widget, "can_delete_related"):
        field.widget.can_delete_related = field.widget.can_change_related = False
    return field


class EntryForm(VersionedForm):
    """An entry that readers see keeps what it could not have been published without.

    Its Markdown is kept without what readers would not see; `taken_away` says what that was.
    """

    # Which sources its figures may lead to is asked where the citations are about to be saved: by their rows below.
    WITH_SOURCES = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.taken_away = []

    def clean(self):
        cleaned = super().clean()
        self._clean_markdown({name: cleaned[name] for name in textrules.COLUMNS if cleaned.get(name)})
        if self.instance.pk and self.instance.state == State.PUBLISHED:
            lang = cleaned.get("original_language") or self.instance.original_language
            for name in ("title", "summary"):
                if f"{name}_{lang}" in self.fields and not cleaned.get(f"{name}_{lang}"):
                    self.add_error(f"{name}_{lang}", _("A published entry keeps its title and summary in the original language."))
            for sentence in pictures_that_lack(cleaned.get("pictures"), lang):
                self.add_error("pictures", sentence)
        return cleaned

    def _clean_markdown(self, texts):
        found = textrules.judged(self.instance, texts, with_sources=self.WITH_SOURCES)
        self.cleaned_data |= found.kept
        self.taken_away += [f"{self.fields[name].label}: {sentence}" for name, told in found.taken_away.items() for sentence in told]
        for name, sentences in found.against.items():
            self.add_error(name, sentences)
