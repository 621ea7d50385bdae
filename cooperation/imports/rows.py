"""What reading a file yields: observations, refusals with line and reason, and rows that are left out for a stated reason."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Observation(NamedTuple):
    """One row that may become a trade figure. `is_part` marks a part of a figure that only counts as a whole."""

    line: int
    reporter: str
    partner: str
    flow: str
    period_type: str
    year: int
    period: int
    classification: str
    product_code: str
    released_on: str
    value: str
    currency: str
    valuation: str
    status: str
    source_id: int
    is_part: int


class Refusal(NamedTuple):
    """A row that stops the import: where, in which column, and why, in the language of whoever reads."""

    line: int
    column: str
    reason: str

    def __str__(self):
        place = _("line %(line)s") % {"line": self.line}
        return f"{place}: {self.column}: {self.reason}" if self.column else f"{place}: {self.reason}"


class Omission(models.TextChoices):
    """Why a correct row is not counted."""

    OTHER_COUNTRIES = "other-countries", _("trade of other countries, and totals with the whole world")
    OTHER_FLOWS = "other-flows", _("re-exports, re-imports and other flows that exports and imports hold already")
    OTHER_CLASSIFICATIONS = "other-classifications", _("products by another classification than the Harmonized System")
    SERVICES = "services", _("services")
    PARTS = "parts", _("parts of a figure by second partner, customs procedure or mode of transport")


@dataclass(frozen=True)
class Omitted:
    """A row that is left out."""

    line: int
    why: Omission


class BadRow(Exception):
    """A row cannot be read; `column` is the name in the file."""

    def __init__(self, column, reason):
        self.column = column
        self.reason = reason
        super().__init__(f"{column}: {reason}")


class LeftOut(Exception):
    """A row is correct and none of ours."""

    def __init__(self, why):
        self.why = why
        super().__init__(why)


class Unreadable(Exception):
    """The file as a whole cannot be read; the message is a sentence for the editor."""


@dataclass(frozen=True)
class Terms:
    """What is said about a file from outside: whose it is, when it was released, how it is written."""

    encoding: str = "utf-8"
    decimal_sign: str = ""
    source_id: int | None = None
    released_on: date | None = None
    today: date = field(default_factory=timezone.localdate)

    @classmethod
    def of(cls, trade_import):
        """What was said about the file of an import."""
        return cls(trade_import.encoding, trade_import.decimal_sign, trade_import.source_id, trade_import.released_on)
