"""The way back: the whole archive is verified before anything is touched, and nothing that is there is overwritten without a word."""

import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.management import call_command
from django.db import connection

from record.inverted import journal
from relations_site.operations.health import wanted
from relations_site.safekeeping import Refused, files
from relations_site.safekeeping.archive import DATABASE, MANIFEST, members, verified
from relations_site.safekeeping.making import ENGINES, engine


def restore(path, *, overwrite=False, moved=lambda size: None):
    """Bring database and files to what an archive holds, and the schema to this code. Returns the manifest. Raises Refused."""
    manifest = verified(path, moved)
    _refuse_unfit(manifest)
    if not overwrite:
        _refuse_to_overwrite()
    files.clear()
    with _beside_the_database() as place:
        for name, file, size in members(path):
            if name == MANIFEST:
                continue
            if name.startswith(f"{DATABASE}/"):
                with (Path(place) / Path(name).name).open("wb") as target:
                    shutil.copyfileobj(file, target)
            else:
                files.put(name, File(file, name=name))
            moved(size)
        engine().restore(connection, Path(place), manifest)
    call_command("migrate", verbosity=0)
    journal.everything()
    return manifest


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
    return tempfile.TemporaryDirectory(dir=folder, prefix=".restoring-")
