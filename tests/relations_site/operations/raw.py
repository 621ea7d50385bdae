"""A database without Django: what it holds and how it is built, in words that can be compared."""

import sqlite3
from contextlib import contextmanager

# How PostgreSQL tells of its tables: columns, constraints, indexes, triggers.
POSTGRES = [
    """SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity FROM information_schema.columns
    WHERE table_schema = 'public'""",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
]


@contextmanager
def opened(url):
    """A connection to a DATABASE_URL."""
    if url.startswith("sqlite"):
        database = sqlite3.connect(url.removeprefix("sqlite:///"))
    else:
        import psycopg

        database = psycopg.connect(url, autocommit=True)
    try:
        yield database
    finally:
        database.close()


def schema(url):
    """Everything that the database promises of its rows, whatever the order in which it was built."""
    with opened(url) as database:
        cursor = database.cursor()
        if url.startswith("sqlite"):
            return {part for row in cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE sql <> ''") for part in _parts(*row)}
        return {str(row) for statement in POSTGRES for row in cursor.execute(statement).fetchall()}


def _parts(kind, name, sql):
    """A table's columns and constraints, one by one; an index or trigger whole."""
    if kind != "table" or "VIRTUAL" in sql:
        return {f"{name}: {sql}"}
    inner, depth, parts = sql[sql.index("(") + 1 : sql.rindex(")")], 0, [""]
    for sign in inner:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return {f"{name}: {' '.join(part.split())}" for part in parts}


def rows(url, tables):
    """{table: {key: {column: value}}} of tables with a column `id`, or with another first one that tells rows apart."""
    found = {}
    with opened(url) as database:
        for table in tables:
            cursor = database.cursor()
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            key = names.index("history_id" if "history_id" in names else "id" if "id" in names else names[0])
            found[table] = {row[key]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
    return found
