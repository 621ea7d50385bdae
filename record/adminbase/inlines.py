"""Rows within an entry's page: citations, participants, steps."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet, Textarea, TextInput
from django.utils.translation import gettext_lazy as _

from record.adminbase.days import TYPED_DAYS
from record.adminbase.forms import with_own_capital, without_shortcuts
from record.adminbase.own import SeenLines
from record.publishing import State
from record.sourcefigures import figures_without_source
from record.texts import capital_lazy


class Rows(SeenLines):
    """Rows with autocomplete for every reference, none of them empty to begin with."""

    extra = 0
    show_change_link = False
    formfield_overrides = {
        **TYPED_DAYS,
        models.TextField: {"widget": Textarea(attrs={"rows": 2, "cols": 40})},
        models.CharField: {"widget": TextInput(attrs={"class": "vTextField"})},
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Said at the head of its part and on the button that adds a row, with a capital letter in both places.
        self.verbose_name, self.verbose_name_plural = capital_lazy(self.verbose_name), capital_lazy(self.verbose_name_plural)

    def get_autocomplete_fields(self, request):
        relations = [f for f in [*self.model._meta.fields, *self.model._meta.many_to_many] if f.is_relation]
        parent = self.parent_model
        return [f.name for f in relations if f.related_model is not parent or f.name == "other"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return without_shortcuts(with_own_capital(super().formfield_for_dbfield(db_field, request, **kwargs), db_field))


class RowInline(Rows, admin.TabularInline):
    """One line a row, for rows of few fields."""


class BlockInline(Rows, admin.StackedInline):
    """A small block a row, for rows with texts in every language."""


def kept_rows(formset):
    """The forms of a formset whose rows will be there after it is saved."""
    return [form for form in formset.forms if form.has_changed() or form.instance.pk if not form.cleaned_data.get("DELETE")]


class KeepsOneFormSet(BaseInlineFormSet):
    """What readers see never loses its last row of this sort."""

    sentence = _("A published entry keeps at least one row here. Withdraw it first, or add another one.")

    def clean(self):
        super().clean()
        if self.instance.pk and self.instance.state == State.PUBLISHED and not kept_rows(self):
            raise ValidationError(self.sentence)


class CitationFormSet(KeepsOneFormSet):
    """What readers see never loses its last source."""

    sentence = _("A published entry keeps at least one source. Withdraw it first, or name another source.")

    def clean(self):
        """A source figure in the texts, as they are about to be saved, leads to a source in these rows."""
        super().clean()
        kept = [form.cleaned_data.get("source") for form in kept_rows(self)]
        if sentences := figures_without_source(self.instance, {source.code for source in kept if source}):
            raise ValidationError(sentences)


class CitationInline(RowInline):
    """The sources of an entry. `model` is the kind's own citation."""

    formset = CitationFormSet
    fields = ("source", "statement", "locator", "quotation")
