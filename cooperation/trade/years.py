"""Full years: what each side's statistics and quotations say of each flow, and the balance that follows."""

from dataclasses import dataclass, field

from cooperation.models import Flow
from cooperation.trade.books import added_up, single
from record.pair import pair

BALANCE = "balance"
FLOWS = (Flow.TURNOVER, Flow.EXPORT, Flow.IMPORT, BALANCE)


@dataclass
class Year:
    """One year. Keys of `cells` are (reporter, flow); '' is a reporter not named. Statistics stand before quotations."""

    year: int
    cells: dict = field(default_factory=dict)

    def cell(self, reporter, flow):
        return self.cells.get((reporter, flow), [])

    def rows(self):
        """(reporter, [cell of each flow]) for each side that says something."""
        reporters = [code for code in (pair().first, pair().second, "") if any(key[0] == code for key in self.cells)]
        return [(code, [self.cell(code, flow) for flow in FLOWS]) for code in reporters]


def table(books):
    """Every full year on record, newest first."""
    years = {}
    for reading in [*books.years[0], *books.years[1], *balances(books)]:
        year = years.setdefault(reading.year, Year(reading.year))
        year.cells.setdefault((reading.reporter, reading.flow), []).append(reading)
    return sorted(years.values(), key=lambda year: -year.year)


def balances(books):
    """Exports minus imports of one side and year, computed within statistics and within quotations, never across."""
    return [balance for readings in books.years for balance in _balances(readings)]


def _balances(readings):
    flows = {}
    for reading in readings:
        if reading.is_stated:
            flows.setdefault((reading.reporter, reading.when), {}).setdefault(reading.flow, []).append(reading)
    found = []
    for cell in flows.values():
        exports, imports = single(cell.get(Flow.EXPORT, [])), single(cell.get(Flow.IMPORT, []))
        if exports and imports:
            found.append(added_up(exports, imports, sign=-1, flow=BALANCE))
    return found


def latest(books):
    """The newest year of which a side states its turnover, as a reading: statistics before quotations; None if there is none."""
    stated = [r for readings in books.years for r in readings if r.flow == Flow.TURNOVER and r.reporter and r.chartable]
    cells = {}
    for r in stated:
        if r.basis != "derived":
            cells.setdefault((r.reporter, r.year, r.basis == "quoted"), []).append(r)
    stated = [one for cell in cells.values() if (one := single(cell))]
    order = {pair().second: 1, pair().first: 0}
    return max(stated, key=lambda r: (r.year, r.basis != "quoted", order.get(r.reporter, 0)), default=None)
