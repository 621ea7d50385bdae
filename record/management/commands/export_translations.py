"""Write the texts of entries for a translator who works elsewhere."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from record import translations
from record.tables.files import Unreadable
from record.translations.exchange import formats
from record.translations.exchange.units import found_by, units_of
from record.translations.following import translated_models
from record.translations.rule import OPEN, WORK


class Command(BaseCommand):
    help = "Write texts as XLIFF 1.2 (.xlf) or CSV: of the named entries (E12, topic:energy …), or of all that have a status."

    def add_arguments(self, parser):
        parser.add_argument("language", choices=[code for code, _name in settings.LANGUAGES])
        parser.add_argument("file", type=Path, help="Where to write; its ending, .xlf or .csv, says in which form.")
        parser.add_argument("keys", nargs="*", help="Numbers, or kind and address. None for all that have the status.")
        parser.add_argument("--status", action="append", choices=[*WORK], help="May be given more than once.")

    def handle(self, *, language, file, keys, status, **options):
        form = file.suffix.lstrip(".").lower()
        if form not in formats.TYPES:
            raise CommandError("The name of the file must end in .xlf or .csv.")
        entries = [self._found(key) for key in keys] if keys else self._all(language, status or [OPEN[0], OPEN[1]])
        units = [unit for entry in entries for unit in units_of(entry, language)]
        try:
            file.write_bytes(formats.write(form, units, language))
        except (OSError, Unreadable) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS(f"{len(units)} texts written to {file}."))

    def _found(self, key):
        entry = found_by(key)
        if entry is None:
            raise CommandError(f"There is no entry {key}.")
        return entry

    def _all(self, language, statuses):
        for model in translated_models():
            for status in statuses:
                yield from model._base_manager.filter(translations.waiting(model, language, status)).order_by("pk")
