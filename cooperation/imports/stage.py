"""Rows on their way into the record: put aside in tables of this connection alone, and compared there with what is stored.

Temporary tables are nobody else's and hold no lock on the record; both databases have them, and both forget them when the
process dies.
"""

import json
from itertools import islice

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from cooperation.models import TradeFigure
from cooperation.models.trade import SERIES
from record.bulk import columns_of, same
from record.models import NumberSeries

RELEASE = (*SERIES, "released_on")
# What makes a release say something else than the one before it.
CONTENT = ("value", "currency", "valuation", "status")
FIELDS = (*RELEASE, *CONTENT, "source")
BATCH = 500
STAGED, JUDGED, READY = "trade_import_staged", "trade_import_judged", "trade_import_ready"
FIGURES = TradeFigure._meta.db_table


class Verdict(models.TextChoices):
    """What a row of the file would do to the record."""

    NEW = "new", _("new")
    REVISED = "revised", _("revised")
    UNCHANGED = "unchanged", _("unchanged")
    DOUBLED = "doubled", _("stands in the file twice")
    TAKEN = "taken", _("another value is stored for this release")
    PART = "part", _("a part without its total")


REFUSED = (Verdict.DOUBLED, Verdict.TAKEN, Verdict.PART)
WRITTEN = (Verdict.NEW, Verdict.REVISED)


class Stage:
    """The staged rows of one import, from its first row to the moment of writing. Use it in a `with` statement."""

    def __enter__(self):
        self._forget()
        self._run(
            f"CREATE TEMPORARY TABLE {STAGED} (line integer PRIMARY KEY, {columns_of(TradeFigure, FIELDS)}, is_part integer NOT NULL)"
        )
        self._run(f"CREATE TEMPORARY TABLE {JUDGED} (line integer NOT NULL, verdict varchar(10) NOT NULL, other integer)")
        self._run(f"CREATE TEMPORARY TABLE {READY} (position integer PRIMARY KEY, {columns_of(TradeFigure, FIELDS)})")
        self.last_number = NumberSeries.last_of(TradeFigure.LETTER)
        return self

    def __exit__(self, *error):
        if not connection.needs_rollback:
            self._forget()

    def add(self, observations):
        """Put aside an iterable of observations, a few hundred at a time."""
        sql = f"INSERT INTO {STAGED} (line, {_names(FIELDS)}, is_part) SELECT {_cells_of_json()} FROM json_each(%s)"
        found = iter(observations)
        while batch := list(islice(found, BATCH)):
            self._run(sql, [json.dumps({observation.line: observation for observation in batch})])

    def judge(self):
        """Compare every staged row with the others and with the record."""
        self._run(f"CREATE INDEX {STAGED}_release ON {STAGED} ({_names(RELEASE)}, is_part, line)")
        self._run(f"ANALYZE {STAGED}")
        sql, params = _judgement()
        self._run(f"INSERT INTO {JUDGED} (line, verdict, other) {sql}", params)
        self._run(f"INSERT INTO {JUDGED} (line, verdict) {_parts_without_total()}")
        self._run(
            f"INSERT INTO {READY} (position, {_names(FIELDS)}) SELECT ROW_NUMBER() OVER (), {_names(FIELDS)} "
            f"FROM {JUDGED} JOIN {STAGED} USING (line) WHERE verdict IN (%s, %s)",
            WRITTEN,
        )

    def counts(self):
        """{verdict: number of rows}."""
        return dict(self._rows(f"SELECT verdict, COUNT(*) FROM {JUDGED} GROUP BY verdict"))

    def refused(self, count):
        """(line, verdict, the other line or the number of the stored figure) of the first refused rows."""
        where = "verdict IN (%s, %s, %s)"
        return self._rows(f"SELECT line, verdict, other FROM {JUDGED} WHERE {where} ORDER BY line LIMIT %s", (*REFUSED, count))

    def first_of(self, verdict, count):
        """The first rows of a sort as mappings, with the number and the value of the stored figure that they meet."""
        names = ("reporter", "partner", "flow", "period_type", "year", "period", "product_code", "value", "currency", "released_on")
        read = ", ".join(f"staged.{name}" for name in names)
        found = self._rows(
            f"SELECT line, {read}, stored.number, stored.value FROM {JUDGED} judged JOIN {STAGED} staged USING (line) "
            f"LEFT JOIN {FIGURES} stored ON stored.number = judged.other WHERE verdict = %s ORDER BY line LIMIT %s",
            (verdict, count),
        )
        keys = ("line", *names, "stored", "stored_value")
        return [{key: None if cell is None else str(cell) for key, cell in zip(keys, row, strict=True)} for row in found]

    def to_write(self):
        """How many figures the import adds."""
        return self._rows(f"SELECT COUNT(*) FROM {READY}")[0][0]

    def numbered_from(self, first):
        """(query, params, columns) of the figures to add, with their numbers from `first` on."""
        columns = ("number", *FIELDS)
        return f"SELECT position + %s AS number, {_names(FIELDS)} FROM {READY} ORDER BY position", [first - 1], columns

    def _forget(self):
        for table in (STAGED, JUDGED, READY):
            self._run(f"DROP TABLE IF EXISTS {table}")

    def _run(self, sql, params=None):
        with connection.cursor() as cursor:
            cursor.execute(sql, params)

    def _rows(self, sql, params=None):
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()


