"""Make a backup while the site is in use."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from relations_site.safekeeping import Refused, making


class Command(BaseCommand):
    help = (
        "Write the database as it is at one moment, the uploaded files and the releases into one archive with checksums. "
        "The site may be in use. SECRET_KEY and the other settings are not in it: keep .env apart."
    )

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, default=settings.BACKUP_ROOT, help="Folder of the archives (BACKUP_ROOT).")
        parser.add_argument("--keep", type=int, help="Afterwards take away all but so many of the newest archives.")

    def handle(self, *, to, keep, verbosity, **options):
        if keep is not None and keep < 1:
            raise CommandError("--keep needs a number of at least 1.")
        try:
            show = bool(verbosity) and self.stderr.isatty()
            with tqdm(total=making.size(), unit="B", unit_scale=True, disable=not show, desc="backup", file=self.stderr) as bar:
                path = making.make(to, keep=keep, moved=bar.update)
        except Refused as refused:
            raise CommandError(f"{refused} No backup was made.") from refused
        except OSError as error:
            raise CommandError(f"{to} cannot be written: {error.strerror}. No backup was made.") from error
        except KeyboardInterrupt:
            self.stderr.write("Broken off: no backup was made.")
            raise SystemExit(130) from None
        self.stdout.write(self.style.SUCCESS(f"{path} ({path.stat().st_size / 1_000_000:.1f} MB)"))
