"""Ask the addresses of all sources whether they still answer: `check_links [--limit 100] [--older-than 7]`.

May be interrupted and run again: every answer is kept at once. An address is dead after failures on two different days, so the
command is meant for every day, for example from cron.
"""

import datetime

from django.core.management.base import BaseCommand
from django.utils import timezone

from record.linkcheck import keeping
from record.linkcheck.asking import ask
from record.linkcheck.round import PAUSE, Round


class Command(BaseCommand):
    help = "Ask every source's addresses, keep what they answer, and say which are dead."

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, help="ask at most so many addresses, those first that were not asked for longest")
        parser.add_argument("--older-than", type=float, default=0.9, metavar="DAYS", help="leave alone what was asked within so many days")
        parser.add_argument("--pause", type=float, default=PAUSE, help="seconds between two requests to one host")

    def handle(self, *, limit, older_than, pause, **options):
        forgotten = keeping.forget_lost()
        dues = keeping.due(before=timezone.now() - datetime.timedelta(days=older_than))[:limit]
        round_ = Round(dues, ask, pause=max(0.0, pause))
        asked = dead = failing = 0
        try:
            for due, answer in round_:
                row = keeping.keep(due, answer)
                asked, dead, failing = asked + 1, dead + bool(row and row.dead_since), failing + answer.fails
                if options["verbosity"]:
                    self.stdout.write(f"{asked}/{len(dues)} {answer.status or '–'} {answer.fault or 'ok'} {due.address}")
        except KeyboardInterrupt:
            self.stderr.write("Interrupted: what was asked is kept; run it again for the rest.")
        self.stdout.write(
            f"{asked} of {len(dues)} addresses asked: {failing} fail, {dead} of them dead. "
            f"{round_.put_off} left for the next round, {forgotten} old ones forgotten."
        )
