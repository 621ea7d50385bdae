"""Import a file of trade statistics: read and check all of it, show what would change, then write it at once or not at all."""

import hashlib
import os
from datetime import date
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from cooperation.imports.carry_out import NotCarriedOut, carry_out
from cooperation.imports.examine import examine
from cooperation.imports.rows import Omission, Terms, Unreadable
from cooperation.imports.stage import Stage
from cooperation.models import TradeImport
from record.models import Source


class Command(BaseCommand):
    help = (
        "Import trade figures from the CSV of UN Comtrade as it is downloaded, or from the plain CSV of docs/trade-import.md. "
        "All rows or none; the same file again changes nothing; a revised value is added beside the earlier one."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", help="Number of the source, S12, where the rows do not name theirs.")
        parser.add_argument("--released-on", type=date.fromisoformat, help="Day of release, 2026-01-31, where the rows do not name it.")
        parser.add_argument("--encoding", choices=TradeImport.Encoding.values, default="utf-8", help="How the file is written.")
        parser.add_argument("--decimal-sign", choices=[".", ","], default="", help="For numbers such as 1,234.")
        parser.add_argument("--by", help="Name of the user in whose name the figures are published.")
        parser.add_argument("--dry-run", action="store_true", help="Only show what would change.")

    def handle(self, *, file, source, released_on, encoding, decimal_sign, by, dry_run, verbosity, **options):
        chosen = _found(Source.objects, "source", number=_number(source)) if source else None
        user = _found(get_user_model().objects, "user", username=by) if by else None
        terms = Terms(encoding, decimal_sign, chosen and chosen.pk, released_on)
        try:
            with file.open("rb") as opened, Stage() as stage:
                found = self._examine(stage, opened, terms, show=verbosity and self.stderr.isatty())
                self._report(found)
                if not found.may_be_written:
                    raise CommandError(f"{found.counts['refused']} rows refused; nothing was written.")
                if not found.changes:
                    self.stdout.write("Nothing has changed: the record holds these figures already.")
                if dry_run or not found.changes:
                    return
                kept = TradeImport(
                    name=file.name[:200],
                    digest=hashlib.file_digest(_rewound(opened), "sha256").hexdigest(),
                    encoding=encoding,
                    decimal_sign=decimal_sign,
                    source=chosen,
                    released_on=released_on,
                    outcome=found.as_json(),
                )
                carry_out(kept, stage, by=user)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except (Unreadable, NotCarriedOut) as error:
            raise CommandError(f"{error} Nothing was written.") from error
        self.stdout.write(self.style.SUCCESS(f"{found.changes} figures added, T{kept.first_number} to T{kept.last_number}."))

    def _examine(self, stage, opened, terms, show):
        size = os.fstat(opened.fileno()).st_size
        with tqdm(total=size, unit="B", unit_scale=True, disable=not show, desc="reading", file=self.stderr) as bar:
            return examine(stage, opened, terms, bar.update)

    def _report(self, found):
        for refusal in found.refusals:
            self.stderr.write(str(refusal))
        if more := found.counts["refused"] - len(found.refusals):
            self.stderr.write(f"… and {more} more")
        self.stdout.write(f"{found.rows} rows: " + ", ".join(f"{count} {sort}" for sort, count in found.counts.items()))
        for why, count in found.left_out.items():
            self.stdout.write(f"{count} not counted: {Omission(why).label}")


def _number(code):
    digits = code.removeprefix(Source.LETTER)
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise CommandError(f"“{code}” is not the number of a source, such as S12.")
    return int(digits)


def _found(rows, kind, **key):
    found = rows.filter(**key).first()
    if found is None:
        raise CommandError(f"There is no {kind} {', '.join(map(str, key.values()))}.")
    return found


def _rewound(file):
    file.seek(0)
    return file
