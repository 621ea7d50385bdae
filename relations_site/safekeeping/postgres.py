"""A PostgreSQL database in an archive: every table as COPY writes it, in one snapshot.

The schema is not in it: migrations make it, up to the very one that the archive was made with. So an archive needs no program
of PostgreSQL's beside the site, and a server of one version gives what one of another takes.
"""

import json

from django.db import transaction
from django.db.migrations.executor import MigrationExecutor

SEQUENCES = "sequences.json"
TABLES = """SELECT c.relname, coalesce(array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attgenerated = ''), '{}')
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' GROUP BY c.relname ORDER BY c.relname"""
OWNED = """SELECT s.relname, t.relname, a.attname FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')
    JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
    WHERE s.relkind = 'S' AND t.relnamespace = current_schema()::regnamespace ORDER BY t.relname"""


def dump(connection, folder, moved=lambda size: None):
    """Write every table as it is at one moment. Returns the migrations that it has had."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for table, columns in _tables(cursor):
            with (folder / f"{table}.copy").open("wb") as file, cursor.copy(f"COPY {_listed(table, columns)} TO STDOUT") as copy:
                for piece in copy:
                    file.write(piece)
                    moved(len(piece))
        (folder / SEQUENCES).write_text(json.dumps(_sequences(cursor)))
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        return cursor.fetchall()


def _tables(cursor):
    cursor.execute(TABLES)
    return cursor.fetchall()


def _listed(table, columns):
    return f'"{table}" ({_quoted(columns)})'


def _quoted(names):
    return ", ".join(f'"{name}"' for name in names)


def _sequences(cursor):
    """(table, column, last value, whether it was given out): by column, since names of sequences differ."""
    cursor.execute(OWNED)
    found = []
    for sequence, table, column in cursor.fetchall():
        cursor.execute(f'SELECT last_value, is_called FROM "{sequence}"')
        found.append((table, column, *cursor.fetchone()))
    return found


def size(connection):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(pg_table_size(oid)), 0) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
        )
        return int(cursor.fetchone()[0])


def holds_something(connection):
    with connection.cursor() as cursor:
        return bool(_tables(cursor))


def restore(connection, folder, manifest):
    """Make the schema that the archive was made with, and fill it. Broken off, it is begun anew with --overwrite."""
    _clear(connection)
    _build(connection, manifest["migrations"])
    with transaction.atomic(), connection.cursor() as cursor:
        tables = dict(_tables(cursor))
        cursor.execute(f"TRUNCATE {_quoted(tables)}")
        for path in sorted(folder.glob("*.copy")):
            with path.open("rb") as file, cursor.copy(f"COPY {_listed(path.stem, tables[path.stem])} FROM STDIN") as copy:
                while piece := file.read(1 << 20):
                    copy.write(piece)
        for table, column, last, is_called in json.loads((folder / SEQUENCES).read_text()):
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)", [f'"{table}"', column, last, is_called])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


# What migrations make beside tables; the functions of an extension stay with it.
FUNCTIONS = """SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace AND p.prokind = 'f'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')"""


def _clear(connection):
    with transaction.atomic(), connection.cursor() as cursor:
        if tables := _tables(cursor):
            cursor.execute(f"DROP TABLE {_quoted(table for table, _columns in tables)} CASCADE")
        cursor.execute(FUNCTIONS)
        if functions := [name for (name,) in cursor.fetchall()]:
            cursor.execute(f"DROP FUNCTION {', '.join(functions)} CASCADE")


def _build(connection, applied):
    """Migrate to exactly what the archive has had: the last of each app, and no further. What was squashed after it was made is no way there."""
    executor, had = MigrationExecutor(connection), {tuple(key) for key in applied}
    squashed = {key for key, migration in executor.loader.disk_migrations.items() if migration.replaces}
    if not had >= squashed:
        executor.loader.replace_migrations = False
        executor.loader.build_graph()
        had -= squashed
    known = had & set(executor.loader.graph.nodes)
    parents = {(parent.key) for key in known for parent in executor.loader.graph.node_map[key].parents if parent.key[0] == key[0]}
    executor.migrate(sorted(known - parents))
