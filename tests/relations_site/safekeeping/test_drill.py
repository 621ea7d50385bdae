"""The drill: a backup of a site in use, brought to an empty place, is the same site to every reader."""

import json
import sqlite3
import tarfile
from contextlib import closing, contextmanager
from types import SimpleNamespace

import pytest
from django.db import connection

from relations_site.safekeeping import making, sqlite
from tests import own_site
from tests.meanwhile import meanwhile

SITE = ("-m", "tests.relations_site.safekeeping.site")
PAIRS = ("one_side", "other_side")


@pytest.mark.long
def test_every_address_answers_the_same_after_a_restore(databases, tmp_path):
    before = own_site.environment(databases("before", full=True), tmp_path / "a")
    after = own_site.environment(databases("after", full=False), tmp_path / "b")
    first = json.loads(own_site.run(before, *SITE, 80).stdout)
    (archive,) = making.archives(tmp_path / "a" / "backups")
    restored = own_site.run(after, *SITE, 80, archive)
    assert json.loads(restored.stdout) == first
    assert len(first) > 60 and sum(status == 200 for status, _digest in first.values()) > 40
    assert sorted(status for address, (status, _digest) in first.items() if address.startswith("/pictures/")) == [200, 404]
    assert (tmp_path / "b/releases/2031-01-01.1/events.csv").read_bytes() == (tmp_path / "a/releases/2031-01-01.1/events.csv").read_bytes()
    assert "holds something. --overwrite takes it away. Nothing was changed." in restored.stderr


@contextmanager
def writing(opened):
    """Commits one row to each of two tables, again and again: at any one moment they hold as many. Yields how often so far."""
    with closing(opened()) as database:
        for name in PAIRS:
            database.execute(f"CREATE TABLE {name} (id INTEGER)")
        database.commit()

    def once():
        with closing(opened()) as database:
            for name in PAIRS:
                database.execute(f"INSERT INTO {name} VALUES (1)")
            database.commit()

    with meanwhile(once) as written:
        yield written


def opened(url):
    """What opens a database by its address."""
    if url.startswith("sqlite"):
        return lambda: sqlite3.connect(url.removeprefix("sqlite:///"), timeout=30)
    import psycopg

    return lambda: psycopg.connect(url)


def test_backup_under_writes_is_of_one_moment(databases, tmp_path):
    url = databases("busy", full=True)
    with writing(opened(url)) as written:
        own_site.run(own_site.environment(url, tmp_path), "manage.py", "backup")
    assert len(written) > 10
    (archive,) = making.archives(tmp_path / "backups")
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path / "out", filter="data")
    assert len(set(counts(tmp_path / "out" / "database"))) == 1


def counts(folder):
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(folder / sqlite.FILE)) as copy:
            return [copy.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in PAIRS]
    return [len((folder / f"{name}.copy").read_bytes().splitlines()) for name in PAIRS]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's snapshot is its own promise; the test above takes one")
def test_sqlite_copies_are_whole_twenty_times_of_twenty(tmp_path):
    path = tmp_path / "busy.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA journal_mode = wal; CREATE TABLE django_migrations (id INTEGER, app TEXT, name TEXT)")
    with writing(lambda: sqlite3.connect(path, timeout=30)):
        for number in range(20):
            folder = tmp_path / str(number)
            folder.mkdir()
            sqlite.dump(SimpleNamespace(settings_dict={"NAME": path}), folder)
            assert len(set(counts(folder))) == 1
