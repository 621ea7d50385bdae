"""Make a database as the previous release left it: its schema, and of the record whatever had a column then.

python -m tests.relations_site.operations.previous_release DATABASE_URL-of-today's
"""

import sys

# The last migrations of the previous release, which is the oldest that can be brought up to date. Raised with each release.
PREVIOUS = {"record": "0006_frozen_selection", "events": "0003_who_confirms", "cooperation": "0009_figures_by_product"}


def old_schema(connection):
    """Take the steps as they were taken then, and not the ones that were squashed since."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    executor.loader.replace_migrations = False
    executor.loader.build_graph()
    newer = {*PREVIOUS, "relations_site"}
    others = [node for node in executor.loader.graph.leaf_nodes() if node[0] not in newer]
    return executor.migrate([*others, *PREVIOUS.items()]).apps


def project(connection, source, apps):
    """Copy the rows of today's database, as far as the old tables had room for them."""
    cursor = source.cursor()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in PREVIOUS:
            continue
        table = connection.ops.quote_name(model._meta.db_table)
        cursor.execute(f"SELECT * FROM {table} LIMIT 0")
        today = {column[0] for column in cursor.description}
        kept = [field for field in model._meta.concrete_fields if field.column in today]
        gone = [field for field in model._meta.concrete_fields if field.column not in today]
        cursor.execute(f"SELECT {', '.join(connection.ops.quote_name(field.column) for field in kept)} FROM {table}")
        blanks = [field.get_db_prep_save(field.get_default(), connection) for field in gone]
        names = ", ".join(connection.ops.quote_name(field.column) for field in [*kept, *gone])
        with connection.cursor() as target:
            marks = ", ".join(["%s"] * (len(kept) + len(gone)))
            rows = [[*map(_fitting, kept, row), *blanks] for row in cursor.fetchall()]
            target.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def _fitting(field, value):
    """A value as the old column held it: of what had another, shorter form then, nothing."""
    is_longer = isinstance(value, str) and field.max_length and len(value) > field.max_length and field.get_internal_type() == "CharField"
    return (None if field.null else "") if is_longer else value


def main(url):
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations_site.settings")
    import django

    django.setup()
    from django.db import connection, transaction

    from tests.relations_site.operations.raw import opened

    apps = old_schema(connection)
    with opened(url) as source, connection.constraint_checks_disabled(), transaction.atomic():
        project(connection, source, apps)
    connection.check_constraints()


if __name__ == "__main__":
    main(*sys.argv[1:])
