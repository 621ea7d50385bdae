"""Rows within an entry's page: citations, participants, steps."""

from django.contrib import admin
from django.db import models
from django.forms import Textarea


class RowInline(admin.TabularInline):
    """Rows with autocomplete for every reference, none of them empty to begin with."""

    extra = 0
    show_change_link = False
    formfield_overrides = {models.TextField: {"widget": Textarea(attrs={"rows": 2, "cols": 40})}}

    def get_autocomplete_fields(self, request):
        relations = [f for f in [*self.model._meta.fields, *self.model._meta.many_to_many] if f.is_relation]
        parent = self.parent_model
        return [f.name for f in relations if f.related_model is not parent or f.name == "other"]


class CitationInline(RowInline):
    """The sources of an entry. `model` is the kind's own citation."""

    fields = ("source", "statement", "locator", "quotation")
