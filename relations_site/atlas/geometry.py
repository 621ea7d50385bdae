"""The region that the map draws: its projection, its countries, and the part of it that a page shows.

The drawing itself was made once by vendor/build.mjs; here points are put where it would put them.
"""

import json
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

FILE = Path(__file__).parent / "region.json"
OUTLINES = Path(settings.BASE_DIR) / "static/img/region.svg"
OUTLINE = re.compile(r'<path id="(\w+)"[^>]* d="([^"]*)"')
PAIR_OF_NUMBERS = re.compile(r"(-?[\d.]+),(-?[\d.]+)")
# Height to width of a frame around one country, and the room around it, as a part of its own size.
INSET_SHAPE = 2 / 3
INSET_ROOM = 0.12
# Each step nearer shows a third of the width. Two steps: coordinates are those of cities, and no more is claimed of them.
STEP = 3
MOST_STEPS = 2


@dataclass(frozen=True)
class Frame:
    """A part of the drawing, in the drawing's own units."""

    x: float
    y: float
    width: float
    height: float

    @property
    def view_box(self):
        return f"{self.x:g} {self.y:g} {self.width:g} {self.height:g}"

    def holds(self, point):
        return self.x <= point[0] <= self.x + self.width and self.y <= point[1] <= self.y + self.height

    def percent(self, point):
        """Where a point stands in the frame, from the left and from the top, in hundredths."""
        return 100 * (point[0] - self.x) / self.width, 100 * (point[1] - self.y) / self.height


class Region:
    """Natural Earth's countries in a conformal conic projection (Snyder, Map Projections, p. 107; the formulas of d3-geo)."""

    def __init__(self, said):
        self.width, self.height = said["width"], said["height"]
        self.countries, self.sea, self.checks = said["countries"], said["sea"], said["checks"]
        self._meridian, self._scale, self._shift = said["meridian"], said["scale"], said["translate"]
        first, second = map(math.radians, said["parallels"])
        self._n = math.log(math.cos(first) / math.cos(second)) / math.log(_tangent(second) / _tangent(first))
        self._f = math.cos(first) * _tangent(first) ** self._n / self._n

    @property
    def frame(self):
        """The whole region."""
        return Frame(0, 0, self.width, self.height)

    def point(self, latitude, longitude):
        """Where a place stands in the drawing, or None for the poles, which no cone holds."""
        if abs(latitude) > 89:
            return None
        turn = (float(longitude) - self._meridian + 180) % 360 - 180
        radius = self._f / _tangent(math.radians(float(latitude))) ** self._n
        angle = self._n * math.radians(turn)
        x, y = radius * math.sin(angle), self._f - radius * math.cos(angle)
        return x * self._scale + self._shift[0], self._shift[1] - y * self._scale

    def near(self, point, steps):
        """The frame around a point, `steps` nearer than the whole, and never beyond it."""
        width, height = self.width / STEP**steps, self.height / STEP**steps
        x = min(max(point[0] - width / 2, 0), self.width - width)
        y = min(max(point[1] - height / 2, 0), self.height - height)
        return Frame(round(x, 1), round(y, 1), round(width, 1), round(height, 1))

    def around(self, code):
        """The frame that holds one country with some room around it, all of one shape."""
        left, top, right, bottom = _outlines()[code]
        width = max(right - left, (bottom - top) / INSET_SHAPE) * (1 + INSET_ROOM)
        height = width * INSET_SHAPE
        x, y = (left + right - width) / 2, (top + bottom - height) / 2
        return Frame(round(x, 1), round(y, 1), round(width, 1), round(height, 1))

    def steps_to(self, frame):
        """How many steps nearer show more than a frame does."""
        return next((steps for steps in range(1, MOST_STEPS) if self.width / STEP**steps < frame.width), MOST_STEPS)


@lru_cache(maxsize=1)
def _outlines():
    """{code: (left, top, right, bottom)} of every country as it is drawn."""
    found = {}
    for code, path in OUTLINE.findall(OUTLINES.read_text()):
        points = [(float(x), float(y)) for x, y in PAIR_OF_NUMBERS.findall(path)]
        across, down = zip(*points, strict=True)
        found[code] = (min(across), min(down), max(across), max(down))
    return found


def _tangent(angle):
    return math.tan(math.pi / 4 + angle / 2)


@lru_cache(maxsize=1)
def region():
    """The region of the shipped drawing."""
    return Region(json.loads(FILE.read_text()))
