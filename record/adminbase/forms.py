"""The form under every change page: it knows which version of the row its editor has read."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


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
