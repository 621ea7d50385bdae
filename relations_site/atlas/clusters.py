"""Marks of a map that would lie on each other become one, with the sum of their entries."""

import math
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Spot:
    """A place in a frame: what was found there, and where it stands, in hundredths of the frame."""

    found: object
    x: float
    y: float


@dataclass
class Cluster:
    """One mark: the places that it stands for, the fullest first. It stands where that one does."""

    spots: list = field(default_factory=list)

    @property
    def leading(self):
        return self.spots[0]

    @property
    def total(self):
        return sum(spot.found.total for spot in self.spots)

    @property
    def ink(self):
        """The ink of the place that it bears the name of."""
        return self.leading.found.ink


def clustered(spots, width, height, distance):
    """Clusters of spots that lie nearer than `distance` pixels on a map of this size, the fullest place of each in its middle."""
    cells, clusters = {}, []
    for spot in sorted(spots, key=lambda spot: (-spot.found.total, spot.found.slug)):
        x, y = spot.x * width / 100, spot.y * height / 100
        column, row = int(x // distance), int(y // distance)
        near = [cell for dx in (-1, 0, 1) for dy in (-1, 0, 1) for cell in cells.get((column + dx, row + dy), ())]
        apart, home = min(((math.hypot(x - ox, y - oy), n) for ox, oy, n in near), default=(distance, None))
        if apart < distance:
            clusters[home].spots.append(spot)
        else:
            cells.setdefault((column, row), []).append((x, y, len(clusters)))
            clusters.append(Cluster([spot]))
    return clusters
