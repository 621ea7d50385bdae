"""A question in words: what is wrong with it, and each of its parts with the way back to the list without it."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from record import dates

DAY_CHIPS = {"after": _("from %(date)s"), "before": _("until %(date)s"), "on": _("as of %(date)s")}
WRITTEN_CHIP = _("%(field)s: “%(value)s”")


class Spoken:
    """What a list says of the question that it was asked."""

    def faults(self):
        """(label of the field, what is wrong with it) for a question that cannot be answered."""
        return [(self.form.fields[name].label or name, error) for name, errors in self.form.errors.items() for error in errors]

    @cached_property
    def chips(self):
        """(label, query string without it) for every part of the question."""
        if not self.data:
            return []
        chips = []
        for name, label, rows, chosen in self.shown_switches():
            chips += [(f"{label}: {words}", self._without(name, value)) for value, words in rows[1:] if value == chosen]
        for name in self.filters:
            for value in self.data.getlist(name):
                chips.append((self._chip_label(name, value), self._without(name, value)))
        return chips

    @cached_property
    def chosen(self):
        """The choices and days that were asked for, in words, and nothing that somebody wrote: other pages show titles as ours."""
        asked = [(name, value) for name in self.filters for value in (self.data or {}).getlist(name)] if self.data else []
        return [self._chip_label(name, value) for name, value in asked if self._is_offered(name, value)]

    def _is_offered(self, name, value):
        if name in self.facets:
            return value in dict(self._offered[name])
        return name in DAY_CHIPS and name not in self.form.errors

    def _chip_label(self, name, value):
        """The part in words; what was written freely, or means nothing here, as it was written, behind the name of its field."""
        offered = dict(self._offered[name]) if name in self.facets else {}
        if value in offered:
            return offered[value]
        if name in DAY_CHIPS and name not in self.form.errors:
            return DAY_CHIPS[name] % {"date": dates.spoken(dates.typed(value))}
        return WRITTEN_CHIP % {"field": self.form.fields[name].label or name, "value": value[:60]}

    def _without(self, name, value):
        rest = self.data.copy()
        rest.pop("page", None)
        rest.setlist(name, [v for v in rest.getlist(name) if v != value])
        return rest.urlencode()
