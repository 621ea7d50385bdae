"""The pages of trade. Each begins with one question; one that cannot be read gets a sentence and no figure, with 400."""

from functools import wraps
from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cooperation.models import QuotedFigure, TradeFigure
from cooperation.trade import catalogue, causes, contradictions, goods, growth, mirror, outlets, readings, tables, years
from cooperation.trade.books import Books
from cooperation.trade.feeds import QUOTATIONS, STATISTICS
from cooperation.trade.question import QuotationListing, StatisticsListing, TradeQuestion
from record.embeds import framed
from record.models import Disagreement
from record.pair import country_name, pair
from record.views import ListPage

# (name of the address, label): the pages of trade, in the order of their tabs.
TABS = [
    ("trade", gettext_lazy("By year")),
    ("trade-mirror", gettext_lazy("Two sets of books")),
    ("trade-parts", gettext_lazy("Months and parts of years")),
    ("trade-goods", gettext_lazy("Goods")),
    ("trade-claims", gettext_lazy("Targets and growth")),
    ("trade-contradictions", gettext_lazy("Contradictions")),
    ("trade-quotations", gettext_lazy("Quotations")),
    ("trade-statistics", gettext_lazy("Statistics")),
]


def page(name):
    """A page of trade for a question that can be answered: the view gives its context."""

    def decorate(view):
        @require_safe
        @wraps(view)
        def answer(request, **arguments):
            question = TradeQuestion(request.GET)
            context = {"question": question, "listing": question.listing, "tabs": TABS, "tab": name}
            if not question.is_answerable:
                return render(request, "cooperation/trade/unanswerable.html", context, status=400)
            return render(request, f"cooperation/trade/{name}.html", context | view(question, **arguments))

        return answer

    return decorate


def blocks(question, *names, **options):
    """Charts as HTML, by name."""
    return [outlets.block(name, question, **options) for name in names]


@page("years")
def by_year(question):
    """Turnover, exports, imports and balance by year and by whose report."""
    (main,) = blocks(question, "turnover")
    others = blocks(question, "exports", "imports", "balance", compact=True)
    books = question.books
    return {
        "main": main,
        "others": others,
        "years": years.table(books),
        "latest": years.latest(books),
        "has_statistics": bool(books.years[0]),
    }


@page("mirror")
def two_books(question):
    """What each side says of the same goods, the gap, and what can cause it."""
    books, first, second = question.both_books, pair().first, pair().second
    turnover = mirror.of_books(books.years, "")
    parts = [(_heading(side), tables.of_mirrors(rows)) for side in (first, second, "") if (rows := _parts(books, side))]
    return {
        "pair_of_charts": blocks(question, f"mirror-{first}-{second}", f"mirror-{second}-{first}"),
        "turnover": tables.of_mirrors(turnover) if turnover else None,
        "parts": parts,
        "gaps": _gaps(books),
        "causes": [(cause.label, causes.EXPLAINED[cause]) for cause in causes.Cause],
    }


def _gaps(books):
    """[(causes that can explain them, [(gap, what sources say caused it)])], newest first; of parts of years those that a source
    explains. Gaps that follow each other and have the same causes are told together."""
    named, found = mirror.named_causes(), []
    for side in (pair().first, pair().second, ""):
        found += [m for m in mirror.of_books(books.years, side) if m.gap]
        found += [m for m in _parts(books, side) if m.gap and m.key in named]
    rows = [(m, named.get(m.key, [])) for m in sorted(found, key=lambda m: m.when, reverse=True)]
    rows = [(m, said, [cause for cause in m.causes if cause not in {row.cause for row in said}]) for m, said in rows]
    alike = groupby(rows, key=lambda row: row[2])
    return [(causes_left, [(m, said) for m, said, _left in group]) for causes_left, group in alike]


def _parts(books, exporter):
    """Comparisons of months and parts of years in which both sides say something."""
    found = [m for each in (books.parts, books.months) for m in mirror.of_books(each, exporter)]
    return [m for m in found if not m.missing]


def _heading(exporter):
    if not exporter:
        return _("Turnover")
    parts = {"exporter": country_name(exporter), "importer": country_name(readings.other(exporter))}
    return _("From %(exporter)s to %(importer)s") % parts


@page("parts")
def parts(question):
    """Months and parts of years, never on the axis of full years."""
    books = question.books
    rows = [*books.parts[0], *books.parts[1], *books.months[1]]
    rows.sort(key=lambda r: (-r.year, -(r.period or 13), r.reporter, r.flow))
    return {"charts": blocks(question, "part-years", "months"), "rows": [r for r in rows if r.code]}


@page("goods")
def goods_page(question):
    """Goods by chapter where released, and goods that somebody named."""
    books = question.books
    baskets = goods.baskets(goods.quoted_goods(books))
    several = [basket for basket in baskets if len(basket.readings) > 1]
    drawn = [catalogue.basket_chart(basket, f"goods-{n}") for n, basket in enumerate(several)]
    return {
        "chapters": blocks(question, "goods") if goods.chapters(books) else [],
        "both_books": [
            (_heading(exporter), rows[0][1], tables.of_chapters(rows)) for exporter, rows in goods.in_both_books(question.both_books)
        ],
        "baskets": list(zip(several, map(outlets.drawn, drawn), drawn, strict=True)),
        "alone": [basket.readings[0].figure for basket in baskets if len(basket.readings) == 1],
        "without_value": goods.without_value(books),
    }


