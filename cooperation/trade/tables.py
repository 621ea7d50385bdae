"""The tables beside the charts, and what their cells say."""

from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language, gettext

from cooperation.charts.chart import Cell, Column, Table, plain
from cooperation.trade import words
from cooperation.trade.books import single
from record.pair import country_name
from record.templatetags.record import capital


def address(code):
    """The page of a quotation or of an observation; '' for a value that is only computed."""
    return f"{_list(get_language(), code[0])}{code}/" if code else ""


@lru_cache
def _list(lang, letter):
    """The address under which all figures of a letter stand; asked once, since a chart holds thousands."""
    return reverse("trade-quotations" if letter == "Q" else "trade-statistics")


def period_cell(row):
    return Cell(words.edtf(row), capital(words.period(row)))


def reporter_cell(code):
    return Cell(code, words.reporter(code))


def value_cell(reading):
    return Cell(plain(reading.value), words.value_of(reading), is_number=True)


def number_cell(value, places=2):
    """A number that may be missing."""
    return Cell.number(value, gettext("not to be had") if value is None else words.number(value, places))


def code_cell(reading):
    return Cell(reading.code, reading.code or "–", address(reading.code))


def of_readings(readings, *, goods=False):
    """One row per reading: period, whose, how much, on what ground, where it stands on record."""
    columns = [
        Column("period", gettext("Period")),
        Column("reporter", gettext("By whose figures")),
        *([Column("goods", gettext("Goods"))] if goods else []),
        Column("value_million_usd", gettext("Million US dollars"), True),
        Column("precision", for_files=True),
        Column("basis", gettext("Basis")),
        Column("figure", gettext("Entry")),
    ]

    def row_of(r):
        return [
            period_cell(r),
            reporter_cell(r.reporter),
            *([Cell(r.product or r.item, goods_words(r))] if goods else []),
            value_cell(r),
            Cell(r.precision),
            Cell(r.basis, words.basis(r)),
            code_cell(r),
        ]

    return Table(columns, readings, row_of)


def goods_words(reading):
    """Goods as the quotation names them, or by their chapter."""
    from cooperation.trade import goods
    from record.texts import best

    if reading.figure is not None and (named := best(reading.figure, "subject").words):
        return capital(named)
    return goods.name_of(reading.product)


def of_mirrors(mirrors):
    """One row per period: what each side reports, the gap, its percentage, and why there is none."""
    return Table(
        _mirror_columns(mirrors, Column("period", gettext("Period"))), sorted(mirrors, key=lambda m: m.when, reverse=True), _mirror_row
    )


def of_chapters(rows):
    """One row per chapter of one period, (code, comparison), in the order given."""
    from cooperation.trade import goods

    columns = _mirror_columns([m for _code, m in rows], Column("chapter", gettext("Goods")))
    return Table(columns, rows, lambda row: [Cell(row[0], goods.name_of(row[0])), *_mirror_row(row[1])[1:]])


def _mirror_columns(mirrors, first):
    left, right = (mirrors[0].left_reporter, mirrors[0].right_reporter) if mirrors else ("", "")
    return [
        first,
        Column(f"reported_by_{left}", country_name(left), True),
        Column(f"reported_by_{right}", country_name(right), True),
        Column("gap", gettext("Gap"), True),
        Column("percent", gettext("Percent"), True),
        Column("precision", for_files=True),
        Column("basis", gettext("Basis")),
        Column("remark", gettext("Remark")),
    ]


def _mirror_row(m):
    basis = gettext("statistics") if m.basis == "statistics" else gettext("quoted")
    return [
        period_cell(m),
        side_cell(m.left),
        side_cell(m.right),
        Cell.number(m.gap, "–" if m.gap is None else _about(m, _signed(m.gap, 2))),
        Cell.number(m.percent, "–" if m.percent is None else _about(m, _signed(m.percent, 1))),
        Cell(m.precision),
        Cell(m.basis, basis),
        Cell(*remark(m)),
    ]


def _about(m, said):
    return gettext("about %(value)s") % {"value": said} if m.precision == "about" else said


def _signed(value, places):
    words_of = words.number(value, places)
    return f"+{words_of}" if value > 0 else words_of


def side_cell(readings):
    """What one side reports: its value, nothing, or several."""
    if not readings:
        return Cell("", "–", is_number=True)
    one = single(readings)
    if one:
        return Cell(plain(one.value), words.value_of(one), address(one.code), is_number=True)
    return Cell("; ".join(plain(r.value) for r in readings), "; ".join(words.value_of(r) for r in readings), is_number=True)


def remark(mirror):
    """(key, words) on why a pair has no gap; both empty where it has one."""
    if mirror.missing:
        return "one-side-only", gettext("only one side reported")
    if mirror.is_open:
        return "lower-bound-only", gettext("one side gives only a lower bound")
    if mirror.is_ambiguous:
        return "several-values", gettext("more than one value from one side")
    return "", ""


def of_targets(targets):
    """One row per target and side."""
    columns = [
        Column("stated", gettext("Stated")),
        Column("target_million_usd", gettext("Target, million US dollars"), True),
        Column("by", gettext("By")),
        Column("reporter", gettext("By whose figures")),
        Column("year", gettext("Newest year")),
        Column("value_million_usd", gettext("Million US dollars"), True),
        Column("percent", gettext("Percent of the target"), True),
        Column("figure", gettext("Entry")),
    ]
    items = [(target.figure, *reached) for target in targets for reached in target.reached or [(None, None)]]
    return Table(columns, items, _target_row)


def _target_row(item):
    figure, reading, part = item
    return [*_target_cells(figure), *_reached_cells(reading, part), Cell(figure.code, figure.code, address(figure.code))]


def _target_cells(figure):
    from record.dates import spoken

    return [
        Cell(figure.said_on, capital(spoken(figure.said_on)) if figure.said_on else gettext("day not known")),
        Cell(plain(figure.value), words.number(figure.value), is_number=True),
        Cell(str(figure.year or ""), str(figure.year or gettext("no year named"))),
    ]


def _reached_cells(reading, part):
    if reading is None:
        return [Cell("", "–"), Cell("", "–"), Cell("", "–", is_number=True), Cell("", "–", is_number=True)]
    return [
        reporter_cell(reading.reporter),
        Cell(str(reading.year), str(reading.year)),
        value_cell(reading),
        Cell.number(part, words.number(part, 1)),
    ]
