"""What a map shows: its land, its marks and its names, each in hundredths of the frame, so that type never grows or shrinks.

A telephone has no room for what a wide screen shows. Marks are therefore put together for several widths, and the style sheet
shows the layer that fits; without a style sheet the list says the same.
"""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from record.pair import country_name, pair
from record.templatetags.record import amount
from relations_site.atlas.clusters import Spot, clustered
from relations_site.atlas.geometry import MOST_STEPS, region

# (name of the layer, width in pixels at which it begins to be shown).
LAYERS = (("narrow", 300), ("middle", 480), ("wide", 680))
LINE = 16
LETTER = 7.2
# Countries that show less of themselves than this many square units are not named.
SMALLEST_NAMED = 7000


def plain(number):
    """A number for the drawing, whatever the reader's language makes of decimal points."""
    return f"{number:.6g}"


@dataclass(frozen=True)
class Mark:
    """A mark: where it stands, how many entries it counts, what it says, and where it leads."""

    cluster: object
    radius: float
    href: str
    label: str

    @property
    def at(self):
        """From the left and from the top, in hundredths of the frame."""
        return plain(round(self.cluster.leading.x, 2)), plain(round(self.cluster.leading.y, 2))

    @property
    def sizes(self):
        """Half and whole width of its shape, and of the line around it."""
        return {
            "half": plain(self.radius),
            "whole": plain(2 * self.radius),
            "around": plain(self.radius + 3),
            "line": plain(2 * self.radius + 6),
        }

    @property
    def outer(self):
        """Half its width with the line around it."""
        return self.radius + 3 if self.several else self.radius

    @property
    def ink(self):
        return self.cluster.ink

    @property
    def number(self):
        total = self.cluster.total
        return str(total) if total < 10_000 else f"{total // 1000}k"

    @property
    def several(self):
        return len(self.cluster.spots) > 1


@dataclass(frozen=True)
class Name:
    """A name on the map: of a place, a country or a sea."""

    x: str
    y: str
    shift: str
    drop: str
    anchor: str
    words: str
    kind: str


@dataclass(frozen=True)
class Layer:
    """What is drawn on a map of at least one width."""

    name: str
    marks: list
    names: list


# A part of a cluster's entries that is worth a nearer view: one in so many.
FEW = 10


class Drawing:
    """A map of some places in a frame. `link` gives the address of a mark: link(spots, opens) for its places.

    `insets`: drawings of parts of it, shown beside it where it is narrow; `title`: what an inset shows.
    """

    def __init__(self, found, frame, link, *, steps=0, layers=LAYERS, named=True, insets=(), title=""):
        self.insets, self.title = insets, title
        self.frame, self.link, self.steps, self.named = frame, link, steps, named
        self.spots = [Spot(one, *frame.percent(one.point)) for one in found if one.point and frame.holds(one.point)]
        self.layers = [self._layer(name, width) for name, width in layers]

    @property
    def height(self):
        return region().height

    @property
    def width(self):
        return region().width

    @property
    def land(self):
        """(code, ink) of every country: the two in their inks, all others alike."""
        own = pair()
        inks = {own.first: "first", own.second: "second"}
        codes = sorted(region().countries, key=lambda code: (code in inks, code))
        return [(code, inks.get(code, "")) for code in codes]

    def _layer(self, name, width):
        height = width * self.frame.height / self.frame.width
        radius = _radius(sum(spot.found.total for spot in self.spots))
        clusters = clustered(self.spots, width, height, 2 * radius + 3)
        marks = [self._mark(cluster) for cluster in clusters]
        return Layer(name, marks, Names(width, height, marks).placed(self) if self.named else [])

    def _mark(self, cluster):
        opens = self.steps < MOST_STEPS and _comes_apart(cluster)
        spots = [spot.found for spot in cluster.spots]
        return Mark(cluster, _radius(cluster.total), self.link(spots, opens), _label(spots, cluster.total))


def _radius(total):
    """Room for the number, and never smaller than a finger needs."""
    return 10.5 + 2.5 * min(len(str(total)), 4)


