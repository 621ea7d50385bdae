"""What answers a question, as a set of entries: narrowed, counted and put in order without asking the database."""

from dataclasses import dataclass

from django.core.validators import EMPTY_VALUES
from pyroaring import BitMap

from record.inverted.slices import between


@dataclass(frozen=True)
class Answer:
    """The entries of a kind that answer a question; narrowed as a queryset is, and counted without one."""

    index: object
    bits: BitMap

    def __len__(self):
        return len(self.bits)

    def none(self):
        """No entry."""
        return self.among(BitMap())

    def among(self, bits):
        """Those of a set."""
        return Answer(self.index, self.bits & bits)

    def narrowed(self, own, value, found_by):
        """By one filter. What one that has no bits finds is asked of `found_by(filter, value)`."""
        if value in EMPTY_VALUES:
            return self
        found = own.marked(self.index, value) if hasattr(own, "marked") else None
        return self.among(found_by(own, value) if found is None else found)

    def between(self, start, stop, order):
        """The keys from one place of an order to another: (field, whether the highest come first) pairs that the index holds."""
        return between(self.bits, start, stop, [(self.index.numbers(name), descending) for name, descending in order])

    def tally(self, column):
        """{value: how many have it}."""
        values = self.index.values(column).items()
        return {value: number for value, bits in values if (number := self.bits.intersection_cardinality(bits))}

    def cross(self, one, other):
        """{(value of one column, value of another or None): how many have both}."""
        found = {}
        for value, bits in self.index.values(one).items():
            with_both = self.among(bits)
            inner = with_both.tally(other) if with_both else {}
            rest = len(with_both) - sum(inner.values())
            found |= {(value, second): number for second, number in (inner | ({None: rest} if rest else {})).items()}
        return found

    def counted(self, facet):
        """{value as readers write it: how many have it}."""
        name_of, found = self.index.names(facet), {}
        for value, number in self.tally(facet.column(self.index.model)).items():
            if (name := name_of(value)) is not None:
                found[name] = found.get(name, 0) + number
        return found
