"""What the pages of the interface say of a schema."""

from django import template

register = template.Library()


def _plain(schema):
    """The type of a schema in the words of JSON, without null."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    found = schema.get("type", "object")
    names = [name for name in found if name != "null"] if isinstance(found, list) else [found]
    return schema.get("format") or names[0]


@register.filter
def type_words(schema):
    """string, integer, array of string, string or null."""
    said = f"array of {_plain(schema['items'])}" if schema.get("type") == "array" else _plain(schema)
    return f"{said} or null" if isinstance(schema.get("type"), list) else said


@register.filter
def values(schema):
    """The values that are allowed, where they are listed."""
    return [value for value in schema.get("items", schema).get("enum", []) if value is not None]


@register.filter
def members(schema):
    """(name, schema) of an object's members."""
    return schema.get("properties", {}).items()
