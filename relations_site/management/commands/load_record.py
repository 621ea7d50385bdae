"""Load the shipped record: read and check every file, then add what the database never had."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from relations_site.shipped.reader import Content
from relations_site.shipped.writer import Refusal, Writer


class Command(BaseCommand):
    help = "Add the shipped record of content/ to the database. Safe to run again: what is there stays as it is."

    def add_arguments(self, parser):
        parser.add_argument("--content", type=Path, default=settings.BASE_DIR / "content", help="Folder of the files.")
        parser.add_argument("--check", action="store_true", help="Only check the files; write nothing.")

    def handle(self, *, content, check, verbosity, **options):
        files = Content(content)
        self._refuse(files.check())
        number = sum(map(len, files.rows.values()))
        self.stdout.write(f"{number} rows read from {content.name}/, no faults.")
        if check:
            return
        progress = tqdm if verbosity and self.stdout.isatty() else iter
        try:
            done = Writer(files, progress=progress).write()
        except Refusal as refusal:
            self._refuse(refusal.faults)
        self.stdout.write(self.style.SUCCESS(f"{done.added} rows added, {done.kept} left as they were."))

    def _refuse(self, faults):
        if faults:
            for fault in faults:
                self.stderr.write(str(fault))
            raise CommandError(f"{len(faults)} faults; nothing was written.")
