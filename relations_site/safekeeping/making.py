"""Making a backup while the site is in use: it has its name only when it is whole."""

import datetime
import fcntl
import re
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from relations_site.safekeeping import Refused, files, postgres, sqlite
from relations_site.safekeeping.archive import DATABASE, Writer

NAME = re.compile(r"record-\d{8}T\d{6}Z\.tar\.gz")
UNFINISHED = ".making-"
ENGINES = {"sqlite": sqlite, "postgresql": postgres}


def engine():
    """How the database of this installation is put into an archive. Raises Refused."""
    if connection.vendor not in ENGINES or ":memory:" in str(connection.settings_dict["NAME"]):
        raise Refused("Only SQLite in a file and PostgreSQL can be kept.")
    return ENGINES[connection.vendor]


def size():
    """About how many bytes will be read, for a bar of progress."""
    return 2 * engine().size(connection) + files.size()


def make(folder, *, keep=None, moved=lambda size: None):
    """Write an archive into a folder and return its path; then, where `keep` says so, take away all but so many of the newest.

    The database is written first, at one moment: every file that it names was there before. Raises Refused.
    """
    if place := files.around(folder):
        raise Refused(f"{folder} lies in {place}: each archive would hold those before it.")
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder), _workplace(folder) as place:
        tables = place / DATABASE
        tables.mkdir(mode=0o700)
        made_at, target = _next_name(folder)
        migrations = engine().dump(connection, tables, moved)
        unfinished = place / "archive"
        with unfinished.open("wb") as file:
            unfinished.chmod(0o600)
            writer = Writer(file)
            for path in sorted(tables.iterdir()):
                with path.open("rb") as table:
                    writer.add(f"{DATABASE}/{path.name}", table, path.stat().st_size, moved)
            files.add(writer, moved)
            writer.finish(_about(made_at, migrations))
        unfinished.replace(target)
    if keep:
        rotate(folder, keep)
    return target


def _next_name(folder):
    """The present moment, and the archive that is named by its second; the next one where that is taken."""
    while True:
        now = datetime.datetime.now(datetime.UTC)
        target = folder / f"record-{now:%Y%m%dT%H%M%SZ}.tar.gz"
        if not target.exists():
            return now, target
        time.sleep(0.1)


def _about(made_at, migrations):
    return {
        "made_at": made_at.isoformat(timespec="seconds"),
        "engine": connection.vendor,
        "pair": list(settings.PAIR),
        "migrations": [list(key) for key in migrations],
    }


def archives(folder):
    """The finished archives of a folder, the newest first."""
    return sorted((path for path in folder.iterdir() if NAME.fullmatch(path.name)), reverse=True) if folder.is_dir() else []


def rotate(folder, keep):
    """Take away all archives but so many of the newest."""
    for path in archives(folder)[keep:]:
        path.unlink()


@contextmanager
def _alone(folder):
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused("Another backup is being made in this folder.") from None
        yield


@contextmanager
def _workplace(folder):
    """A folder for what is not finished; it goes away, and so does what a killed process left."""
    for left in folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)
    place = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
