"""Days as bits: which rows have a day on or after another, without looking at a row.

A day is a whole number of twenty-two binary places; for each place one set holds the rows that have a one there (a bit-sliced index,
O'Neil and Quass 1997). A comparison takes one step for each place, however many rows and days there are.
"""

from pyroaring import BitMap

# Enough for 31 December 9999, which is day 3,652,059.
PLACES = 22


class Days:
    """{row: day}, in slices."""

    def __init__(self, pairs=()):
        self._known, self._slices = BitMap(), [BitMap() for _ in range(PLACES)]
        self.add(pairs)

    def add(self, pairs):
        """Note (row, day) pairs of rows that are not held yet; what has no day is left out."""
        slices, known = [[] for _ in range(PLACES)], []
        for key, day in pairs:
            if day is None:
                continue
            known.append(key)
            number, place = day.toordinal(), 0
            while number:
                if number & 1:
                    slices[place].append(key)
                number >>= 1
                place += 1
        self._known.update(known)
        for held, keys in zip(self._slices, slices, strict=True):
            held.update(keys)

    def discard(self, keys):
        """Forget some rows."""
        for held in (self._known, *self._slices):
            held.difference_update(BitMap(keys))

    def since(self, day):
        """The rows whose day is this one or a later one."""
        return self._from(day.toordinal())

    def until(self, day):
        """The rows whose day is this one or an earlier one."""
        return self._known - self._from(day.toordinal() + 1)

    def _from(self, number):
        later, same = BitMap(), self._known.copy()
        for place in reversed(range(PLACES)):
            if number >> place & 1:
                same &= self._slices[place]
            else:
                later |= same & self._slices[place]
                same -= self._slices[place]
        return later | same
