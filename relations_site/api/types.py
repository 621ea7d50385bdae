"""The types of what the interface says, as JSON Schema, read from the columns and the fields behind them."""

from django.db import models

from record.columns import LANGS, Several
from record.models.fields import EdtfField
from relations_site import codebook

CODE = {"type": "string", "pattern": "^[A-Z][1-9][0-9]*$"}
SLUG = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
EDTF = {"type": "string", "description": "A date as precise as its source, EDTF (ISO 8601-2)."}
URI = {"type": "string", "format": "uri"}
MOMENT = {"type": "string", "format": "date-time"}
DAY = {"type": "string", "format": "date"}
TEXT = {"type": "string"}
NUMBER = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
_OF_FIELDS = [
    (EdtfField, EDTF),
    (models.DateTimeField, MOMENT),
    (models.DateField, DAY),
    (models.BooleanField, {"type": "boolean"}),
    (models.DecimalField, NUMBER),
    (models.IntegerField, {"type": "integer"}),
    (models.SlugField, SLUG),
    (models.URLField, TEXT),
    (models.CharField, TEXT),
    (models.TextField, TEXT),
]


def nullable(schema):
    """Or null: nothing is on record."""
    said = dict(schema)
    said["type"] = [schema["type"], "null"]
    if "enum" in said:
        said["enum"] = [*said["enum"], None]
    return said


def array(items, **more):
    return {"type": "array", "items": items, **more}


def record(properties, **more):
    """An object whose members are always there."""
    return {"type": "object", "required": list(properties), "properties": properties, **more}


def per_language(name, description=""):
    """A text in every language; null where a language has none."""
    more = {"description": description} if description else {}
    return {f"{name}_{lang}": {**nullable(TEXT), **more} for lang in LANGS}


def choice(choices, **more):
    """One of the values of a TextChoices."""
    return {"type": "string", "enum": list(choices.values), **more}


def of_row(columns):
    """An object of columns."""
    properties = {column.name: of_column(columns.model, column) for column in columns.columns}
    properties["changed"] = {**MOMENT, "description": "When the row changed last for readers."}
    if columns.is_permanent:
        properties["permanent_address"] = {**URI, "description": "An address that never changes."}
    properties["pages"] = record(dict.fromkeys(LANGS, URI), description="The page in every language.")
    properties["api_address"] = {**URI, "description": "The row by itself, here."}
    return record(properties)


def of_column(model, column):
    """The schema of one column, described by the codebook."""
    if isinstance(column, Several):
        return _of_several(model, column)
    owner, field, is_sure = _field(model, (column.field or column.lookup).removesuffix("__slug"))
    said = _described(owner, field)
    if column.said and isinstance(field, models.CharField | models.TextField):
        return array(TEXT, description=said["description"])
    if column.name == "number":
        return {**CODE, "description": said["description"]}
    return said if is_sure and not _may_be_empty(field) else nullable(said)


def _of_several(model, column):
    owner, field, _sure = _field(model, column.path.removesuffix("__slug"))
    items = CODE if column.letter or hasattr(column.of, "LETTER") else _plain(field)
    description = codebook.field(owner, field.name)
    return {**nullable(items), "description": description} if column.single else array(items, description=description)


def _field(model, path):
    """(model, field, whether every row has it) at the end of a lookup."""
    owner, is_sure = model, "__" not in path
    *steps, last = path.split("__")
    for step in steps:
        owner = owner._meta.get_field(step).related_model
    found = owner._meta.get_field(last)
    # Of a list of rows elsewhere, the key there that leads here.
    found = found.field if found.auto_created and found.is_relation else found
    return found.model, found, is_sure


def _may_be_empty(field):
    return field.null or (field.blank and not isinstance(field, models.BooleanField) and not _is_filled(field))


def _is_filled(field):
    """Whether what an editor may leave empty has a value all the same."""
    return bool(field.default) and field.has_default() and field.default != ""


def _plain(field):
    if field.is_relation:
        return CODE if hasattr(field.related_model, "LETTER") else SLUG
    said = dict(next(schema for kind, schema in _OF_FIELDS if isinstance(field, kind)))
    values = [value for value, _label in field.flatchoices if value] if field.choices and len(field.flatchoices) < 60 else []
    return {**said, "enum": values} if values and said["type"] == "string" else said


def _described(owner, field):
    return {**_plain(field), "description": codebook.field(owner, field.name)}
