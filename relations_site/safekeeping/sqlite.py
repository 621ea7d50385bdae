"""A SQLite database in an archive: one file, as SQLite itself copies it while others write."""

import sqlite3
from contextlib import closing
from pathlib import Path

from relations_site.safekeeping import Refused

FILE = "record.sqlite3"


def path_of(connection):
    return Path(connection.settings_dict["NAME"])


def dump(connection, folder, moved=lambda size: None):
    """Write the database as it is at one moment; what is committed later is not in it. Returns the migrations that it has had."""
    target, seen = folder / FILE, 0

    def tell():
        nonlocal seen
        now = target.stat().st_size if target.exists() else 0
        moved(now - seen)
        seen = now

    # A connection of our own, outside of any transaction.
    with closing(sqlite3.connect(path_of(connection), timeout=60, isolation_level=None)) as source:
        source.set_progress_handler(tell, 1_000_000)
        source.execute("VACUUM INTO ?", [str(target)])
    with closing(sqlite3.connect(target)) as copy:
        if (said := copy.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            raise Refused(f"The database is damaged: {said}")
        return copy.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()


def size(connection):
    return path_of(connection).stat().st_size


def holds_something(connection):
    path = path_of(connection)
    return path.exists() and path.stat().st_size > 0


def restore(connection, folder, manifest):
    """Put the file in its place at once. What looked at the old one goes on looking at that: stop the site before."""
    connection.close()
    target = path_of(connection)
    with closing(sqlite3.connect(folder / FILE)) as copy:
        if (said := copy.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            raise Refused(f"The database in the archive is damaged: {said}")
    for ending in ("-wal", "-shm", "-journal"):
        target.with_name(target.name + ending).unlink(missing_ok=True)
    (folder / FILE).replace(target)
