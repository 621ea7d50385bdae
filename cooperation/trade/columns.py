"""What the data outlets say of observations and of quotations. The two share no column by chance and are never mixed."""

from cooperation.models import QuotedFigure, TradeFigure
from cooperation.trade import words
from events.models import Event
from record.columns import SOURCES, TRANSLATED, Column, Columns, Several, in_every_language, last_version, numbered
from record.templatetags.record import capital

WHEN = [Column("period_type"), Column("year"), Column("period")]


class _Figure:
    """A row of columns, read as a figure by those who say its period."""

    def __init__(self, row):
        self.year, self.period, self.period_type = row["year"], row["period"], row["period_type"]


def _statistic(row):
    flow = TradeFigure._meta.get_field("flow").flatchoices
    value = f"{row['currency']} {words.number(row['value'])}"
    return f"{words.reporter(row['reporter'])}: {dict(flow)[row['flow']]}, {words.period(_Figure(row))}, {value}"


def _quotation(row):
    """Who is quoted with what, as far as the columns tell."""
    measure = dict(QuotedFigure.Measure.choices)[row["measure"]]
    unit = dict(QuotedFigure.Unit.choices)[row["unit"]]
    value = "" if row["value"] is None else f", {words.number(row['value'], 4)} {unit}"
    return capital(f"{measure}, {words.period(_Figure(row))}{value}")


STATISTIC = Columns(
    TradeFigure,
    [
        numbered(TradeFigure),
        Column("reporter"),
        Column("partner"),
        Column("flow"),
        *WHEN,
        Column("classification"),
        Column("product_code"),
        Column("value"),
        Column("currency"),
        Column("valuation"),
        Column("status"),
        Several("source", "source", letter="S", single=True),
        Column("released_on"),
        Column("version"),
    ],
    changed=last_version(TradeFigure),
    title="",
    summary="",
    date="",
    kind="flow",
    page="code",
    route="trade-statistic",
    headed=_statistic,
    is_permanent=False,
)

QUOTATION = Columns(
    QuotedFigure,
    [
        numbered(QuotedFigure),
        Column("measure"),
        *in_every_language("subject"),
        Column("reporter"),
        Column("flow"),
        Column("exporter"),
        *WHEN,
        Column("value"),
        Column("unit"),
        Column("precision"),
        Column("basis"),
        Column("product_code"),
        Column("said_on"),
        Column("said_from"),
        Column("said_to"),
        *in_every_language("attributed_to"),
        Column("wording"),
        *in_every_language("note"),
        Column("chartable"),
        Several("event", "event", of=Event, single=True),
        SOURCES,
        *TRANSLATED,
        Column("version"),
    ],
    changed=last_version(QuotedFigure),
    title="",
    summary="",
    date="said_on",
    kind="measure",
    page="code",
    route="trade-quotation",
    headed=_quotation,
    is_permanent=False,
)
