"""Rows within an entry's page: citations, participants, steps."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet, Textarea, TextInput
from django.utils.translation import gettext_lazy as _

from record.adminbase.forms import without_shortcuts
from record.publishing import State


class Rows:
    """Rows with autocomplete for every reference, none of them empty to begin with."""

    extra = 0
    show_change_link = False
    formfield_overrides = {
        models.TextField: {"widget": Textarea(attrs={"rows": 2, "cols": 40})},
        models.CharField: {"widget": TextInput(attrs={"class": "vTextField"})},
    }

    def get_autocomplete_fields(self, request):
        relations = [f for f in [*self.model._meta.fields, *self.model._meta.many_to_many] if f.is_relation]
        parent = self.parent_model
        return [f.name for f in relations if f.related_model is not parent or f.name == "other"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return without_shortcuts(super().formfield_for_dbfield(db_field, request, **kwargs))


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


class CitationInline(RowInline):
    """The sources of an entry. `model` is the kind's own citation."""

    formset = CitationFormSet
    fields = ("source", "statement", "locator", "quotation")
