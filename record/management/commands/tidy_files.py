"""Remove stored files that no row and no version of a row names any more."""

import datetime
import re
from pathlib import PurePath

from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.db import models
from django.utils import timezone

# The names that this site gives: nothing else is touched. Renditions begin with the name of their picture.
NAME = re.compile(r"^(?P<name>[0-9a-f]{32})(?:-[0-9]+)?\.[a-z0-9]+$")
# A file is stored before its row: what is younger may belong to a form that is just being saved.
YOUNG = datetime.timedelta(days=1)


class Command(BaseCommand):
    help = "Remove files that neither a row nor a version of one names, and that are older than a day."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Name them and remove nothing.")

    def handle(self, *, dry_run, **options):
        removed = freed = 0
        kept, before = named_files(), timezone.now() - YOUNG
        for path in _stored():
            found = NAME.match(PurePath(path).name)
            if not found or f"{PurePath(path).parent}/{found['name']}" in kept or default_storage.get_modified_time(path) > before:
                continue
            removed, freed = removed + 1, freed + default_storage.size(path)
            self.stdout.write(path)
            if not dry_run:
                default_storage.delete(path)
        self.stdout.write(f"{removed} files, {freed} bytes{' would be removed' if dry_run else ' removed'}.")


def named_files():
    """Folder and stem of every file that a row names now, or named in any version that is kept."""
    names = set()
    for model in apps.get_models():
        for field in [f for f in model._meta.concrete_fields if isinstance(f, models.FileField)]:
            tables = [model, model.history.model] if hasattr(model, "history") else [model]
            for table in tables:
                names |= set(table._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True))
    return {str(PurePath(name).with_suffix("")) for name in names if name}


def _stored(folder=""):
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{name}" for name in files)
    for name in folders:
        yield from _stored(f"{folder}{name}/")
