"""Make a release of the whole public record: CSV files with a datapackage.json, the same as SQLite, codebook, licence, checksums."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from relations_site.bundle import making
from relations_site.bundle.reading import Reader


class Command(BaseCommand):
    help = (
        "Make a release of what is public now, for the page “Data”. It shows only when it is whole; interrupted, it leaves nothing "
        "behind and may be run again. Where nothing has changed since the newest release, none is made."
    )

    def add_arguments(self, parser):
        parser.add_argument("--anyway", action="store_true", help="Make one even if nothing has changed.")

    def handle(self, *, anyway, verbosity, **options):
        at = timezone.now()
        shown = bool(verbosity and self.stderr.isatty())
        try:
            with tqdm(total=Reader(at).count() if shown else None, unit="row", disable=not shown, file=self.stderr) as bar:
                release, is_new = making.make(at=at, anyway=anyway, progress=bar.update)
        except making.Busy:
            raise CommandError("Another process is making a release.") from None
        if verbosity and is_new:
            self.stdout.write(f"Release {release.version}: {release.rows} rows in {release.folder}, SHA-256 {release.checksum}.")
        elif verbosity:
            self.stdout.write(f"Nothing has changed since release {release.version}.")
