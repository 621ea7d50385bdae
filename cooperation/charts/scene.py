"""What a chart is made of, before anybody draws it. x and widths are percent of the width; y, dx, sizes are pixels."""

from dataclasses import dataclass, field, replace

SHAPES = {"first": "circle", "second": "square", "none": "triangle", "target": "diamond"}


@dataclass(frozen=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    kind: str

    def moved(self, dy):
        return replace(self, y1=self.y1 + dy, y2=self.y2 + dy)


@dataclass(frozen=True)
class Column:
    """A rectangle. `pixels` is its width where that is fixed, and dx then shifts it."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    hollow: bool = False
    dx: float = 0
    pixels: float = 0

    def moved(self, dy):
        return replace(self, y=self.y + dy)


@dataclass(frozen=True)
class Path:
    """A line through points, drawn without a break."""

    points: tuple
    kind: str

    def moved(self, dy):
        return replace(self, points=tuple((x, y + dy) for x, y in self.points))


@dataclass(frozen=True)
class Mark:
    """A mark whose shape is that of its kind; hollow where its value is computed, edged where it floats. It may lead somewhere."""

    x: float
    y: float
    kind: str
    dx: float = 0
    size: float = 11
    hollow: bool = False
    href: str = ""
    label: str = ""
    floats: bool = False

    def at(self, x):
        return replace(self, x=x)

    def moved(self, dy):
        return replace(self, y=self.y + dy)


@dataclass(frozen=True)
class Words:
    x: float
    y: float
    text: str
    kind: str = "tick"
    anchor: str = "start"
    dx: float = 0

    def moved(self, dy):
        return replace(self, y=self.y + dy)


@dataclass(frozen=True)
class Hit:
    """Where a reader points to hear the exact values, and what is said there."""

    x: float
    y: float
    width: float
    height: float
    label: str

    def moved(self, dy):
        return replace(self, y=self.y + dy)


@dataclass(frozen=True)
class Scene:
    """Everything in the order in which it is drawn. `axis` is the one along which the pointer searches."""

    height: int
    items: list = field(default_factory=list)
    hits: list = field(default_factory=list)
    axis: str = "x"

    @property
    def links(self):
        """The marks that lead somewhere."""
        return [item for item in self.items if isinstance(item, Mark) and item.href]
