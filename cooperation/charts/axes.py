"""Round numbers and places along an axis."""

from dataclasses import dataclass

STEPS = (1, 2, 2.5, 5, 10)
MOST_ROWS = 6
# How many years apart the years under an axis may stand.
STRIDES = (1, 2, 5, 10, 20, 50, 100, 1000)
# How many labels a chart of a few finger breadths holds.
NARROWEST = 5
# Where the first slot begins and the last ends, in percent of the width.
LEFT, RIGHT = 9, 99


def scale(largest):
    """A round step and a round top for an axis that begins at zero and holds `largest` in at most six rows."""
    if largest <= 0:
        return 1, 1
    power = 10.0 ** (len(str(int(largest))) - 2)
    step = next(power * n * tens for tens in (1, 10) for n in STEPS if power * n * tens * MOST_ROWS >= largest)
    return step, step * -(-largest // step)


@dataclass(frozen=True)
class Values:
    """An upright axis over round numbers, zero included, between two heights."""

    step: float
    low: float
    high: float
    top: float
    bottom: float

    @classmethod
    def over(cls, values, *, top, bottom):
        """The axis that holds all values."""
        least, most = float(min([0, *values])), float(max([0, *values]))
        step, _top = scale(max(most, -least))
        return cls(step, -step * -(least // step), step * -(-most // step) if most or least else step, top, bottom)

    def y(self, value):
        """The height of a value."""
        return round(self.bottom - (float(value) - self.low) * (self.bottom - self.top) / (self.high - self.low), 1)

    def rows(self):
        """The round numbers, from the lowest."""
        count = round((self.high - self.low) / self.step)
        return [round(self.low + n * self.step, 10) for n in range(count + 1)]


@dataclass(frozen=True)
class Slots:
    """Equal places along the width."""

    count: int
    left: float = LEFT
    right: float = RIGHT

    @property
    def width(self):
        return (self.right - self.left) / max(self.count, 1)

    def x(self, slot):
        """The middle of a slot."""
        return round(self.left + (slot + 0.5) * self.width, 2)

    def start(self, slot):
        return round(self.left + slot * self.width, 2)


def labelled(names, most=7, wide=16):
    """(slot, name, kind) under the axis: as many as fit the narrowest place, those for which a telephone has room, and minor
    ones for a wide place."""
    every = next(n for n in STRIDES if n * most >= len(names))
    closer = next(n for n in STRIDES if n * wide >= len(names))
    numbers = [int(name) if str(name).isdecimal() else slot for slot, name in enumerate(names)]
    shown = every if every % closer else closer
    rarely = every if every * NARROWEST >= len(names) else every * 2

    def kind(n):
        return "tick" if n % rarely == 0 else "tick narrow" if n % every == 0 else "tick minor"

    return [(slot, names[slot], kind(n)) for slot, n in enumerate(numbers) if n % shown == 0]
