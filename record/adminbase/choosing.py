"""Pickers of references, as the admin's own."""

import datetime
from functools import reduce
from itertools import product
from operator import or_

from django.contrib.admin import widgets
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Case, IntegerField, Q, When

from record.columns import LANGS
from record.models import Person

# The columns in which a row has its names.
NAMES = {"title", *(f"{name}_{lang}" for name in ("name", "title") for lang in LANGS)}


class _OfWhatIsChosen:
    """A form holds dozens of empty ones: the database is not asked what nothing is called."""

    def optgroups(self, name, value, attr=None):
        if any(str(key) not in self.choices.field.empty_values for key in value):
            return super().optgroups(name, value, attr)
        empty = [] if self.is_required or self.allow_multiple_selected else [self.create_option(name, "", "", False, 0)]
        return [(None, empty, 0)]


class AutocompleteSelect(_OfWhatIsChosen, widgets.AutocompleteSelect):
    """One row."""


class AutocompleteSelectMultiple(_OfWhatIsChosen, widgets.AutocompleteSelectMultiple):
    """Any number of rows."""


def best_first(rows, said):
    """Rows that are called so before those whose name begins so, before all others that were found; each kind in its own order.

    SQLite compares capitals of the Latin alphabet alone: the words are also taken as names are written.
    """
    said, columns = said.strip(), {field.name for field in rows.model._meta.fields} & NAMES
    if not said or not columns:
        return rows
    pairs = list(product(columns, {said, said[:1].upper() + said[1:].lower(), said.title()}))
    is_called, begins = (reduce(or_, (Q(**{f"{column}__{how}": way}) for column, way in pairs)) for how in ("iexact", "istartswith"))
    place = Case(When(is_called, then=0), When(begins, then=1), default=2, output_field=IntegerField())
    return rows.annotate(place_found=place).order_by("place_found", *(rows.query.order_by or rows.model._meta.ordering))


class Found(AutocompleteJsonView):
    """What a picker finds, what is called so first; of people with the office that began last, since two may have one name."""

    def get_queryset(self):
        rows = best_first(super().get_queryset(), self.term)
        return rows.prefetch_related("offices") if rows.model is Person else rows

    def serialize_result(self, obj, to_field_name):
        said = super().serialize_result(obj, to_field_name)
        if isinstance(obj, Person) and (offices := list(obj.offices.all())):
            last = max(offices, key=lambda office: (office.start_from or datetime.date.min, office.pk))
            said["text"] = f"{said['text']} · {last.title}"
        return said
