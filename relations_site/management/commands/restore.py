"""Bring database and files back to what a backup holds."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from relations_site.safekeeping import Refused, restoring
from relations_site.safekeeping.archive import verified


class Command(BaseCommand):
    help = (
        "Verify a whole archive of `backup`, then put its database and files in place and migrate. Refuses a newer archive, and to "
        "overwrite anything without --overwrite. Stop the site before."
    )
    # The database may not be there yet.
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("archive", type=Path)
        parser.add_argument("--overwrite", action="store_true", help="Take away the database and the files that are there.")
        parser.add_argument("--check", action="store_true", help="Only verify the archive.")

    def handle(self, *, archive, overwrite, check, verbosity, **options):
        if not archive.is_file():
            raise CommandError(f"There is no file {archive}.")
        show = bool(verbosity) and self.stderr.isatty()
        try:
            with tqdm(unit="B", unit_scale=True, disable=not show, desc="restore", file=self.stderr) as bar:
                about = verified(archive, bar.update) if check else restoring.restore(archive, overwrite=overwrite, moved=bar.update)
        except Refused as refused:
            raise CommandError(f"{refused} Nothing was changed.") from refused
        if check:
            self.stdout.write(self.style.SUCCESS(f"Whole: {len(about['members'])} members, made {about['made_at']}."))
        else:
            self.stdout.write(self.style.SUCCESS(f"The record is what it was at {about['made_at']}. Start the site."))
