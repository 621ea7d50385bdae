"""Migrations change tables under the journal's triggers: these are taken away before, made anew after, and everything counts as touched."""

from django.db import connection

from record import inverted
from record.inverted import journal
from record.models import JournalLine


def before_migration(*, plan, using, **given):
    """Django's `pre_migrate`."""
    if plan and using == connection.alias:
        journal.forget()


def after_migration(*, using, plan=None, **given):
    """Django's `post_migrate`; `flush` sends it too, without a plan."""
    if using != connection.alias or not _is_whole():
        return
    is_new = journal.watch(watched())
    if is_new or plan != []:
        journal.everything()


def watched():
    """What all indexes need to be told of."""
    return {watch for index in inverted.all_indexes() for watch in index.watched()}


def _is_whole():
    """Whether the tables are there: a migration may have led back to where they were not."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        tables = {JournalLine._meta.db_table, *(watch.table for watch in watched())}
        return tables <= present and all(_has_columns(cursor, watch) for watch in watched())


def _has_columns(cursor, watch):
    own = {column.name for column in connection.introspection.get_table_description(cursor, watch.table)}
    return {watch.column, *watch.columns} <= own
