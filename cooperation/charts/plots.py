"""From values to scenes. A value that is published stands on the axis, one that was quoted floats, a computed one is hollow."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice
from textwrap import shorten

from cooperation.charts.axes import LEFT, RIGHT, Slots, Values, labelled
from cooperation.charts.scene import Column, Hit, Line, Mark, Path, Scene, Words

HEIGHT, TOP, FOOT = 320, 24, 32
# Up to so many slots every mark has its number beside it, and full size.
ROOMY, CROWDED = 12, 24
WIDEST = 3.2
# How wide a letter of a number is, and a plot with numbers beside its marks at least and at most, in pixels.
LETTER, PLOT = 8, (608, 960)
ROW, BAR, LINE = 46, 12, 13
# How many letters of a name fit a telephone; the whole of it stands in the table and is said where one points.
LONGEST = 44


@dataclass(frozen=True)
class Point:
    """One value at one slot. `stands` is true of statistics; `words` is said of it; the number beside its
    mark and the address that it opens are only asked for where a mark is drawn."""

    slot: int
    kind: str
    value: float
    words: str
    stands: bool = False
    hollow: bool = False
    number: Callable = str
    address: Callable = str
    period: Callable = str

    @property
    def short(self):
        return self.number()

    @property
    def label(self):
        """What is read out of its mark, which stands alone there."""
        return f"{self.period()}: {self.words}".removeprefix(": ")

    @property
    def href(self):
        return self.address()


def grid(values, number):
    """The rows of an upright axis with their numbers, the zero line stronger."""
    items = []
    for row in values.rows():
        items.append(Line(0, values.y(row), 100, values.y(row), "axis" if row == 0 else "grid"))
        items.append(Words(0, values.y(row) - 5, number(row)))
    return items


def by_slot(points, names, number, *, heights=()):
    """Points over named slots: years, or months of a year. `heights` widens the axis, so that two charts share one."""
    values = Values.over([*(p.value for p in points), *heights], top=TOP, bottom=HEIGHT - FOOT)
    slots = Slots(len(names))
    items = grid(values, number)
    items += [Words(slots.x(slot), HEIGHT - FOOT + 22, str(name), kind, "middle") for slot, name, kind in labelled(names)]
    standing = [p for p in points if p.stands]
    items += [_column(p, slots, values) for p in standing]
    ordered = sorted(points, key=lambda p: (p.kind != "none", p.stands is False))
    marks = [_mark(point, slots, values, len(names)) for point in ordered]
    items += marks
    if len(names) <= ROOMY:
        items += _numbers(ordered, marks)
    return Scene(HEIGHT, items, _slot_hits(points, slots, names))


def _offset(point, slots):
    """Where a side stands in its slot, in percent and pixels: the first to the left, the second to the right."""
    direction = {"first": -1, "second": 1}.get(point.kind, 0)
    if point.stands or slots.count > ROOMY:
        return direction * min(slots.width * 0.2, WIDEST * 0.62), 0
    return 0, direction * 7


def _column(point, slots, values):
    width = min(slots.width * 0.34, WIDEST)
    x = slots.x(point.slot) + _offset(point, slots)[0] - width / 2
    top, bottom = sorted((values.y(point.value), values.y(0)))
    return Column(round(x, 2), top, round(width, 2), round(bottom - top, 1), f"column {point.kind}", point.hollow)


def _mark(point, slots, values, count):
    shift, dx = _offset(point, slots)
    size = 11 if count <= ROOMY else 9 if count <= CROWDED else 6
    x, y = round(slots.x(point.slot) + shift, 2), values.y(point.value)
    return Mark(x, y, point.kind, dx, size, point.hollow, point.href, point.label, not point.stands)


def _numbers(points, marks):
    """The number of each mark, at the first place where it covers no mark and no other number; without such a place it is left out."""
    placed = []
    for point, mark in zip(points, marks, strict=True):
        free = (words for words in _places(point, mark) if not any(_meet(words, other) for other in (*marks, *placed)))
        placed += islice(free, 1)
    return placed


def _places(point, mark):
    """Where the number of a mark may stand, the best first: of what stands above it, of a side's quotation outside of it."""
    kind = f"value {point.kind}"
    above = Words(mark.x, mark.y - 11, point.short, kind, "middle", mark.dx)
    left = Words(mark.x, mark.y + 4, point.short, kind, "end", mark.dx - 10)
    right = Words(mark.x, mark.y + 4, point.short, kind, "start", mark.dx + 10)
    sides = [right, left] if point.kind == "second" else [left, right]
    return [above, *sides] if point.stands or point.kind not in ("first", "second") else [*sides, above]


def _meet(one, other):
    """Whether two items lie over each other on the narrowest or on the widest plot."""
    return any(_overlap(_box(one, width), _box(other, width)) for width in PLOT)


def _overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _box(item, width):
    """(left, top, right, bottom) of a mark or of words, in pixels."""
    x = item.x * width / 100 + item.dx
    if isinstance(item, Mark):
        half = item.size / 2
        return x - half, item.y - half, x + half, item.y + half
    length = LETTER * len(item.text)
    left = x - {"start": 0, "middle": length / 2, "end": length}[item.anchor]
    return left, item.y - 10, left + length, item.y


