"""What the layouts of files share: they are told apart by their header, and nothing else is read."""

from abc import ABC, abstractmethod

from django.utils.translation import gettext as _

from cooperation.imports import checks
from cooperation.imports.numbers import Numbers
from cooperation.imports.rows import BadRow, LeftOut, Omission, Unreadable
from record.pair import pair

SEPARATORS = ",;\t"


class Layout(ABC):
    """A way in which rows are written: what an editor calls it, `required` and `optional` columns, and `observation()` for one row."""

    label = ""
    required: tuple = ()
    optional: tuple = ()

    def __init__(self, header, separator, terms):
        self.at = {name: position for position, name in enumerate(header)}
        self.width = len(header)
        self.terms = terms
        self.numbers = Numbers(terms.decimal_sign or self.decimal_sign_of(separator))
        self.sources = checks.Sources()
        self.pair = {pair().first, pair().second}
        self.need_what_the_file_leaves_out()

    @classmethod
    def missing_in(cls, header):
        """Required columns that a header does not have."""
        return [name for name in cls.required if name not in header]

    @classmethod
    def unknown_in(cls, header):
        """Columns of a header that the layout does not know."""
        return [name for name in header if name not in cls.required + cls.optional]

    def decimal_sign_of(self, separator):
        """The decimal sign that follows from the layout itself; '' if it does not."""
        return ""

    def need_what_the_file_leaves_out(self):
        """Raise Unreadable if neither the rows nor the terms can say whose the figures are and when they were released."""
        if not self.terms.source_id and "source" not in self.at:
            raise Unreadable(_("Say which source these figures come from."))
        if not self.terms.released_on and "released_on" not in self.at:
            raise Unreadable(_("Say on which day these figures were released."))

    @abstractmethod
    def observation(self, line, cells):
        """The Observation in a row. Raises BadRow, or LeftOut for a correct row that is none of ours."""

    def cell(self, cells, name):
        """A cell without the spaces around it; '' for a column that the file does not have."""
        position = self.at.get(name)
        return cells[position].strip() if position is not None else ""

    def refuse_wrong_width(self, cells):
        """A row is as wide as the header, but for empty cells too many."""
        if len(cells) < self.width or any(cells[self.width :]):
            raise BadRow("", _("%(cells)s cells, where the header has %(columns)s") % {"cells": len(cells), "columns": self.width})

    def both_countries(self, reporter, partner, column):
        """Leave out what is not trade between the two states."""
        if {reporter, partner} != self.pair:
            if reporter == partner and reporter in self.pair:
                raise BadRow(column, _("a country does not trade with itself"))
            raise LeftOut(Omission.OTHER_COUNTRIES)
