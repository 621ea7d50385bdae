"""The parameters of a list, read from the page's own filters: nothing is declared twice."""

from django import forms

from record.facets import DayField, Facet, ReferenceFacet
from relations_site.api.question import FORMS, MOST, Extent
from relations_site.api.types import SLUG

DAY = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", "examples": ["2024", "2024-08", "2024-08-23"]}
EXTENT = [
    {
        "name": "limit",
        "in": "query",
        "description": "How many rows at most.",
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": MOST},
    },
    {
        "name": "cursor",
        "in": "query",
        "description": "Where the page begins: never made up, always taken from “next” of the page before.",
        "schema": {"type": "string", "minLength": 1, "maxLength": Extent.base_fields["cursor"].max_length},
    },
]
FORM = {
    "name": "format",
    "in": "query",
    "description": "The form of the answer. Without it the Accept header decides: JSON, or a page for browsers.",
    "schema": {"type": "string", "enum": FORMS},
}


def of_listing(listing):
    """All parameters of a list, from its definition alone: what stands in the record changes no description."""
    filters = listing.base_filters
    # What a question holds beside its filters follows from the definition: no list is asked for it.
    fields = {name: one.field for name, one in filters.items()} | listing.question_fields()
    return [*(_parameter(filters.get(name), name, field) for name, field in fields.items() if name != "page"), *EXTENT, FORM]


def _parameter(narrowing, name, field):
    found = {"name": name, "in": "query", "description": _description(field, narrowing)}
    if isinstance(narrowing, Facet):
        schema = {"type": "array", "items": _choice(narrowing)}
        return found | {"style": "form", "explode": True, "schema": schema}
    return found | {"schema": _single(field)}


def _description(field, narrowing):
    """The label that the page has, and what several values mean."""
    said = f"{field.label}."
    if isinstance(field, DayField):
        return f"{said} A year, a month or a day."
    if isinstance(narrowing, ReferenceFacet):
        said += f" Slugs of {narrowing.reference._meta.verbose_name_plural}."
    return f"{said} Any of the values given." if isinstance(narrowing, Facet) else said


def _choice(facet):
    choices = facet.extra["choices"]
    values = [value for value, _label in (choices() if callable(choices) else choices)]
    return {"type": "string", "enum": [str(value) for value in values]} if values else SLUG


def _single(field):
    if isinstance(field, forms.ChoiceField):
        values = [value for value, _label in field.choices if value]
        return {"type": "string", "enum": values, "default": values[0]}
    if isinstance(field, DayField):
        return DAY
    if type(field).__name__ == "YearField":
        return {"type": "string", "pattern": "^(19|20)[0-9]{2}$|^2100$", "examples": ["2024"]}
    return {"type": "string", "minLength": 1, "maxLength": field.max_length}
