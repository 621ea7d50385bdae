"""Look for entries that may have been entered twice, after a load or an import: `find_doubles [--kind E]`.

Each entry is laid beside its own month, not beside all others; the command may be interrupted and run again.
"""

from django.core.management.base import BaseCommand

from record import doubles, kinds
from record.models import LikelyDouble


class Command(BaseCommand):
    help = "Compare every entry with those about it, and note the pairs that may be one and the same."

    def add_arguments(self, parser):
        parser.add_argument("--kind", metavar="LETTER", help="E, A or I: this kind alone")

    def handle(self, *, kind, **options):
        for one in [kinds.by_letter(kind)] if kind else kinds.all_kinds():
            for done, entry in enumerate(one.model._base_manager.order_by("number").iterator(200), 1):
                doubles.follow(entry)
                if options["verbosity"] and done % 500 == 0:
                    self.stdout.write(f"{one.letter}: {done}")
        open_pairs = LikelyDouble.objects.filter(different_at__isnull=True).count()
        self.stdout.write(f"{open_pairs} pairs look alike; they wait on the desk.")