def _names(fields):
    return ", ".join(TradeFigure._meta.get_field(name).column for name in fields)


def _cells_of_json():
    """The columns of the staged table out of a JSON list of an Observation's cells.

    One text for hundreds of rows: as parameters of their own, seven thousand cells keep PostgreSQL's client busy ten times
    as long. Both databases have `json_each` and `->>`, SQLite since 3.38.
    """
    fields = {name: TradeFigure._meta.get_field(name) for name in FIELDS}
    types = ["integer", *(field.cast_db_type(connection) for field in fields.values()), "integer"]
    # To cast to a date is to cut it down to its year in SQLite; the function has this name in both.
    return ", ".join(f"date(value->>{at})" if kind == "date" else f"CAST(value->>{at} AS {kind})" for at, kind in enumerate(types))


def _judgement():
    """(query, params): a verdict for every whole row, by the release that was in force on the day of its own."""
    public, params = TradeFigure.objects.public().order_by().values("id", *RELEASE).query.sql_with_params()
    in_force = (
        f"SELECT seen.id FROM ({public}) seen WHERE {same('seen', 'staged', SERIES, TradeFigure)} "
        "AND seen.released_on < staged.released_on ORDER BY seen.released_on DESC LIMIT 1"
    )
    # An earlier release is looked up only where none of the same day is stored.
    rows = (
        f"SELECT staged.*, MIN(line) OVER (PARTITION BY {', '.join(f'staged.{name}' for name in RELEASE)}) AS first_line, "
        f"exact.id AS exact_id, CASE WHEN exact.id IS NULL THEN ({in_force}) ELSE exact.id END AS before_id "
        f"FROM {STAGED} staged LEFT JOIN {FIGURES} exact ON {same('exact', 'staged', RELEASE, TradeFigure)} WHERE is_part = 0"
    )
    alike = same("before", "one", CONTENT, TradeFigure)
    verdicts = [
        ("one.first_line < one.line", Verdict.DOUBLED, "one.first_line"),
        ("one.before_id IS NULL", Verdict.NEW, "NULL"),
        (alike, Verdict.UNCHANGED, "before.number"),
        ("one.exact_id IS NOT NULL", Verdict.TAKEN, "before.number"),
        ("one.before_id IS NOT NULL", Verdict.REVISED, "before.number"),
    ]
    verdict = " ".join(f"WHEN {condition} THEN '{verdict.value}'" for condition, verdict, _other in verdicts)
    other = " ".join(f"WHEN {condition} THEN {other}" for condition, _verdict, other in verdicts)
    return (
        f"SELECT one.line, CASE {verdict} END, CASE {other} END FROM ({rows}) one LEFT JOIN {FIGURES} before ON before.id = one.before_id"
    ), params


def _parts_without_total():
    """The first line of every figure of which the file has parts only."""
    whole = f"SELECT 1 FROM {STAGED} whole WHERE {same('whole', 'part', RELEASE, TradeFigure)} AND whole.is_part = 0"
    return (
        f"SELECT MIN(line), '{Verdict.PART.value}' FROM {STAGED} part WHERE is_part = 1 AND NOT EXISTS ({whole}) GROUP BY {_names(RELEASE)}"
    )
