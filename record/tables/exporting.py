"""Rows of a kind as a table that can be changed and handed in again."""

from django.db.models import ForeignKey, ManyToManyField
from django.utils.translation import gettext as _

from record.tables import files
from record.tables.files import Unreadable
from record.tables.forms import initial_of

WRITERS = {"csv": (files.as_csv, "text/csv; charset=utf-8"), "xlsx": (files.as_xlsx, files.XLSX)}


def export(kind, form, queryset=None):
    """The bytes of a table of some rows, of all if none are given. Raises Unreadable where they are too many to come back."""
    rows = kind.model._base_manager.all() if queryset is None else queryset
    if rows.count() > files.MOST_ROWS:
        raise Unreadable(_("These are more than %(limit)s rows: choose fewer.") % {"limit": files.MOST_ROWS})
    write, _type = WRITERS[form]
    relations = [kind.model._meta.get_field(name) for name in kind.fields]
    rows = rows.select_related(*[f.name for f in relations if isinstance(f, ForeignKey)] or [None])
    rows = rows.prefetch_related(*[f.name for f in relations if isinstance(f, ManyToManyField)])
    return write(kind.columns, [row_of(entry, kind) for entry in rows.order_by(kind.key)])


def row_of(entry, kind):
    """{column: value} of a row."""
    number = {"number": entry.code} if kind.is_numbered else {}
    return number | initial_of(entry, kind) | {"version": entry.version}
