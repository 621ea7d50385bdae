"""Numbers as bits: which rows have a number from another one on, and which come first, without looking at a row.

For each binary place one set holds the rows whose number has a one there (a bit-sliced index: O'Neil and Quass 1997). A comparison
takes one step for each place, and so does finding the first so many rows in an order, however many rows there are. Days are numbers too.
"""

import datetime
from collections import defaultdict

from pyroaring import BitMap


class Slices:
    """{row: number}; a row may have none."""

    def __init__(self):
        self.known, self._places = BitMap(), []

    def add(self, pairs):
        """Note (row, number or day) pairs of rows that are not held yet; None is left out."""
        found = defaultdict(list)
        for key, number in pairs:
            if number is not None:
                found[number].append(key)
        numbers = [(as_number(number), keys) for number, keys in found.items()]
        self.known.update([key for _number, keys in numbers for key in keys])
        for place in range(max((number.bit_length() for number, _keys in numbers), default=0)):
            if place == len(self._places):
                self._places.append(BitMap())
            self._places[place].update([key for number, keys in numbers if number >> place & 1 for key in keys])

    def discard(self, keys):
        """Forget a set of rows."""
        for held in (self.known, *self._places):
            held.difference_update(keys)

    def since(self, number):
        """The rows whose number is this one or a higher one."""
        return self._from(as_number(number))

    def until(self, number):
        """The rows whose number is this one or a lower one."""
        return self.known - self._from(as_number(number) + 1)

    def _from(self, number):
        if number >> len(self._places):
            return BitMap()
        higher, same = BitMap(), self.known.copy()
        for place in reversed(range(len(self._places))):
            if number >> place & 1:
                same &= self._places[place]
            else:
                higher |= same & self._places[place]
                same -= self._places[place]
        return higher | same

    def steps(self, *, descending):
        """(set, whether its rows come first) for each question that tells two rows apart; what has no number comes last."""
        yield self.known, True
        for held in reversed(self._places):
            yield held, descending

    def of(self, rows):
        """{row: number} of a set of rows, as far as they have one."""
        found = dict.fromkeys(rows & self.known, 0)
        for place, held in enumerate(self._places):
            for key in rows & held:
                found[key] += 1 << place
        return found


def foremost(rows, number, order):
    """The first `number` of a set of rows in an order, as a set. `order` holds (slices, whether the highest come first) pairs."""
    chosen, rest = BitMap(), rows
    if number >= len(rows):
        return rows
    if not number:
        return chosen
    for slices, descending in order:
        for held, are_first in slices.steps(descending=descending):
            first = rest & held if are_first else rest - held
            if len(chosen) + len(first) <= number:
                chosen, rest = chosen | first, rest - first
            else:
                rest = first
    return chosen


def between(rows, start, stop, order):
    """The rows from one place of an order to another, as a list in that order."""
    found = foremost(rows, stop, order) - foremost(rows, start, order)
    ranks = [(slices.of(found), descending) for slices, descending in order]
    return sorted(found, key=lambda key: [_rank(numbers.get(key), descending) for numbers, descending in ranks])


def _rank(number, descending):
    return (number is None, 0 if number is None else -number if descending else number)


def as_number(number):
    """A day as the number that stands for it."""
    return number.toordinal() if isinstance(number, datetime.date) else number
