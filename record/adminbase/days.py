"""Dates in the lists of the desk: said as the site says them, in the editor's language, and sorted by the days that they mean."""

from functools import cache

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, DateTimeField, F
from django.utils import timezone

from record import dates
from record.models.fields import EdtfField


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
    # What has no date stands before what has one, on both databases.
    order = F(field.bounds[0] if isinstance(field, EdtfField) else name).asc(nulls_first=True)

    @admin.display(description=field.verbose_name, ordering=order)
    def column(row):
        value = getattr(row, name)
        return _said(field, value) if value else None

    column.__name__ = name
    return column


def _said(field, value):
    if isinstance(field, EdtfField):
        return dates.spoken(value)
    if isinstance(field, DateTimeField):
        here = timezone.localtime(value)
        return f"{dates.spoken(here.date().isoformat())}, {here:%H:%M}"
    return dates.spoken(value.isoformat())
