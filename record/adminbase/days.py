"""Dates of the desk: typed as people write them; in lists said as the site says them, in the editor's language, and sorted by the days
that they mean."""

from functools import cache

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import DateField, DateTimeField, F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from record import dates
from record.models.entry import Entry
from record.models.fields import EdtfField


class TypedDay(forms.DateField):
    """One day, as an editor may type any date of the record, whatever the language of the desk; a year has four figures."""

    def to_python(self, value):
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            span = dates.read(dates.typed(value))
        except ValidationError as error:
            raise error if "said" in error.params else self._refusal(value) from error
        if span.first != span.last or span.end or span.doubt:
            raise self._refusal(value)
        return span.first

    def _refusal(self, value):
        return ValidationError(_("“%(value)s” is not a day: write 2024-08-23 or 23.08.2024."), params={"value": value[:40]})


TYPED_DAYS = {DateField: {"form_class": TypedDay, "widget": AdminDateWidget}}


def in_words(model, names):
    """The columns of a list, with each that holds dates or moments in words."""
    return [_column(model, name) if _is_date(model, name) else name for name in names]


def _is_date(model, name):
    try:
        return isinstance(model._meta.get_field(name), EdtfField | DateField)
    except FieldDoesNotExist:
        return False


@cache
def _column(model, name):
    """One and the same for each question: Django compares the columns of a list with those that may be sorted."""
    field = model._meta.get_field(name)
    order = _order(field)

    @admin.display(description=field.verbose_name, ordering=order)
    def column(row):
        value = getattr(row, name)
        return _said(field, value) if value else None

    column.__name__ = name
    return column


def _order(field):
    """What a column of days is sorted by: the day by which entries stand in order, where it is theirs; what has no date stands first."""
    if not isinstance(field, EdtfField):
        return F(field.name).asc(nulls_first=True)
    is_own = field.name == "date" and issubclass(field.model, Entry)
    # The list shows by which column it stands in order when nobody has chosen one: Django compares the names.
    return "sort_day" if is_own else F(field.bounds[0]).asc(nulls_first=True)


def _said(field, value):
    if isinstance(field, EdtfField):
        return dates.spoken(value)
    if isinstance(field, DateTimeField):
        here = timezone.localtime(value)
        return f"{dates.spoken(here.date().isoformat())}, {here:%H:%M}"
    return dates.spoken(value.isoformat())
