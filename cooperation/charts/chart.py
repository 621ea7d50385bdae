"""A chart with everything that stands beside it: sentence, key, table, sources; and its table as CSV."""

import csv
import io
from dataclasses import dataclass, field
from functools import cached_property

from cooperation.charts.scene import Scene

# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """`name` travels in files, `label` is for people. A column `for_files` says in a word what people read in another cell."""

    name: str
    label: str = ""
    is_number: bool = False
    for_files: bool = False


@dataclass(frozen=True)
class Cell:
    """`raw` travels in files, `words` are for people; they say the same."""

    raw: str
    words: str = ""
    href: str = ""
    is_number: bool = False

    @classmethod
    def number(cls, value, words):
        """A number, exact in files; '' where there is none."""
        return cls("" if value is None else plain(value), words, is_number=True)


def plain(value):
    """A decimal without a needless zero or exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Table:
    """Columns, and one row of cells for each item; rows are made when somebody looks at them."""

    def __init__(self, columns, items, row_of):
        self.columns, self.items, self._row_of = columns, list(items), row_of

    @property
    def length(self):
        return len(self.items)

    @property
    def shown_columns(self):
        """The columns for people."""
        return [column for column in self.columns if not column.for_files]

    @cached_property
    def rows(self):
        return [self._row_of(item) for item in self.items]

    def csv(self):
        """The same rows for machines."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([column.name for column in self.columns])
        writer.writerows([[_guarded(cell) for cell in row] for row in self.rows])
        return out.getvalue()


def _guarded(cell):
    return f"'{cell.raw}" if not cell.is_number and cell.raw.startswith(FORMULA) else cell.raw


@dataclass(frozen=True)
class Chart:
    """`scene` is None where there is nothing to draw: then the sentence says so."""

    name: str
    title: str
    sentences: list
    scene: Scene | None
    table: Table
    sources: list
    unit: str = ""
    key: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @property
    def sentence(self):
        return " ".join(filter(None, self.sentences))

    @property
    def publishers(self):
        """One source of each publisher, in the order in which they are first used."""
        return list({source.publisher: source for source in reversed(self.sources)}.values())[::-1]

    @property
    def description(self):
        """What is read out in place of the picture."""
        return f"{self.sentence} {self.unit}."
