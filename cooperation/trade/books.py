"""Both sides' books for one question: the newest releases and the quotations that answer it, read once and kept apart."""

from django.utils.functional import cached_property

from cooperation.models import Flow, PeriodType, QuotedFigure
from cooperation.trade.readings import COLUMNS, Basis, Reading, newest_releases, of_observation, of_quotation, quotations
from record.models import Source

# The unit of every chart and comparison; what is released in another currency is listed and not drawn.
CURRENCY = "USD"
CHAPTERS = [f"{number:02}" for number in range(1, 100)]


class Books:
    """Readings of one question. `observed` and `quoted` are querysets, narrowed already."""

    def __init__(self, observed=None, quoted=None):
        self._observed = newest_releases() if observed is None else observed
        self._quoted = quotations() if quoted is None else quoted

    @classmethod
    def around(cls, year):
        """The books of a year and the one before: all that can speak for or against a quotation about that year."""
        years = (year - 1, year)
        return cls(newest_releases().filter(year__in=years), quotations().filter(year__in=years))

    @cached_property
    def figures(self):
        """Every quotation as it stands on record: values, growth, targets and indicators."""
        return list(self._quoted)

    @cached_property
    def quoted(self):
        """Quoted values of trade."""
        return [reading for figure in self.figures if (reading := of_quotation(figure))]

    def of_measure(self, measure):
        """Quotations of one measure."""
        return [figure for figure in self.figures if figure.measure == measure]

    @cached_property
    def targets(self):
        """Stated targets, in the order in which they were stated."""
        return sorted(self.of_measure(QuotedFigure.Measure.TARGET), key=lambda figure: (figure.said_from is None, figure.said_from))

    def statistics(self, *period_types):
        """Newest releases of these types of period, in dollars, all goods together."""
        return _readings(self._observed.filter(currency=CURRENCY, period_type__in=period_types, product_code="TOTAL"))

    @cached_property
    def chapters(self):
        """Newest releases by chapter of the Harmonized System, in dollars; finer codes stay where they are."""
        return _readings(self._observed.filter(currency=CURRENCY, product_code__in=CHAPTERS))

    def quotations_of(self, *period_types):
        """Quoted values of all goods together for these types of period."""
        return [reading for reading in self.quoted if reading.is_total and reading.period_type in period_types]

    @cached_property
    def years(self):
        """What is released and what is quoted for full years, all goods together."""
        return with_computed(self.statistics(PeriodType.YEAR)), self.quotations_of(PeriodType.YEAR)

    @cached_property
    def parts(self):
        """The same for quarters, January-to-month and unstated parts of years."""
        types = (PeriodType.TO_MONTH, PeriodType.QUARTER, PeriodType.UNSTATED)
        return with_computed(self.statistics(*types)), self.quotations_of(*types)

    @cached_property
    def months(self):
        """The same for single months."""
        return with_computed(self.statistics(PeriodType.MONTH)), self.quotations_of(PeriodType.MONTH)


def _readings(queryset):
    rows = list(queryset.order_by("year", "period", "reporter", "flow", "product_code").values_list(*COLUMNS))
    sources = Source.objects.in_bulk({row[-1] for row in rows})
    return [of_observation(row, sources) for row in rows]


def with_computed(statistics):
    """The same readings, and turnover added up where a side reports both flows of a period and no turnover."""
    known = {(r.reporter, r.when, r.flow): r for r in statistics}
    added = []
    for (reporter, when, flow), reading in known.items():
        imports = known.get((reporter, when, Flow.IMPORT))
        if flow == Flow.EXPORT and imports and (reporter, when, Flow.TURNOVER) not in known:
            added.append(added_up(reading, imports))
    return [*statistics, *added]


def added_up(exports, imports, *, sign=1, flow=Flow.TURNOVER):
    """Exports plus imports (turnover) or minus imports (balance, sign −1) of one side and one period, marked as computed."""
    return Reading(
        reporter=exports.reporter,
        flow=flow,
        period_type=exports.period_type,
        year=exports.year,
        period=exports.period,
        product=exports.product,
        value=exports.value + sign * imports.value,
        basis=Basis.COMPUTED,
        ground=exports.basis,
        parts=(exports.code, imports.code),
        slack=exports.slack + imports.slack,
        chartable=exports.chartable and imports.chartable,
        sources=tuple(dict.fromkeys([*exports.sources, *imports.sources])),
    )


def single(readings):
    """The one value of a cell, or None where there is none or more than one."""
    return readings[0] if len({reading.value for reading in readings}) == 1 else None
