"""The form of one row of a table: the same form as on the desk, its references by number or address instead of by key."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, DateField, ForeignKey, ManyToManyField
from django.utils.translation import gettext as _

from record.adminbase.forms import EntryForm, VersionedForm

# So many values are named to who wrote another one.
MOST_NAMED = 24
TRUTH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": False}


def column_of(model):
    """The column by which rows of a model are named in a cell."""
    return "number" if hasattr(model, "LETTER") else "slug"


def name_of(row):
    """How a row is named in a cell: E12, or its address."""
    return row.code if hasattr(row, "LETTER") else row.slug


class TruthField(forms.Field):
    """true or false, and nothing that could be either."""

    def to_python(self, value):
        if isinstance(value, bool):
            return value
        try:
            return TRUTH[str(value or "").strip().lower()]
        except KeyError:
            raise ValidationError(_("“%(value)s” is neither true nor false.") % {"value": str(value)[:40]}) from None


def _number(cell, model):
    digits = cell.removeprefix(model.LETTER)
    return digits if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None


class NamedRowsField(forms.Field):
    """Rows of a model by their names, separated by blanks; at most one, where it is `single`."""

    def __init__(self, *, model, single=False, **kwargs):
        super().__init__(**kwargs)
        self.model, self.single = model, single

    def to_python(self, value):
        """The rows. Raises ValidationError, naming what is not there."""
        names = list(dict.fromkeys((value or "").split()))
        column = column_of(self.model)
        keys = {name: _number(name, self.model) if column == "number" else name for name in names}
        wanted = [key for key in keys.values() if key is not None]
        found = {str(getattr(row, column)): row for row in self.model._base_manager.filter(**{f"{column}__in": wanted})} if wanted else {}
        if missing := [name for name in names if keys[name] not in found]:
            said = {"name": missing[0][:60], "kind": self.model._meta.verbose_name}
            raise ValidationError(_("“%(name)s” is not on record: %(kind)s.") % said)
        if self.single and len(names) > 1:
            raise ValidationError(_("Only one can stand here."))
        rows = [found[keys[name]] for name in names]
        return (rows[0] if rows else None) if self.single else rows

    def has_changed(self, initial, data):
        return sorted((initial or "").split()) != sorted(set((data or "").split()))


def field_of(model_field, **kwargs):
    """The form field of a column; as on the desk wherever no reference is in it."""
    if isinstance(model_field, ForeignKey):
        return NamedRowsField(model=model_field.related_model, single=True, required=not model_field.blank)
    if isinstance(model_field, ManyToManyField):
        return NamedRowsField(model=model_field.related_model, required=not model_field.blank)
    if isinstance(model_field, BooleanField):
        return TruthField(required=False)
    if isinstance(model_field, DateField):
        return model_field.formfield(input_formats=["%Y-%m-%d"], **kwargs)
    found = model_field.formfield(**kwargs)
    if isinstance(found, forms.ChoiceField):
        found.error_messages["invalid_choice"] = _none_of(found.choices)
    return found


def _none_of(choices):
    """What is said of a value that is not among the choices: the values as a file wants them."""
    codes = [code for code, _label in choices if code]
    named = [*codes[:MOST_NAMED], "…"] if len(codes) > MOST_NAMED else codes
    return _("“%(text)s” is none of: %(choices)s") % {"text": "%(value)s", "choices": ", ".join(named)}


class EntryRowForm(EntryForm):
    """The form of an entry whose citations are none of the table's: its figures lead to those that are stored."""

    WITH_SOURCES = True


def form_class(kind):
    """The form of one row of a kind."""
    base = EntryRowForm if hasattr(kind.model, "summary") else VersionedForm
    return forms.modelform_factory(kind.model, form=base, fields=kind.fields, formfield_callback=field_of)


def said(row, name):
    """What a column of a row says, as a cell: None, a number or a text."""
    model_field = row._meta.get_field(name)
    if isinstance(model_field, ManyToManyField):
        return " ".join(sorted(name_of(other) for other in getattr(row, name).all()))
    if isinstance(model_field, ForeignKey):
        other = getattr(row, name)
        return name_of(other) if other else ""
    value = getattr(row, name)
    if isinstance(value, Decimal):
        # The same digits in every form: a spreadsheet forgets the zeros at the end.
        return Decimal(f"{value.normalize():f}")
    return value.isoformat() if isinstance(model_field, DateField) and value else value


def initial_of(row, kind):
    """{column: cell} of a stored row, as its form begins."""
    return {name: said(row, name) for name in kind.fields}