def _comes_apart(cluster):
    """Whether a nearer view would show more: not where all but a few stand on one point, as the houses of a city do."""
    first = cluster.leading
    apart = [spot for spot in cluster.spots if abs(spot.x - first.x) > 0.4 or abs(spot.y - first.y) > 0.8]
    return sum(spot.found.total for spot in apart) * FEW > cluster.total


def _label(found, total):
    """What a mark says to those who do not see it."""
    entries = ngettext("%(number)s entry", "%(number)s entries", total) % {"number": amount(total)}
    if len(found) == 1:
        return f"{found[0].name}: {entries}"
    others = len(found) - 1
    words = ngettext("%(name)s and %(number)s place near it", "%(name)s and %(number)s places near it", others)
    return f"{words % {'name': found[0].name, 'number': amount(others)}}: {entries}"


class Names:
    """Finds room for names: never on a mark, never on another name. What finds none is left to the list."""

    def __init__(self, width, height, marks):
        self.width, self.height, self.marks = width, height, marks
        self.taken = []
        for mark in marks:
            x, y = self._pixels(mark)
            wide, high = (1.3 * mark.outer, 1.35 * mark.outer) if mark.ink == "both" else (mark.outer, mark.outer)
            self.taken.append((x - wide, y - high, x + wide, y + mark.outer))

    def _pixels(self, mark):
        spot = mark.cluster.leading
        return spot.x * self.width / 100, spot.y * self.height / 100

    def placed(self, drawing):
        """The names of the two states, of the places, of the neighbours and the sea, as far as there is room."""
        own = [code for code in (pair().first, pair().second) if code in region().countries]
        others = [code for code, said in region().countries.items() if code not in own and said["area"] >= SMALLEST_NAMED]
        names = [name for code in own if (name := self._of_land(drawing, code, "country"))]
        names += [name for mark in self.marks if (name := self._of_mark(mark))]
        names += [name for code in others if (name := self._of_land(drawing, code, "neighbour"))]
        sea = self._somewhere(drawing, region().sea, gettext("Caspian Sea"), "sea")
        return [*names, sea] if sea else names

    def _of_mark(self, mark):
        words = mark.cluster.leading.found.name.partition(",")[0]
        if mark.several:
            words += f" +{len(mark.cluster.spots) - 1}"
        gap = mark.outer * (1.3 if mark.ink == "both" else 1) + 4
        tries = [("start", gap, 4.5), ("end", -gap, 4.5), ("middle", 0, gap + 10), ("middle", 0, -gap)]
        spot = mark.cluster.leading
        return self._first_free((spot.x, spot.y), words, tries, "place")

    def _of_land(self, drawing, code, kind):
        return self._somewhere(drawing, region().countries[code]["name"], country_name(code), kind)

    def _somewhere(self, drawing, point, words, kind):
        """In its own spot, or a line or two above or below it."""
        if not drawing.frame.holds(point):
            return None
        tries = [("middle", 0, drop) for drop in (0, LINE, -LINE, 2 * LINE, -2 * LINE, 3 * LINE, -3 * LINE)]
        return self._first_free(drawing.frame.percent(point), words, tries, kind)

    def _first_free(self, percent, words, tries, kind):
        long = LETTER * len(words) * (1.12 if kind == "country" else 1)
        x, y = percent[0] * self.width / 100, percent[1] * self.height / 100
        for anchor, shift, drop in tries:
            left = x + shift - {"start": 0, "middle": long / 2, "end": long}[anchor]
            box = (left, y + drop - LINE + 4, left + long, y + drop + 4)
            if self._is_free(box):
                self.taken.append(box)
                return Name(*map(plain, (*percent, shift, drop)), anchor, words, kind)
        return None

    def _is_free(self, box):
        left, top, right, bottom = box
        if left < 2 or top < 2 or right > self.width - 2 or bottom > self.height - 2:
            return False
        return all(right <= a or left >= c or bottom <= b or top >= d for a, b, c, d in self.taken)
