"""The way back: the whole archive is verified before anything is touched, and nothing that is there is overwritten without a word."""

import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from record.inverted import journal
from relations_site.operations.health import wanted
from relations_site.safekeeping import Refused, files
from relations_site.safekeeping.archive import DATABASE, MANIFEST, members, verified
from relations_site.safekeeping.making import ENGINES, engine


def restore(path, *, overwrite=False, moved=lambda size: None):
    """Bring database and files to what an archive holds, and the schema to this code. Returns the manifest. Raises Refused.

    All of it is unpacked beside what is there first: a disk without room leaves everything as it was.
    """
    if place := files.around(path):
        raise Refused(f"{path.name} lies in {place}, which is taken away: put it elsewhere first.")
    manifest = verified(path, moved)
    _refuse_unfit(manifest)
    if not overwrite:
        _refuse_to_overwrite()
    with _beside_the_database() as tables, files.beside() as folders:
        try:
            _unpack(path, {DATABASE: Path(tables), **folders}, moved)
        except OSError as error:
            raise Refused(f"It cannot be unpacked: {error.strerror or error}.") from error
        engine().restore(connection, Path(tables), manifest)
        files.replace(folders)
    call_command("migrate", verbosity=0)
    journal.everything()
    return manifest


def _unpack(path, folders, moved):
    for name, file, size in members(path):
        if name != MANIFEST:
            kind, _slash, inner = name.partition("/")
            target = folders[kind] / inner
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as unpacked:
                shutil.copyfileobj(file, unpacked)
            moved(size)


def _refuse_unfit(manifest):
    if manifest["engine"] != connection.vendor:
        raise Refused(
            f"The archive is of {manifest['engine']}, this database is {connection.vendor}: set DATABASE_URL to one of the same kind."
        )
    if manifest["pair"] != list(settings.PAIR):
        raise Refused(f"The archive is the record of {'-'.join(manifest['pair'])}: set PAIR={','.join(manifest['pair'])}.")
    known = wanted()
    ours = {app for app, _name in known}
    if newer := [f"{app} {name}" for app, name in manifest["migrations"] if app in ours and (app, name) not in known]:
        raise Refused(f"The archive is newer than this code, which does not know {newer[0]}: install the release that made it.")


def _refuse_to_overwrite():
    if ENGINES[connection.vendor].holds_something(connection):
        raise Refused(f"The database ({connection.settings_dict['NAME']}) holds something. --overwrite takes it away.")
    if there := files.are_there():
        raise Refused(f"{there} holds something. --overwrite takes it away.")


def _beside_the_database():
    """A folder on the disk of the database, so that its file can be put in place at once."""
    if connection.vendor != "sqlite":
        return tempfile.TemporaryDirectory()
    folder = Path(connection.settings_dict["NAME"]).parent
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{files.UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)
    return tempfile.TemporaryDirectory(dir=folder, prefix=files.UNFINISHED)
