"""The CSV of UN Comtrade (comtradeplus.un.org) exactly as it is downloaded."""

from functools import lru_cache
from operator import itemgetter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cooperation.imports import checks, countries
from cooperation.imports.layout import Layout
from cooperation.imports.rows import BadRow, LeftOut, Observation, Omission
from cooperation.models import Flow, PeriodType, TradeFigure

FLOWS = {"X": Flow.EXPORT.value, "M": Flow.IMPORT.value}
# Re-exports and the like are contained in exports and imports; to add them would count them twice.
OTHER_FLOWS = frozenset({"RX", "RM", "DX", "FM", "XIP", "XOP", "MIP", "MOP", "X-D", "M-D"})
# What stands in the columns that may split a figure, in the row that holds its total.
WHOLE = {
    "partner2Code": frozenset({"0", ""}),
    "customsCode": frozenset({"C00", ""}),
    "motCode": frozenset({"0", ""}),
    "mosCode": frozenset({"0", ""}),
}
FOB, CIF, UNSTATED = TradeFigure.Valuation.values


class Comtrade(Layout):
    """Yearly and monthly trade in goods, in US dollars; imports as a rule CIF, exports FOB."""

    label = gettext_lazy("the CSV of UN Comtrade")
    required = (
        "typeCode",
        "freqCode",
        "refYear",
        "period",
        "reporterCode",
        "flowCode",
        "partnerCode",
        "partner2Code",
        "classificationCode",
        "cmdCode",
        "customsCode",
        "motCode",
        "primaryValue",
    )

    # What says whose trade a row counts, and which way: few combinations, read once each.
    context = ("typeCode", "reporterCode", "reporterISO", "partnerCode", "partnerISO", "flowCode", *WHOLE)

    def __init__(self, header, separator, terms):
        super().__init__(header, separator, terms)
        self.released_on = terms.released_on.isoformat()
        self.known_context = [name for name in self.context if name in self.at]
        self.context_of = itemgetter(*(self.at[name] for name in self.known_context))
        self.product_of = itemgetter(self.at["classificationCode"], self.at["cmdCode"])
        self.period_of = itemgetter(self.at["freqCode"], self.at["period"], self.at["refYear"])
        self.trade = lru_cache(maxsize=10_000)(self._trade)

    @classmethod
    def unknown_in(cls, header):
        """Comtrade has some thirty columns more, and adds new ones: they are not read."""
        return []

    def decimal_sign_of(self, separator):
        """As downloaded, the file has commas between cells and points in numbers; saved again elsewhere, it may not."""
        return "." if separator == "," else ""

    def observation(self, line, cells):
        self.refuse_wrong_width(cells)
        reporter, partner, flow, is_part = self.trade(self.context_of(cells))
        classification, code = checks.product(*self.product_of(cells), "cmdCode")
        period = _period(*self.period_of(cells))
        checks.period_is_over(*period, self.terms.released_on, self.terms.today, "period")
        value = cells[self.at["primaryValue"]]
        return Observation(
            line,
            reporter,
            partner,
            flow,
            *period,
            classification,
            code,
            self.released_on,
            self.numbers.read(value, "USD", "primaryValue"),
            "USD",
            self._valuation(cells, value),
            UNSTATED,
            self.terms.source_id,
            is_part,
        )

    def _trade(self, context):
        """(reporter, partner, flow, whether it is a part) of a row's context. Raises BadRow or LeftOut."""
        cell = dict.fromkeys(self.context, "") | dict(zip(self.known_context, map(str.strip, context), strict=True))
        self._goods_only(cell["typeCode"])
        reporter, partner = self._country(cell, "reporter"), self._country(cell, "partner")
        self.both_countries(reporter, partner, "partnerCode")
        return reporter, partner, _flow(cell["flowCode"]), int(any(cell[name] not in whole for name, whole in WHOLE.items()))

    def _goods_only(self, type_code):
        if type_code == "S":
            raise LeftOut(Omission.SERVICES)
        checks.one_of(type_code, ("C",), "typeCode")

    def _country(self, cell, side):
        """The country by its number; its letters, where they stand beside it, must not say otherwise."""
        found = countries.by_number(cell[f"{side}Code"], f"{side}Code")
        letters = cell[f"{side}ISO"]
        if found in self.pair and letters and countries.by_letters(letters, f"{side}ISO") != found:
            raise BadRow(f"{side}ISO", _("“%(letters)s” is another country than the number beside it") % {"letters": letters[:20]})
        return found

    def _valuation(self, cells, value):
        """FOB or CIF, by the column that repeats the value that is counted."""
        if self.cell(cells, "cifvalue") == value:
            return CIF
        return FOB if self.cell(cells, "fobvalue") == value else UNSTATED


@lru_cache(maxsize=100)
def _flow(code):
    if code in OTHER_FLOWS:
        raise LeftOut(Omission.OTHER_FLOWS)
    return FLOWS[checks.one_of(code, tuple(FLOWS), "flowCode")]


@lru_cache(maxsize=5000)
def _period(frequency, text, year):
    """(period type, year, month or 0) of 2024 or 202403."""
    number = checks.whole_number(text, "period")
    if len(text) != {"A": 4, "M": 6}[checks.one_of(frequency, ("A", "M"), "freqCode")]:
        raise BadRow("period", _("“%(text)s” does not fit the frequency %(frequency)s") % {"text": text, "frequency": frequency})
    if text[:4] != year:
        raise BadRow("refYear", _("“%(year)s” is not the year of the period %(period)s") % {"year": year[:20], "period": text})
    if frequency == "A":
        return PeriodType.YEAR.value, number, 0
    return PeriodType.MONTH.value, number // 100, number % 100