def _slot_hits(points, slots, names):
    said = {}
    for point in points:
        said.setdefault(point.slot, []).append(point.words)
    return [
        Hit(slots.start(slot), 0, round(slots.width, 2), HEIGHT - FOOT, f"{names[slot]}: {'; '.join(words)}")
        for slot, words in sorted(said.items())
    ]


def by_month(points, years, names, number):
    """Values of parts of years over the month that ends them, each with its year.

    Released values stand on a stem, and those of one side and year are joined; quotations float.
    """
    values = Values.over([p.value for p in points], top=TOP, bottom=HEIGHT - FOOT)
    slots = Slots(len(names))
    items = grid(values, number)
    items += [Words(slots.x(slot), HEIGHT - FOOT + 22, name, kind, "middle") for slot, name, kind in labelled(names, most=6)]
    placed = [
        (point, year, slots.x(point.slot) + _aside(point, slots), values.y(point.value)) for point, year in zip(points, years, strict=True)
    ]
    runs = {}
    for point, year, x, y in placed:
        if point.stands:
            runs.setdefault((point.kind, year), []).append((x, y))
            items.append(Line(x, y, x, values.y(0), f"stem {point.kind}"))
    items += [Path(tuple(sorted(run)), f"ln {kind}") for (kind, _year), run in runs.items() if len(run) > 1]
    items += [Mark(x, y, point.kind, 0, 10, point.hollow, point.href, f"{year}: {point.words}") for point, year, x, y in placed]
    items += _year_labels(placed)
    said = [replace(point, words=f"{year} {point.words}") for point, year in zip(points, years, strict=True)]
    return Scene(HEIGHT, items, _slot_hits(said, slots, names))


def _aside(point, slots):
    """A little to the left for the first side and to the right for the second."""
    return round({"first": -1, "second": 1}.get(point.kind, 0) * slots.width * 0.14, 2)


def _year_labels(placed):
    """Each mark's year outside of it; where two of one side come close, the second on the other side of its mark."""
    items, last = [], {}
    for point, year, x, y in sorted(placed, key=lambda each: each[3]):
        if point.kind == "none":
            items.append(Words(x, y - 10, str(year), "year none", "middle"))
            continue
        outward = -1 if point.kind == "first" else 1
        key = (point.kind, point.slot)
        if abs(last.get(key, -99) - y) < LINE:
            outward = -outward
            last.pop(key)
        else:
            last[key] = y
        items.append(Words(x, y + 4, str(year), f"year {point.kind}", "end" if outward < 0 else "start", outward * 9))
    return items


@dataclass(frozen=True)
class Series:
    """One side's values over consecutive slots; a slot without a value breaks the line. Quotations are never `joined`."""

    kind: str
    points: list
    joined: bool = True


def lines(series, names, ticks, number):
    """Lines over many slots, as months of many years. `ticks` are (slot, words) under the axis."""
    values = Values.over([p.value for each in series for p in each.points], top=TOP, bottom=HEIGHT - FOOT)
    slots = Slots(len(names), LEFT, RIGHT - 1)
    items = grid(values, number)
    items += [Words(slots.x(slot), HEIGHT - FOOT + 22, words, anchor="middle") for slot, words in ticks]
    for each in series:
        for run in _runs(each.points) if each.joined else [[point] for point in each.points]:
            xy = tuple((slots.x(p.slot), values.y(p.value)) for p in run)
            if len(run) > 1:
                items.append(Path(xy, f"ln {each.kind}{' derived' if run[0].hollow else ''}"))
            if len(run) == 1 or len(names) <= CROWDED:
                items += [Mark(x, y, each.kind, 0, 7, p.hollow, p.href, p.label) for (x, y), p in zip(xy, run, strict=True)]
        last = each.points[-1]
        items.append(Mark(slots.x(last.slot), values.y(last.value), each.kind, 0, 10, last.hollow, last.href, last.label))
    return Scene(HEIGHT, items, _slot_hits([p for each in series for p in each.points], slots, names))


def _runs(points):
    """Points in consecutive slots of one ground, run by run."""
    runs = []
    for point in points:
        if runs and runs[-1][-1].slot == point.slot - 1 and runs[-1][-1].hollow == point.hollow:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def bars(points, names):
    """One lying bar per name, with its words above it; `points[n]` belongs to the slot of `names`."""
    largest = max([p.value for p in points], default=0) or 1
    items, hits = [], []
    for point in points:
        y = 6 + point.slot * ROW
        length = round(max(point.value, 0) / largest * 82, 2)
        items.append(Words(0, y + 13, shorten(names[point.slot], LONGEST, placeholder="…"), "name"))
        if point.stands:
            items.append(Column(0, y + 21, length, BAR, f"column {point.kind}", point.hollow))
        else:
            items.append(Line(0, y + 21 + BAR / 2, length, y + 21 + BAR / 2, f"stem {point.kind}"))
        items.append(Mark(length, y + 21 + BAR / 2, point.kind, 0, 11, point.hollow, point.href, f"{names[point.slot]}: {point.words}"))
        items.append(Words(length, y + 25 + BAR / 2 - 1, point.short, f"number {point.kind}", dx=12))
        hits.append(Hit(0, y, 100, ROW, f"{names[point.slot]}: {point.words}"))
    return Scene(ROW * len(names) + 12, items, hits, axis="y")
