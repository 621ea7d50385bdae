"""Pickers of references, as the admin's own."""

import datetime

from django.contrib.admin import widgets
from django.contrib.admin.views.autocomplete import AutocompleteJsonView

from record.models import Person


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


class Found(AutocompleteJsonView):
    """What a picker finds; of people with the office that began last, since two may have one name."""

    def get_queryset(self):
        rows = super().get_queryset()
        return rows.prefetch_related("offices") if rows.model is Person else rows

    def serialize_result(self, obj, to_field_name):
        said = super().serialize_result(obj, to_field_name)
        if isinstance(obj, Person) and (offices := list(obj.offices.all())):
            last = max(offices, key=lambda office: (office.start_from or datetime.date.min, office.pk))
            said["text"] = f"{said['text']} · {last.title}"
        return said
