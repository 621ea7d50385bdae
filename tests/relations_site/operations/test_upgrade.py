"""An upgrade from the previous release keeps every row, lets readers read, and ends where a new database begins."""

import pytest
from django.apps import apps
from django.db import connection

from relations_site.safekeeping import making
from tests import own_site
from tests.meanwhile import meanwhile
from tests.relations_site.operations.previous_release import PREVIOUS
from tests.relations_site.operations.raw import opened, rows, schema

READER = """SELECT (SELECT COUNT(*) FROM events_event) + (SELECT COUNT(*) FROM cooperation_agreement)
+ (SELECT COUNT(*) FROM cooperation_initiative) + (SELECT COUNT(*) FROM record_source)"""
READ = ("events_event", "cooperation_agreement", "cooperation_initiative", "record_source")


def read(url):
    """How many rows a reader counts, who is never turned away."""
    with opened(url) as database:
        cursor = database.cursor()
        if connection.vendor == "postgresql":
            # A reader who waits this long was locked out.
            cursor.execute("SET lock_timeout = '5s'")
        cursor.execute(READER)
        return cursor.fetchone()[0]


def tables():
    """Of the record, with what Django makes for many-to-many fields."""
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.app_label in PREVIOUS}


@pytest.fixture
def before(databases, tmp_path):
    """The DATABASE_URL of the previous release with the record in it; today's stands beside it."""
    url, today = databases("before", full=False), databases("today", full=True)
    own_site.run(own_site.environment(url, tmp_path), "-m", "tests.relations_site.operations.previous_release", today)
    return url, today


@pytest.mark.long
def test_previous_release_is_brought_up_to_date_with_all_that_it_holds(before, databases, tmp_path):
    url, today = before
    env = own_site.environment(url, tmp_path)
    held = {table for table in tables() if _is_there(url, table)}
    old = rows(url, held)
    assert len(held) > 50 and len(old["events_event"]) > 80
    own_site.run(env, "manage.py", "backup")
    with meanwhile(lambda: read(url)) as answers:
        own_site.run(env, "manage.py", "migrate")
    assert len(answers) > 20 and set(answers) == {sum(len(old[table]) for table in READ)}
    assert lost(old, rows(url, held)) == []
    assert schema(url) == schema(today)
    own_site.run(env, "manage.py", "check_record")
    if connection.vendor == "postgresql":
        # There the schema is not in a backup: it is built by the steps that were taken then. SQLite's backup is the file.
        (archive,) = making.archives(tmp_path / "backups")
        restored = databases("restored", full=False)
        own_site.run(own_site.environment(restored, tmp_path / "restored"), "manage.py", "restore", archive)
        assert lost(old, rows(restored, held)) == []
        assert schema(restored) == schema(today)
        own_site.run(own_site.environment(restored, tmp_path / "restored"), "manage.py", "restore", archive, "--overwrite")
        assert lost(old, rows(restored, held)) == []


def _is_there(url, table):
    with opened(url) as database:
        try:
            database.execute(f'SELECT 1 FROM "{table}" LIMIT 0')
        except Exception:
            return False
    return True


def lost(old, new):
    """(table, key, column) of each value that is another or nowhere."""
    return [
        (table, key, name)
        for table, found in old.items()
        for key, row in found.items()
        for name, value in row.items()
        if key not in new[table] or (name in new[table][key] and new[table][key][name] != value)
    ]
