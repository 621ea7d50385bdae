"""Take in the file of a translator who works elsewhere."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from record.tables.files import LARGEST, LARGEST_MB, Unreadable
from record.translations.exchange import formats, taking


class Command(BaseCommand):
    help = "Take in translations that export_translations wrote: all texts or none; the same file again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("language", choices=[code for code, _name in settings.LANGUAGES])
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", help="Name of the user in whose name the texts are written.")
        parser.add_argument("--reviewed", action="store_true", help="A native editor has reviewed them.")
        parser.add_argument(
            "--take-older", action="store_true", help="Take translations of originals that have changed since, as outdated."
        )
        parser.add_argument("--dry-run", action="store_true", help="Only show what would change.")

    def handle(self, *, language, file, by, reviewed, take_older, dry_run, **options):
        terms = {"reviewed": reviewed, "take_older": take_older}
        try:
            units = formats.read(file.name, self._bytes(file))
            outcome = taking.examine(units, language, **terms)
            self._report(outcome)
            if outcome.may_be_written and not dry_run:
                taking.carry_out(units, language, by=self._user(by), **terms)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except (Unreadable, taking.NotTaken) as error:
            raise CommandError(f"{error} Nothing was written.") from error
        if outcome.refusals:
            raise CommandError(f"{len(outcome.refusals)} texts refused; nothing was written.")

    def _bytes(self, file):
        if file.stat().st_size > LARGEST:
            raise Unreadable(f"The file is larger than {LARGEST_MB} MB.")
        return file.read_bytes()

    def _report(self, outcome):
        for refusal in outcome.refusals:
            self.stderr.write(f"line {refusal.line}: {refusal.name}: {refusal.reason}")
        if not outcome.refusals and not outcome.may_be_written:
            self.stdout.write("Nothing has changed: the record holds these texts already.")
        self.stdout.write(f"{len(outcome.changes)} changed, {outcome.unchanged} unchanged, {outcome.empty} empty in the file.")

    def _user(self, name):
        user = get_user_model().objects.filter(username=name).first() if name else None
        if name and user is None:
            raise CommandError(f"There is no user {name}.")
        return user
