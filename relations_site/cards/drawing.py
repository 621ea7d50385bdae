"""A card as PNG, in the site's fonts and inks, drawn once and remembered for as long as it says the same."""

import io
import math

from django.core.cache import cache
from PIL import Image, ImageDraw

from cooperation.charts import png
from cooperation.charts.svg import INKS as CHART_INKS
from record import release

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
ROOM = WIDTH - 2 * MARGIN
# Shapes are drawn larger and reduced, which smooths their edges.
FINE = 3
DAY = 24 * 60 * 60
INKS = {name: CHART_INKS[name] for name in ("ink", "quiet", "paper", "first", "second")} | {
    "wait": "#8a6100", "good": "#2c6e3f", "faint": "#efece4", "rule": "#d9d5cc",
}  # fmt: skip
# The title takes the largest of these sizes at which it fits; below the smallest it ends with the last word that does.
SIZES = (76, 68, 60, 54, 48, 43, 38, 34)
SMALLEST = 20
TITLE_TOP, TITLE_HEIGHT = 206, 264
LEADING = 1.18


def drawn(card):
    """The bytes of a card, from the cache where the same was drawn before."""
    return cache.get_or_set(f"card:{release.sign()}:{card.stamp}", lambda: draw(card), 30 * DAY)


def draw(card):
    image = _ground()
    pen = ImageDraw.Draw(image)
    _names(pen, image, card)
    size = fitting(card.over, "sans", 27, 500)
    text(pen, (MARGIN, 174), shortened(card.over, "sans", size, 500), "sans", size, 500, "quiet")
    size, lines = laid_out(card.title)
    y = TITLE_TOP + size
    for line in lines:
        text(pen, (MARGIN, y), line, "serif", size, 600, "ink")
        y += round(size * LEADING)
    _facts(pen, card)
    out = io.BytesIO()
    image.quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def laid_out(title):
    """(size, lines) of a title: the largest size at which its lines fit, broken between words and never within one."""
    for size in SIZES:
        lines = wrapped(title, size)
        if len(lines) <= most_lines(size) and all(length(line, "serif", size, 600) <= ROOM for line in lines):
            return size, balanced(title, size, len(lines))
    size = fitting(max(title.split(), key=len, default=""), "serif", SIZES[-1], 600)
    lines, most = wrapped(title, size), most_lines(size)
    kept, rest = lines[: most - 1], " ".join(lines[most - 1 :])
    return size, [*kept, shortened(rest, "serif", size, 600)]


def most_lines(size):
    return int((TITLE_HEIGHT - size * 0.3) // (size * LEADING)) or 1


def wrapped(title, size, room=ROOM):
    """A title in lines as long as there is room."""
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and length(longer, "serif", size, 600) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def balanced(title, size, number):
    """The title in as many lines, of lengths as even as its words allow."""
    lines = wrapped(title, size)
    for room in range(ROOM - 40, ROOM // 3, -40):
        narrower = wrapped(title, size, room)
        if len(narrower) > number or any(length(line, "serif", size, 600) > ROOM for line in narrower):
            break
        lines = narrower
    return lines


def shortened(words, family, size, weight):
    """Words that fit on one line, ended with the last whole one and an ellipsis where there are more."""
    if length(words, family, size, weight) <= ROOM:
        return words
    kept = words.split()
    while len(kept) > 1 and length(f"{' '.join(kept)} …", family, size, weight) > ROOM:
        kept.pop()
    return f"{' '.join(kept)} …"


def fitting(words, family, size, weight, room=ROOM):
    """The largest size, not above `size`, at which words fit on one line."""
    while size > SMALLEST and length(words, family, size, weight) > room:
        size -= 1
    return size


def length(words, family, size, weight):
    return sum(png.font(family, script, size, weight).getlength(piece) for script, piece in png.runs(words))


def text(pen, at, words, family, size, weight, ink):
    """Words from a point of their base line on; returns where they end."""
    x, y = at
    for script, piece in png.runs(words):
        face = png.font(family, script, size, weight)
        pen.text((x, y), piece, fill=INKS[ink], font=face, anchor="ls")
        x += face.getlength(piece)
    return x


def _ground():
    """Paper, a large faint star that leaves the picture at the right, and the two inks along the foot."""
    image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), INKS["paper"])
    pen = ImageDraw.Draw(image)
    for turned in (0, 45):
        _square(pen, (WIDTH - 70, HEIGHT - 240), 250, turned, "faint", 9)
    pen.rectangle([0, (HEIGHT - 14) * FINE, WIDTH * FINE // 2, HEIGHT * FINE], fill=INKS["first"])
    pen.rectangle([WIDTH * FINE // 2, (HEIGHT - 14) * FINE, WIDTH * FINE, HEIGHT * FINE], fill=INKS["second"])
    return image.reduce(FINE)


def _square(pen, centre, half, turned, ink, width):
    """A square of a star, standing on a side or on a corner."""
    reach, start = half * math.sqrt(2), 45 + turned
    angles = [math.radians(start + 90 * n) for n in range(5)]
    points = [((centre[0] + reach * math.cos(a)) * FINE, (centre[1] + reach * math.sin(a)) * FINE) for a in angles]
    pen.line([*points, points[1]], fill=INKS[ink], width=round(width * FINE), joint="curve")


def _names(pen, image, card):
    """The two countries joined by the star."""
    size = fitting(f"{card.first}   {card.second}", "serif", 38, 600, WIDTH - 2 * MARGIN - 60)
    end = text(pen, (MARGIN, 100), card.first, "serif", size, 600, "ink")
    star = Image.new("RGB", (52 * FINE, 52 * FINE), INKS["paper"])
    own = ImageDraw.Draw(star)
    _square(own, (26, 26), 14, 0, "first", 3)
    _square(own, (26, 26), 14, 45, "second", 3)
    image.paste(star.reduce(FINE), (round(end) + 8, 100 - 39))
    text(pen, (end + 68, 100), card.second, "serif", size, 600, "ink")
    pen.line([(MARGIN, 126), (WIDTH - MARGIN, 126)], fill=INKS["rule"], width=2)


def _facts(pen, card):
    """Date, place and status on one line at the foot; where there is no room for all, the first and the last."""
    facts, foot = list(card.facts), HEIGHT - 62
    size = fitting(" · ".join(facts), "sans", 32, 600)
    if length(" · ".join(facts), "sans", size, 600) > ROOM:
        facts, size = [facts[0], facts[-1]] if len(facts) > 2 else facts[:1], 28
    x = MARGIN
    for n, fact in enumerate(facts):
        if n:
            x = text(pen, (x, foot), " · ", "sans", size, 500, "quiet")
        is_last = n and n == len(facts) - 1
        x = text(pen, (x, foot), shortened(fact, "sans", size, 600), "sans", size, 600 if is_last else 500, card.ink if is_last else "ink")
