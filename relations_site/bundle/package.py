"""How a bundle describes itself: the fields of every table from the models and the codebook, as a Data Package (Frictionless)."""

from django.db import models

from record.pair import pair
from relations_site import codebook
from relations_site.bundle.tables import TABLE_OF, all_tables, key_of

LICENCE = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": "Creative Commons Attribution 4.0"}
TYPES = [
    (models.BooleanField, "boolean"),
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
    (models.DecimalField, "number"),
    (models.IntegerField, "integer"),
]


def schemas():
    """{name: Table Schema} of every table, the pairs among them."""
    found = {}
    for table in all_tables():
        found[table.name] = _of_table(table)
        found |= {links.name: _of_links(table, links) for links in table.links}
    return found


def _of_table(table):
    fields = [_field(table, column) for column in table.fields]
    if table.owner:
        key = {"name": "id", "type": "string", "description": "The owner and the place among its rows, within this release."}
        fields.insert(0, key | {"constraints": {"required": True, "unique": True}})
    leads = [_leads(column.name, column.leads_to, table.name) for column in table.fields if column.leads_to]
    return {"fields": fields, "primaryKey": [table.key], "foreignKeys": leads, "missingValues": [""]}


def _of_links(table, links):
    own, other = links.columns
    description = codebook.field(table.model, links.relation.name)
    fields = [
        {"name": own, "type": "string", "description": codebook.table(table.model), "constraints": {"required": True}},
        {"name": other, "type": "string", "description": description, "constraints": {"required": True}},
    ]
    leads = [_leads(own, table.name, links.name), _leads(other, TABLE_OF[links.relation.related_model], links.name)]
    return {"fields": fields, "primaryKey": [own, other], "foreignKeys": leads, "missingValues": [""]}


def _leads(name, target, own):
    return {"fields": [name], "reference": {"resource": "" if target == own else target, "fields": [key_of(target)]}}


def _field(table, column):
    kind = "string" if column.leads_to or column.name == "number" else type_of(column.field)
    said = {"name": column.name, "type": kind, "description": codebook.field(table.model, column.field.name)}
    constraints = {"required": True} if column.is_required else {}
    if column.is_required and column.name == table.key:
        constraints["unique"] = True
    values = [value for value, _label in column.field.flatchoices if value] if column.field.choices else []
    if values and kind == "string" and len(values) < 60:
        constraints["enum"] = values
    return said | ({"constraints": constraints} if constraints else {})


def type_of(field):
    """The type of a field in the words of Table Schema."""
    return next((name for kind, name in TYPES if isinstance(field, kind)), "string")


def described(files, *, version, made_at):
    """The datapackage.json of a bundle; `files` maps the name of each table to (bytes, SHA-256, rows)."""
    own, shapes = pair(), schemas()
    return {
        "profile": "tabular-data-package",
        "name": f"{own.first}-{own.second}-record",
        "title": "The record of relations between two states",
        "description": "What is public of the record on one day. Dates are EDTF where no type says otherwise; the codebook is codebook.md.",
        "version": version,
        "created": made_at,
        "licenses": [LICENCE],
        "resources": [_resource(name, shapes[name], *files[name]) for name in shapes],
    }


def _resource(name, schema, size, digest, rows):
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest}",
        "rows": rows,
        "schema": schema,
    }
