"""What a chart is handed out as: a block of a page, an SVG, a PNG, a CSV; and the cache that remembers it.

The key holds a stamp of everything public that a chart can show, so that nothing is ever stale and nothing unpublished changes it, and the
sign of the release, so that none draws what another has remembered.
"""

import hashlib
from dataclasses import dataclass, replace

from django.core.cache import cache
from django.db.models import Count, Exists, Max, OuterRef, Sum
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext

from cooperation.charts import png, svg
from cooperation.charts.scene import Column, Mark, Scene, Words
from cooperation.models import QuotedFigure, QuotedFigureCitation, TradeFigure
from cooperation.trade.catalogue import charts
from record import release
from record.models import Disagreement, Source

DAY = 24 * 60 * 60
# Charts that compare both sides.
COMPARED = "mirror-"
# Width, margin and heights of a picture that leaves the page, in pixels before enlargement.
WIDTH, MARGIN = 960, 24
INKS = {"mark first": "first", "mark second": "second", "mark third": "none", "mark target": "target"}


def stamp(at=None):
    """Changes whenever anything changes that a reader's chart can show."""
    seen = []
    for queryset in (TradeFigure.objects.public(at), QuotedFigure.objects.public(at)):
        seen += queryset.order_by().aggregate(a=Count("pk"), b=Sum("number"), c=Sum("version"), d=Max("publish_at")).values()
    cited = [TradeFigure.objects.filter(source=OuterRef("pk")), QuotedFigureCitation.objects.filter(source=OuterRef("pk"))]
    for rows in (Source.objects.filter(Exists(cited[0]) | Exists(cited[1])), Disagreement.objects.filter(quoted_figures__isnull=False)):
        seen += rows.order_by().aggregate(Count("pk"), Sum("version")).values()
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


class Unanswerable(Exception):
    """The question cannot be read; nothing was made of it and nothing is remembered."""


def remembered(form, name, question, make):
    """What `make` gives, from the cache where the same was made of the same record. Raises Unanswerable."""
    asked = sorted((key, value) for key, values in question.asked.lists() for value in values)
    key = hashlib.sha256(repr((form, name, get_language(), asked, stamp())).encode()).hexdigest()
    return cache.get_or_set(f"chart:{release.sign()}:{key}", make, DAY)


def chart_of(name, question):
    """The chart of a name. Raises Unanswerable."""
    if not question.is_answerable:
        raise Unanswerable
    return charts()[name](question.both_books if name.startswith(COMPARED) else question.books)


def block(name, question, **options):
    """The chart with all that stands beside it, as HTML."""
    form = ("block", *sorted(options.items()))
    return remembered(form, name, question, lambda: _block(chart_of(name, question), question, options))


@dataclass(frozen=True)
class Heading:
    """What a chart's own page says around it."""

    name: str
    title: str
    is_drawn: bool


def heading(name, question):
    """The name and title of a chart, and whether there is anything to draw."""

    def make():
        chart = chart_of(name, question)
        return Heading(name, chart.title, chart.scene is not None)

    return remembered("heading", name, question, make)


def embedded(name, question):
    """The chart for other people's pages, as HTML."""

    def make():
        chart = chart_of(name, question)
        return render_to_string("cooperation/trade/_embedded.html", {"chart": chart, "drawn": drawn(chart)})

    return remembered("embed", name, question, make)


def _block(chart, question, options):
    context = {"chart": chart, "asked": question.asked.urlencode(), "drawn": drawn(chart), **options}
    return render_to_string("cooperation/trade/_chart.html", context)


def drawn(chart):
    """The chart's picture within a page; '' where there is nothing to draw."""
    if chart.scene is None:
        return ""
    return svg.inline(chart.scene, ident=f"chart-{chart.name}", title=chart.title, description=chart.description)


def as_csv(name, question):
    def make():
        return chart_of(name, question).table.csv()

    return remembered("csv", name, question, make)


def as_svg(name, question, site):
    """The chart as a file that carries its title, sentence, key and sources."""

    def make():
        chart = chart_of(name, question)
        return svg.standalone(poster(chart, site), width=WIDTH, title=chart.title, description=chart.description, lang=get_language())

    return remembered(("svg", site), name, question, make)


def as_png(name, question, site):
    return remembered(("png", site), name, question, lambda: png.draw(poster(chart_of(name, question), site), width=WIDTH))


def poster(chart, site):
    """The chart with words above and below it, all inside the picture."""
    items, y = [], MARGIN - 12
    for text, kind, line in ((chart.title, "title", 30), (chart.sentence, "lead", 21), (chart.unit, "tick", 18)):
        for part in wrapped(text, kind):
            y += line
            items.append(Words(_percent(MARGIN), y, part, kind))
        y += 4
    y = _key(items, chart.key, y + 20) + 14
    if chart.scene:
        items += [_indented(item.moved(y)) for item in chart.scene.items]
        y += chart.scene.height
    for text in (source_words(chart), site):
        for part in wrapped(text, "tick"):
            y += 18
            items.append(Words(_percent(MARGIN), y, part, "tick"))
    return Scene(round(y + MARGIN), items)


def _key(items, key, y):
    x = MARGIN
    for sample, words in key:
        drawn = _sample(sample)
        wide = png.length(words, "tick") + 14 * len(drawn) + 26
        if x + wide > WIDTH - MARGIN:
            x, y = MARGIN, y + 20
        items += [item.at(_percent(x + 6 + 14 * n)).moved(y) for n, item in enumerate(drawn)]
        if "column" in sample:
            items.append(Column(_percent(x + 4), y - 1, 0, 6, "column first", pixels=4))
        items.append(Words(_percent(x + 4 + 14 * len(drawn)), y, words, "tick"))
        x += wide
    return y


def _sample(sample):
    """The marks that stand before a word of the key."""
    if sample == "hollow":
        return [Mark(0, -4, "first", size=9, hollow=True), Mark(0, -4, "second", size=9, hollow=True)]
    return [Mark(0, -6 if "column" in sample else -4, INKS.get(sample, "first"), size=9)]


def _percent(pixels):
    return round(pixels * 100 / WIDTH, 3)


def _indented(item):
    """An item of the chart, between the margins of the picture."""
    share = (WIDTH - 2 * MARGIN) / WIDTH
    left = _percent(MARGIN)
    changes = {name: round(left + getattr(item, name) * share, 3) for name in ("x", "x1", "x2") if hasattr(item, name)}
    if hasattr(item, "width"):
        changes["width"] = item.width * share
    if hasattr(item, "points"):
        changes["points"] = tuple((left + x * share, y) for x, y in item.points)
    return replace(item, **changes)


def wrapped(text, kind):
    """Words in lines that fit between the margins."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and png.length(longer, kind) > WIDTH - 2 * MARGIN:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


def source_words(chart):
    """The publishers, each once."""
    names = [source.publisher for source in chart.publishers]
    return gettext("Sources: %(names)s.") % {"names": "; ".join(names)} if names else ""
