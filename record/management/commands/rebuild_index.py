"""Make the search index what the record says."""

from django.core.management.base import BaseCommand
from tqdm import tqdm

from record.inverted import journal
from record.search import rebuilding


class Command(BaseCommand):
    help = "Compare the search index with the record and store what differs. Readers search meanwhile; it may be broken off and run again."

    def handle(self, *, verbosity, **options):
        progress = tqdm if verbosity and self.stdout.isatty() else iter
        try:
            changed = rebuilding.rebuild(progress=progress)
        except KeyboardInterrupt:
            self.stderr.write("Broken off: what was done stays, and nothing is missing. Run it again to finish.")
            raise SystemExit(130) from None
        # Whatever is held in memory beside it is read anew too.
        journal.everything()
        self.stdout.write(self.style.SUCCESS(f"The index says what the record says; {changed} rows were not."))
