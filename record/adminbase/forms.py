"""The form under every change page: it knows which version of the row its editor has read."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from record.pair import Side, side_name
from record.publishing import State


class VersionedForm(forms.ModelForm):
    """A form that refuses to overwrite what somebody else saved since it was opened, and keeps what was typed."""

    version_token = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["version_token"] = self._stored_version()

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk:
            self._refuse_if_stale()
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str):
                self.cleaned_data[name] = value.replace("\r\n", "\n")
        return cleaned or self.cleaned_data

    def _refuse_if_stale(self):
        stored, mine = self._stored_version(), self.cleaned_data.get("version_token")
        if mine != stored:
            raise ValidationError(
                _(
                    "Someone else saved this record while you were editing it (you have version %(mine)s, stored is "
                    "%(stored)s). Nothing was saved; your text is still below. Open the record in a second window, "
                    "compare, and enter your change there."
                )
                % {"mine": mine, "stored": stored},
                code="stale",
            )
        self.instance.version = stored

    def _stored_version(self):
        return type(self.instance)._base_manager.filter(pk=self.instance.pk).values_list("version", flat=True).first()


def without_shortcuts(field):
    """A reference can be added and looked at from here; to change or delete it belongs to its own page.

    A choice between the two states shows their names.
    """
    if field and Side.FIRST in dict(getattr(field, "choices", None) or []) and not callable(getattr(field, "choices", None)):
        field.choices = [(value, side_name(value) if value in list(Side)[:2] else label) for value, label in field.choices]
    if field and hasattr(field.widget, "can_delete_related"):
        field.widget.can_delete_related = field.widget.can_change_related = False
    return field


class EntryForm(VersionedForm):
    """An entry that readers see keeps what it could not have been published without."""

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and self.instance.state == State.PUBLISHED:
            lang = cleaned.get("original_language") or self.instance.original_language
            for name in ("title", "summary"):
                if f"{name}_{lang}" in self.fields and not cleaned.get(f"{name}_{lang}"):
                    self.add_error(f"{name}_{lang}", _("A published entry keeps its title and summary in the original language."))
        return cleaned
