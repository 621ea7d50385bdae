"""A scene as SVG: for the page, as wide as its place and inked by the style sheet; or as a file of its own width and ink."""

from html import escape

from django.utils.safestring import mark_safe

from cooperation.charts.scene import SHAPES, Column, Line, Mark, Path, Words

# The file's own inks: those of the light scheme of static/css/tokens.css.
INKS = {
    "ink": "#14202b", "quiet": "#55606b", "paper": "#fbfaf7", "grid": "#d9d5cc", "axis": "#7d848a",
    "first": "#0b6e7f", "second": "#a3213a", "none": "#55606b", "target": "#8a6100",
    "first-wash": "#c5e1e5", "second-wash": "#f0c9d0", "none-wash": "#dcdfe2", "target-wash": "#f3e2b8",
}  # fmt: skip
_STYLE = (
    "text{{font:400 13px Onest,'Segoe UI',Arial,sans-serif;fill:{quiet}}}.grid{{stroke:{grid}}}.axis{{stroke:{axis}}}"
    ".title{{font:600 22px 'Source Serif 4',Georgia,serif;fill:{ink}}}.lead{{font-size:15px;fill:{ink}}}.name{{fill:{ink}}}"
    ".ln{{fill:none;stroke-width:2}}.derived{{stroke-dasharray:4 4}}.pt{{stroke-width:2}}"
)
_KIND_STYLE = (
    ".column.{0}{{{{fill:{{{0}-wash}}}}}}.pt.{0}{{{{fill:{{{0}}};stroke:{{{0}}}}}}}.ln.{0},.stem.{0}{{{{stroke:{{{0}}}}}}}"
    ".value.{0},.number.{0}{{{{fill:{{{0}}};font-weight:500}}}}.hollow.{0}{{{{fill:{{paper}};stroke:{{{0}}}}}}}"
)
STYLE = (
    _STYLE + "".join(_KIND_STYLE.format(kind) for kind in SHAPES) + ".pt.floats{{stroke:{paper};stroke-width:4;paint-order:stroke}}"
).format(**INKS)


# The side of the square around a mark that opens what the mark opens, in pixels (WCAG 2.2, 2.5.8).
REACH = 24


