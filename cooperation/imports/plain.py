"""The plain CSV of this project: the fields of the record under their own names (docs/trade-import.md)."""

from django.utils.translation import gettext_lazy as _

from cooperation.imports import checks, countries
from cooperation.imports.layout import Layout
from cooperation.imports.rows import Observation
from cooperation.models import Flow, PeriodType, TradeFigure

FLOWS = tuple(Flow.values)
PERIOD_TYPES = tuple(PeriodType.values)
VALUATIONS = tuple(TradeFigure.Valuation.values)
STATUSES = tuple(TradeFigure.Status.values)
UNSTATED = "not-stated"


class Plain(Layout):
    """One observation a row."""

    label = _("the plain CSV that the handbook describes")
    required = ("reporter", "partner", "flow", "period_type", "year", "period", "value", "currency")
    optional = ("classification", "product_code", "valuation", "status", "released_on", "source")

    def observation(self, line, cells):
        self.refuse_wrong_width(cells)
        cell = {name: cells[self.at[name]].strip() for name in self.required}
        reporter = countries.by_letters(cell["reporter"], "reporter")
        partner = countries.by_letters(cell["partner"], "partner")
        self.both_countries(reporter, partner, "partner")
        released_on = self._released_on(cells)
        period = self._period(cell, released_on)
        currency = checks.currency(cell["currency"], "currency")
        return Observation(
            line,
            reporter,
            partner,
            checks.one_of(cell["flow"], FLOWS, "flow"),
            *period,
            *self._product(cells),
            released_on.isoformat(),
            self.numbers.read(cell["value"], currency, "value"),
            currency,
            checks.one_of(self.cell(cells, "valuation") or UNSTATED, VALUATIONS, "valuation"),
            checks.one_of(self.cell(cells, "status") or UNSTATED, STATUSES, "status"),
            self._source(cells),
            0,
        )

    def _period(self, cell, released_on):
        period_type = checks.one_of(cell["period_type"], PERIOD_TYPES, "period_type")
        year, period = checks.whole_number(cell["year"], "year"), checks.whole_number(cell["period"], "period")
        column = "period" if period else "year"
        checks.period_is_over(period_type, year, period, released_on, self.terms.today, column)
        return period_type, year, period

    def _product(self, cells):
        code = self.cell(cells, "product_code") or checks.TOTAL
        return checks.product(self.cell(cells, "classification"), code, "product_code")

    def _released_on(self, cells):
        text = self.cell(cells, "released_on")
        if not text and self.terms.released_on:
            return self.terms.released_on
        return checks.day(text, today=self.terms.today, column="released_on")

    def _source(self, cells):
        code = self.cell(cells, "source")
        return self.terms.source_id if not code and self.terms.source_id else self.sources.key_of(code, "source")
