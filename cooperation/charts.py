"""Charts drawn on the server: geometry here, SVG in templates, colour only through classes.

A chart is as wide as its place: what lies along the years is given in percent of the width, what lies along the values
in pixels, so that neither letters nor marks shrink on a telephone.
"""

from dataclasses import dataclass

from record.pair import pair

HEIGHT, TOP, BOTTOM = 320, 24, 32
# Where the first and the last year stand, in percent of the width.
FIRST_YEAR, LAST_YEAR = 11, 93
STEPS = (1, 2, 2.5, 5, 10)
MOST_ROWS = 6
MOST_YEARS = 9


@dataclass(frozen=True)
class Mark:
    """One figure as it is drawn: a circle for the first country, a square for the second, hollow if computed."""

    figure: object
    x: float
    y: float
    side: str
    hollow: bool


@dataclass(frozen=True)
class Tick:
    """A line of the grid with its number, or a year under the axis."""

    position: float
    value: float


@dataclass(frozen=True)
class Scatter:
    """Marks of quoted figures over the years. Marks are not joined: quotations are no series."""

    marks: list
    rows: list
    years: list
    height: int = HEIGHT
    years_at: int = HEIGHT - BOTTOM + 22


def scatter(figures):
    """The chart of yearly figures, or None when there is nothing to draw."""
    if not figures:
        return None
    first, last = min(f.year for f in figures), max(f.year for f in figures)
    step, top = scale(max(float(f.value) for f in figures))
    span = max(last - first, 1)

    def x(year):
        return round(FIRST_YEAR + (year - first) * (LAST_YEAR - FIRST_YEAR) / span, 2)

    def y(value):
        return round(HEIGHT - BOTTOM - float(value) * (HEIGHT - TOP - BOTTOM) / top, 1)

    side = {pair().first: "first", pair().second: "second"}
    ordered = sorted(figures, key=lambda f: (f.year, f.reporter))
    marks = [Mark(f, x(f.year), y(f.value), side[f.reporter], f.basis == "derived") for f in ordered]
    rows = [Tick(y(n * step), n * step) for n in range(round(top / step) + 1)]
    every = -(-(span + 1) // MOST_YEARS)
    return Scatter(marks, rows, [Tick(x(year), year) for year in range(first, last + 1, every)])


def scale(largest):
    """A round step and a round top for an axis that begins at zero and holds `largest` in at most six rows."""
    if largest <= 0:
        return 1, 1
    power = 10.0 ** (len(str(int(largest))) - 2)
    step = next(power * n * tens for tens in (1, 10) for n in STEPS if power * n * tens * MOST_ROWS >= largest)
    return step, step * -(-largest // step)