@page("claims")
def claims(question):
    """Stated targets against stated turnover; growth claimed beside growth computed."""
    return {"charts": blocks(question, "targets"), "growth": growth.table(question.books)}


@page("contradictions")
def against(question):
    """Every quotation that something speaks against, and the disagreements between sources."""
    books = question.books
    flags = contradictions.flags_of(Books())
    flagged = [(f, [g for g in flags[f.code] if g.against != "sources"]) for f in books.figures if f.code in flags]
    public = QuotedFigure.objects.public().filter(pk__in=[f.pk for f in books.figures]).order_by().values("disagreements")
    return {
        "flagged": [(figure, own) for figure, own in flagged if own],
        "undrawn": [f for f in books.figures if not f.chartable],
        "disagreements": Disagreement.objects.filter(pk__in=public).prefetch_related("values__sources"),
    }


class QuotationList(ListPage):
    """Every quotation, with filters."""

    listing = QuotationListing
    outlets = QUOTATIONS
    template_name = "cooperation/trade/quotations.html"

    def extra(self, listing, page):
        return {"tabs": TABS, "tab": "quotations", "flags": listing.flags if listing.is_answerable else {}}


class StatisticsList(ListPage):
    """The newest release of every observation, with filters."""

    listing = StatisticsListing
    outlets = STATISTICS
    template_name = "cooperation/trade/statistics.html"

    def extra(self, listing, page):
        return {"tabs": TABS, "tab": "statistics"}


def _gone(request, model, code):
    """410 with the reason for a figure that was withdrawn, 404 for one that readers never saw."""
    figure = get_object_or_404(model.objects.gone(), number=code[1:])
    return render(request, "410.html", {"entry": figure}, status=410)


@require_safe
def quotation(request, code):
    """One quotation: its words, who said it and where, and everything that speaks against it."""
    figure = readings.quotations().filter(number=code[1:]).first()
    if figure is None:
        return _gone(request, QuotedFigure, code)
    flags = contradictions.flags_of(Books.around(figure.year)).get(figure.code, []) if figure.year else []
    context = {
        "figure": figure,
        "flags": [flag for flag in flags if flag.against != "sources"],
        "disagreements": figure.disagreements.all(),
        "tabs": TABS,
        "tab": "quotations",
    }
    return render(request, "cooperation/trade/quotation.html", context)


@require_safe
def statistic(request, code):
    """One observation with all its releases, earlier ones kept."""
    figure = TradeFigure.objects.public().select_related("source").filter(number=code[1:]).first()
    if figure is None:
        return _gone(request, TradeFigure, code)
    releases = list(readings.releases_of(figure))
    context = {"figure": figure, "releases": releases, "newest": releases[0], "tabs": TABS, "tab": "statistics"}
    return render(request, "cooperation/trade/statistic.html", context)


def named(view):
    """A chart that exists, asked a question that can be answered; else 404, or 400 in words."""

    @require_safe
    @wraps(view)
    def answer(request, name):
        if name not in catalogue.charts():
            raise Http404
        question = TradeQuestion(request.GET)
        try:
            return view(request, name, question)
        except outlets.Unanswerable:
            pass
        faults = "\n".join(f"{label}: {error}" for label, error in question.listing.faults())
        return HttpResponse(f"{faults}\n", status=400, content_type="text/plain; charset=utf-8")

    return answer


@require_safe
def chart(request, name):
    """A chart at an address of its own."""
    if name not in catalogue.charts():
        raise Http404
    return _chart(request, chart=name)


@page("chart")
def _chart(question, chart):
    return {"shown": outlets.block(chart, question, alone=True), "chart": outlets.heading(chart, question)}


@named
def chart_csv(request, name, question):
    return _file(outlets.as_csv(name, question), "text/csv; charset=utf-8", f"{name}.csv")


@named
def chart_svg(request, name, question):
    return _file(outlets.as_svg(name, question, _site()), "image/svg+xml; charset=utf-8", f"{name}.svg")


@named
def chart_png(request, name, question):
    return _file(outlets.as_png(name, question, _site()), "image/png", f"{name}.png")


def _file(content, content_type, name):
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": f'inline; filename="{name}"'})


def _site():
    return _("The record of relations between %(first)s and %(second)s") % {
        "first": country_name(pair().first),
        "second": country_name(pair().second),
    }


@framed
@named
def chart_embed(request, name, question):
    """A chart for other people's pages: it may be framed, and carries its source."""
    asked = question.asked.urlencode()
    whole = reverse("trade-chart", args=[name]) + (f"?{asked}" if asked else "")
    context = {"chart": outlets.heading(name, question), "shown": outlets.embedded(name, question), "whole": whole}
    return render(request, "cooperation/trade/embed.html", context)
