"""Pickers of references, as the admin's own."""

from django.contrib.admin import widgets


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
