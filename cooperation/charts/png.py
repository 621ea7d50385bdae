"""A scene as PNG, drawn from the same geometry with the site's own fonts.

Pillow draws it: its FreeType reads the site's variable woff2 fonts as they are, ə, ʻ and Cyrillic included, so that neither
a system library nor a second set of fonts is needed. A letter is taken from the file of its script, as in the style sheet.
"""

import io
from functools import lru_cache
from itertools import groupby
from pathlib import Path as FilePath

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from cooperation.charts.scene import SHAPES, Column, Line, Mark, Path, Words
from cooperation.charts.svg import INKS, outline

SCALE = 2
# Shapes are drawn larger and reduced, which smooths their edges; letters are smooth by themselves.
FINE = 2
FAMILIES = {"sans": "onest", "serif": "source-serif-4"}
# (first, last) code point of a file's share beside Latin, which takes the rest; as in static/css/tokens.css.
SCRIPTS = (
    ("cyrillic", ((0x301, 0x301), (0x400, 0x45F), (0x490, 0x491), (0x4B0, 0x4B1), (0x2116, 0x2116))),
    ("cyrillic-ext", ((0x460, 0x48F), (0x492, 0x4AF), (0x4B2, 0x52F))),
    ("latin-ext", ((0x100, 0x130), (0x132, 0x151), (0x154, 0x2BA), (0x1E00, 0x1E9F), (0x20A0, 0x20AB), (0x20AD, 0x20C0))),
)
STYLES = {
    "title": ("serif", 22, 600, "ink"), "lead": ("sans", 15, 400, "ink"), "name": ("sans", 13, 400, "ink"), "tick": ("sans", 13, 400, "quiet"),
}  # fmt: skip


def script_of(char):
    """Which file of a family holds a letter."""
    code = ord(char)
    return next((name for name, ranges in SCRIPTS if any(first <= code <= last for first, last in ranges)), "latin")


@lru_cache(maxsize=64)
def font(family, script, size, weight):
    """A font at a size in pixels and a weight."""
    path = FilePath(settings.BASE_DIR) / "static" / "fonts" / f"{FAMILIES[family]}-{script}-wght-normal.woff2"
    found = ImageFont.truetype(str(path), size)
    found.set_variation_by_axes([weight])
    # What is measured first is measured in the weight that the file begins with.
    found.getlength("0")
    return found


def runs(text):
    """The text in pieces of one script each."""
    return [(script, "".join(chars)) for script, chars in groupby(text, script_of)]


def style_of(kind):
    """(family, size, weight, ink) of words of a kind."""
    name, _space, side = kind.partition(" ")
    return STYLES.get(name) or ("sans", 13, 500, side or "quiet")


def length(text, kind, scale=1):
    """How long words of a kind are, in pixels."""
    family, size, weight, _ink = style_of(kind)
    return sum(font(family, script, size * scale, weight).getlength(piece) for script, piece in runs(text))


def draw(scene, *, width):
    """The scene as the bytes of a PNG of twice its width."""
    image = _shapes(scene, width)
    pen = ImageDraw.Draw(image)
    for item in scene.items:
        if isinstance(item, Words):
            _write(pen, item, width)
    out = io.BytesIO()
    image.quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _shapes(scene, width):
    scale = SCALE * FINE
    image = Image.new("RGB", (width * scale, scene.height * scale), INKS["paper"])
    pen = _Pen(ImageDraw.Draw(image), width * scale / 100, scale)
    for item in scene.items:
        pen.draw(item)
    return image.reduce(FINE)


def _write(pen, item, width):
    family, size, weight, ink = style_of(item.kind)
    x = item.x * width / 100 + item.dx
    whole = length(item.text, item.kind, SCALE)
    left = x * SCALE - {"start": 0, "middle": whole / 2, "end": whole}[item.anchor]
    for script, piece in runs(item.text):
        face = font(family, script, size * SCALE, weight)
        pen.text((left, item.y * SCALE), piece, fill=INKS[ink], font=face, anchor="ls")
        left += face.getlength(piece)


class _Pen:
    """Shapes in the pixels of the fine picture."""

    def __init__(self, pen, percent, scale):
        self.pen, self.percent, self.scale = pen, percent, scale

    def draw(self, item):
        method = {Line: self.line, Column: self.column, Path: self.path, Mark: self.mark}.get(type(item))
        if method:
            method(item)

    def ink(self, kind):
        return INKS[kind.split(" ")[-1] if kind.split(" ")[-1] != "derived" else kind.split(" ")[-2]]

    def line(self, item):
        s, p = self.scale, self.percent
        self.pen.line([(item.x1 * p, item.y1 * s), (item.x2 * p, item.y2 * s)], fill=self.ink(item.kind), width=s)

    def column(self, item):
        s, p = self.scale, self.percent
        left = item.x * p + item.dx * s
        right = left + (item.pixels * s if item.pixels else item.width * p)
        kind = item.kind.split(" ")[-1]
        fill = INKS["paper"] if item.hollow else INKS[f"{kind}-wash"]
        self.pen.rectangle(
            [left, item.y * s, right, (item.y + item.height) * s], fill=fill, outline=INKS[kind] if item.hollow else None, width=s
        )

    def path(self, item):
        points = [(x * self.percent, y * self.scale) for x, y in item.points]
        if "derived" not in item.kind:
            self.pen.line(points, fill=self.ink(item.kind), width=2 * self.scale, joint="curve")
            return
        for start, end in zip(points, points[1:], strict=False):
            self.pen.line([start, ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)], fill=self.ink(item.kind), width=2 * self.scale)

    def mark(self, item):
        """A floating mark has an edge of paper, so that it stands out before a column."""
        if item.floats and not item.hollow:
            self.shape(item, 2, {"fill": INKS["paper"]})
        fill = INKS["paper" if item.hollow else item.kind]
        self.shape(item, 1, {"fill": fill, "outline": INKS[item.kind], "width": 2 * self.scale})

    def shape(self, item, more, look):
        """The shape of a mark, larger by `more` pixels all around."""
        s = self.scale
        x, y, half = item.x * self.percent + item.dx * s, item.y * s, (item.size / 2 + more) * s
        shape = SHAPES[item.kind]
        if shape == "circle":
            self.pen.ellipse([x - half, y - half, x + half, y + half], **look)
        elif shape == "square":
            self.pen.rectangle([x - half, y - half, x + half, y + half], **look)
        else:
            self.pen.polygon([(x + dx, y + dy) for dx, dy in outline(shape, half)], **look)
