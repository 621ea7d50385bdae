"""Charts drawn on the server: geometry here, SVG in templates, colour only through classes."""

from dataclasses import dataclass

from record.pair import pair

WIDTH, HEIGHT = 720, 320
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 16, 36
NICE = (1, 2, 2.5, 5, 10)


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
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM


def scatter(figures):
    """The chart of yearly figures, or None when there is nothing to draw."""
    if not figures:
        return None
    first, last = min(f.year for f in figures), max(f.year for f in figures)
    step, top = scale(max(float(f.value) for f in figures))
    span = max(last - first, 1)

    def x(year):
        return LEFT + 24 + (year - first) * (WIDTH - LEFT - RIGHT - 48) / span

    def y(value):
        return HEIGHT - BOTTOM - float(value) * (HEIGHT - TOP - BOTTOM) / top

    side = {pair().first: "first", pair().second: "second"}
    marks = [
        Mark(f, round(x(f.year) + (-5 if f.reporter == pair().first else 5), 1), round(y(f.value), 1), side[f.reporter], f.basis == "derived")
        for f in sorted(figures, key=lambda f: (f.year, f.reporter))
    ]
    rows = [Tick(round(y(n * step), 1), n * step) for n in range(round(top / step) + 1)]
    every = max(1, -(-span // 12))
    years = [Tick(round(x(year), 1), year) for year in range(first, last + 1, every)]
    return Scatter(marks, rows, years)


def scale(largest):
    """A round step and a round top for an axis that begins at zero and holds `largest`."""
    if largest <= 0:
        return 1, 1
    power = 10 ** (len(str(int(largest))) - 1)
    step = next(power * n / 5 for n in (*NICE, 20, 25, 50) if power * n >= largest)
    return step, step * 5
