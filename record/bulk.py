"""Many rows at once, made by the database itself out of rows that it already holds."""

from django.db import connection, models


def insert_select(model, *, select, params=(), columns, given):
    """Add a row for each row of the query `select`, in its order; returns how many.

    `columns` names, in the order of the query, the fields that it fills; `given` holds what is the same in every row; any
    other field has its default. The query is trusted: no part of it may come from outside.
    """
    own = [f for f in model._meta.local_concrete_fields if not f.primary_key]
    filled = [model._meta.get_field(name) for name in columns]
    constant = [f for f in own if f not in filled]
    values = [f.get_db_prep_save(given.get(f.attname, f.get_default()), connection) for f in constant]
    quote = connection.ops.quote_name
    names = ", ".join(quote(f.column) for f in [*filled, *constant])
    read = ", ".join([f"made.{quote(f.column)}" for f in filled] + ["%s"] * len(constant))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(model._meta.db_table)} ({names}) SELECT {read} FROM ({select}) made", [*values, *params])
        return cursor.rowcount


def same(left, right, names, model):
    """SQL that is true where two tables agree in all the named fields of a model."""
    quote = connection.ops.quote_name
    columns = [quote(model._meta.get_field(name).column) for name in names]
    return " AND ".join(f"{left}.{column} = {right}.{column}" for column in columns)


def columns_of(model, names):
    """The named fields as the columns of a CREATE TABLE, with the types that the model's own table has."""
    fields: list[models.Field] = [model._meta.get_field(name) for name in names]
    return ", ".join(f"{connection.ops.quote_name(f.column)} {f.db_type(connection)} NOT NULL" for f in fields)