class Drawer:
    """Draws at a given width in pixels; without one in percent, for a place whose width nobody knows yet."""

    def __init__(self, width=None):
        self.width = width

    def x(self, percent):
        return f"{percent:g}%" if self.width is None else f"{percent * self.width / 100:g}"

    def draw(self, item):
        """One item as markup."""
        return getattr(self, f"_{type(item).__name__.lower()}")(item)

    def _line(self, item: Line):
        ends = f'x1="{self.x(item.x1)}" x2="{self.x(item.x2)}" y1="{item.y1:g}" y2="{item.y2:g}"'
        return f'<line class="{item.kind}" {ends}/>'

    def _column(self, item: Column):
        width = f"{item.pixels:g}" if item.pixels else self.x(item.width)
        shift = f' transform="translate({item.dx:g})"' if item.dx else ""
        kind = f"{item.kind} hollow" if item.hollow else item.kind
        return f'<rect class="{kind}" x="{self.x(item.x)}" y="{item.y:g}" width="{width}" height="{item.height:g}"{shift}/>'

    def _path(self, item: Path):
        if self.width is not None:
            points = " ".join(f"{x * self.width / 100:g},{y:g}" for x, y in item.points)
            return f'<polyline class="{item.kind}" points="{points}"/>'
        # Points know no percent: a field of 100 by its height in pixels is stretched to the width, the stroke is not.
        height = max(y for _x, y in item.points) + 1
        points = " ".join(f"{x:g},{y:g}" for x, y in item.points)
        field = f'<svg width="100%" height="{height:g}" overflow="visible" viewBox="0 0 100 {height:g}" preserveAspectRatio="none">'
        return f'{field}<polyline class="{item.kind}" vector-effect="non-scaling-stroke" points="{points}"/></svg>'

    def _mark(self, item: Mark):
        half = item.size / 2
        shape = SHAPES[item.kind]
        if shape == "circle":
            drawn = f'<circle cx="{self.x(item.x)}" cy="{item.y:g}" r="{half:g}"{self._shift(item.dx)}/>'
        elif shape == "square":
            place = f'x="{self.x(item.x)}" y="{item.y - half:g}" width="{item.size:g}" height="{item.size:g}"'
            drawn = f"<rect {place}{self._shift(item.dx - half)}/>"
        else:
            points = outline(shape, half)
            flat = " ".join(f"{x:g},{y:g}" for x, y in points)
            drawn = f'<svg overflow="visible" x="{self.x(item.x)}" y="{item.y:g}"><polygon points="{flat}"{self._shift(item.dx)}/></svg>'
        drawn = f'<g class="pt {item.kind}{" hollow" if item.hollow else " floats" if item.floats else ""}">{drawn}</g>'
        if item.href and self.width is None:
            return f'<a href="{escape(item.href)}" aria-label="{escape(item.label)}" tabindex="-1">{drawn}</a>'
        return drawn

    def reach(self, item: Mark):
        """The room around a mark, for fingers: a link beside that of the mark itself, which alone is read out."""
        size = f'y="{item.y - REACH / 2:g}" width="{REACH}" height="{REACH}"'
        square = f'<rect x="{self.x(item.x)}" {size}{self._shift(item.dx - REACH / 2)}/>'
        return f'<a href="{escape(item.href)}" tabindex="-1" aria-hidden="true">{square}</a>'

    def _shift(self, dx):
        return f' transform="translate({dx:g})"' if dx else ""

    def _words(self, item: Words):
        anchor = "" if item.anchor == "start" else f' text-anchor="{item.anchor}"'
        dx = f' dx="{item.dx:g}"' if item.dx else ""
        return f'<text class="{item.kind}" x="{self.x(item.x)}" y="{item.y:g}"{dx}{anchor}>{escape(item.text)}</text>'

    def _hit(self, item):
        place = f'x="{self.x(item.x)}" y="{item.y:g}" width="{self.x(item.width)}" height="{item.height:g}"'
        return f"<rect {place}><title>{escape(item.label)}</title></rect>"


def outline(shape, half):
    """The corners of a triangle or a diamond around its middle."""
    if shape == "triangle":
        return [(0, -half * 1.15), (half * 1.15, half * 0.9), (-half * 1.15, half * 0.9)]
    return [(0, -half * 1.25), (half * 1.25, 0), (0, half * 1.25), (-half * 1.25, 0)]


def inline(scene, *, ident, title, description):
    """The chart within a page. Titles are read out; marks that lead somewhere are for pointers, the table has the same links."""
    drawer = Drawer()
    role = "group" if scene.links else "img"
    head = (
        f'<svg class="chart" height="{scene.height}" role="{role}" aria-labelledby="{ident}-title {ident}-desc" data-axis="{scene.axis}">'
    )
    names = f'<title id="{ident}-title">{escape(title)}</title><desc id="{ident}-desc">{escape(description)}</desc>'
    hits = f'<g class="hits">{"".join(map(drawer.draw, scene.hits))}</g>' if scene.hits else ""
    # Behind all marks: where these stand close, each still opens its own.
    reach = f'<g class="reach">{"".join(map(drawer.reach, scene.links))}</g>' if scene.links else ""
    return mark_safe("".join([head, names, hits, reach, *map(drawer.draw, scene.items), "</svg>"]))  # every word in it was escaped


def standalone(scene, *, width, title, description, lang):
    """The chart as a file."""
    drawer = Drawer(width)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{lang}" width="{width}" height="{scene.height}" viewBox="0 0 {width} {scene.height}">'
    names = f"<title>{escape(title)}</title><desc>{escape(description)}</desc><style>{STYLE}</style>"
    paper = f'<rect width="{width}" height="{scene.height}" fill="{INKS["paper"]}"/>'
    return "".join(['<?xml version="1.0" encoding="UTF-8"?>\n', head, names, paper, *map(drawer.draw, scene.items), "</svg>\n"])
