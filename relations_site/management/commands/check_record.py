"""Recompute everything that is derived and name what disagrees with its rule."""

from django.core.management.base import BaseCommand, CommandError

from cooperation.derived import refresh_agreement, wrongly_derived
from record import confirmation


class Command(BaseCommand):
    help = "Recompute derived values; name each that disagrees, and exit with 1. Status moves with the calendar: run it daily with --mend."

    def add_arguments(self, parser):
        parser.add_argument("--mend", action="store_true", help="Store what the rules say.")

    def handle(self, *, mend, **options):
        wrong = {}
        for agreement, column, value in wrongly_derived():
            wrong[agreement] = refresh_agreement
            self.stdout.write(f"{agreement.code}: {column} is {getattr(agreement, column)!r}, the rule says {value!r}")
        for entry, found in confirmation.wrongly_confirmed():
            wrong.setdefault(entry, confirmation.refresh)
            stored = (entry.confirmation, entry.confirmed_by)
            self.stdout.write(f"{entry.code}: confirmation is {stored}, the rule says {tuple(map(str, found.values()))}")
        for entry, refresh in wrong.items() if mend else ():
            refresh(entry)
            confirmation.refresh(entry)
        if wrong and not mend:
            raise CommandError(f"{len(wrong)} entries disagree with their rules.")
