"""Recompute everything that is derived and name what disagrees with its rule."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from cooperation.contradictions import contradictions_of
from cooperation.derived import refresh_agreement, wrongly_derived
from cooperation.models import Agreement
from cooperation.models.commitment import refresh_score, wrongly_scored
from record import confirmation, translations
from record.history import telling
from record.inverted import journal, watching
from record.search import rebuilding


class Command(BaseCommand):
    help = "Recompute derived values; name each that disagrees, and exit with 1. Steps that contradict each other are named besides. Old lines of the journal go."

    def add_arguments(self, parser):
        parser.add_argument("--mend", action="store_true", help="Store what the rules say.")

    def handle(self, *, mend, **options):
        wrong = self._journal(mend)
        for row, stored, found, refresh in self._wrong():
            wrong += 1
            self.stdout.write(f"{_name(row)}: stored is {stored}, the rule says {found}")
            if mend:
                refresh(row)
        for agreement in Agreement._base_manager.prefetch_related("actions__sources"):
            for sentence in contradictions_of(agreement):
                self.stdout.write(f"{agreement.code}: {sentence}")
        if wrong and not mend:
            raise CommandError(f"{wrong} rows disagree with their rules.")

    def _journal(self, mend):
        """1 if the triggers are not there by which lists are counted from memory; old lines of the journal go."""
        journal.tidy()
        if journal.watches(watching.watched()):
            return 0
        self.stdout.write("The triggers of the journal are missing: lists are counted by the database, which is slower.")
        if mend:
            watching.after_migration(using=connection.alias)
        return 1

    def _wrong(self):
        """(row, what is stored, what its rule says, its remedy) for everything derived."""
        for agreement, stored, found in wrongly_derived():
            yield agreement, _phases(stored), _phases(found), refresh_agreement
        for commitment, found in wrongly_scored():
            yield commitment, commitment.score, found, refresh_score
        for row, found, refresh in confirmation.wrongly_confirmed():
            yield row, (row.confirmation, row.confirmed_by), tuple(map(str, found.values())), refresh
        for row, stored, found, refresh in translations.wrongly_followed():
            yield row, stored, found, refresh
        yield from telling.wrongly_told()
        for row, fault, refresh in rebuilding.wrongly_indexed():
            yield row, f"{fault} in the search index", "what the record says", refresh


def _name(row):
    return getattr(row, "code", None) or f"{row._meta.verbose_name} {row.pk}"


def _phases(rows):
    return ", ".join(f"{status} from {first}" for status, _since, first, _last in rows) or "nothing"
