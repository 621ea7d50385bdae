"""The journal of touched rows, kept by triggers, by whatever program a row is written; `docs/operations.md` names what passes them by.

On SQLite one writer follows the other, so what was committed since is what has a greater key. On PostgreSQL a transaction may end after
one that began later: there the lines of all transactions are asked for that had not ended when the reader last looked, and he knows those
that he has already seen.

Migrations change tables under their triggers, so these are taken away before and made anew after, and everything counts as touched then.
"""

from dataclasses import dataclass
from hashlib import blake2b

from django.db import connection, transaction

from record.models.journal import JournalLine

PREFIX = "journal_of_"
# What is older nobody asks for: whoever looked last before that begins anew (see `record.inverted.index`).
KEPT_DAYS = 3
TABLE = JournalLine._meta.db_table
COLUMNS = '"transaction", "table", key, noted_at'
FUNCTION = f"""CREATE OR REPLACE FUNCTION {PREFIX}rows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE old_key bigint; new_key bigint;
BEGIN
    IF TG_OP <> 'INSERT' THEN old_key := (to_jsonb(OLD) ->> TG_ARGV[1])::bigint; END IF;
    IF TG_OP <> 'DELETE' THEN new_key := (to_jsonb(NEW) ->> TG_ARGV[1])::bigint; END IF;
    INSERT INTO {TABLE} ({COLUMNS})
    SELECT pg_current_xact_id()::text::bigint, TG_ARGV[0], touched, now()
    FROM unnest(ARRAY[old_key, new_key]) AS touched WHERE touched IS NOT NULL GROUP BY touched;
    RETURN NULL;
END $$"""


@dataclass(frozen=True)
class Watch:
    """A change of a row of `table`, or of those `columns` of it where any are named, touches the row of the table `whose` whose key
    stands in `column`."""

    table: str
    column: str
    whose: str
    columns: tuple = ()

    def triggers(self):
        """{name: statement}. The name tells one statement from another."""
        update = f"UPDATE OF {', '.join(map(_quoted, self.columns))}" if self.columns else "UPDATE"
        if connection.vendor == "postgresql":
            return dict([self._on_postgresql(update)])
        return dict(self._on_sqlite(event, rows) for event, rows in (("INSERT", ["new"]), ("DELETE", ["old"]), (update, ["old", "new"])))

    def _on_postgresql(self, update):
        rest = (
            f" AFTER INSERT OR DELETE OR {update} ON {_quoted(self.table)}"
            f" FOR EACH ROW EXECUTE FUNCTION {PREFIX}rows('{self.whose}', '{self.column}')"
        )
        return self._named(rest)

    def _on_sqlite(self, event, rows):
        keys = " UNION ".join(f"SELECT {row}.{_quoted(self.column)} AS key" for row in rows)
        return self._named(
            f" AFTER {event} ON {_quoted(self.table)} BEGIN"
            f" INSERT INTO {TABLE} ({COLUMNS}) SELECT 0, '{self.whose}', key, CURRENT_TIMESTAMP FROM ({keys}) WHERE key IS NOT NULL; END"
        )

    def _named(self, rest):
        name = f"{PREFIX}{self.table[:38]}_{blake2b(rest.encode(), digest_size=4).hexdigest()}"
        return name, f"CREATE TRIGGER {name}{rest}"


def watches(watched):
    """Whether the triggers are there."""
    return {name for watch in watched for name in watch.triggers()} <= set(_present())


def watch(watched):
    """Make these triggers and no others; tell whether they were not there."""
    wanted, present = {}, _present()
    for one in watched:
        wanted |= one.triggers()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for name, table in present.items():
            if name not in wanted:
                _drop(cursor, name, table)
        for name, statement in wanted.items():
            if name not in present:
                cursor.execute(statement)
    return not set(wanted) <= set(present)


def forget():
    """Take the triggers away, and tell whoever rests on them."""
    present = _present()
    with transaction.atomic(), connection.cursor() as cursor:
        if present:
            everything()
        for name, table in present.items():
            _drop(cursor, name, table)


def _drop(cursor, name, table):
    cursor.execute(f"DROP TRIGGER {name} ON {table}" if connection.vendor == "postgresql" else f"DROP TRIGGER {name}")


def _present():
    """{name of a trigger: its table}."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE starts_with(tgname, %s) AND NOT tgisinternal", [PREFIX]
            )
        else:
            cursor.execute(
                "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, %s) = %s", [len(PREFIX), PREFIX]
            )
        return dict(cursor.fetchall())


def everything():
    """Note that any row may be another one now."""
    number = "pg_current_xact_id()::text::bigint" if connection.vendor == "postgresql" else "0"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} ({COLUMNS}) SELECT {number}, '', 0, CURRENT_TIMESTAMP")


def horizon():
    """From where on lines are new to who looks now: a key on SQLite, the number of a transaction on PostgreSQL."""
    own = f"SELECT COALESCE(MAX(id), 0) + 1 FROM {TABLE}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint" if connection.vendor == "postgresql" else own)
        return cursor.fetchone()[0]


def lines(horizon, tables, most):
    """(key of the line, table, key of the row) of what was touched in these tables from a horizon on, the first so many, in one statement.

    Where the journal has gone back behind the horizon, as after `flush`, everything may be another one.
    """
    column = '"transaction"' if connection.vendor == "postgresql" else "id"
    marks = ", ".join(["%s"] * (len(tables) + 1))
    asked = f'SELECT id, "table", key FROM {TABLE} WHERE {column} >= %s AND "table" IN ({marks})'
    params = [horizon, *tables, ""]
    if connection.vendor == "sqlite":
        asked += f" UNION ALL SELECT 0, '', 0 WHERE (SELECT COALESCE(MAX(id), 0) FROM {TABLE}) < %s"
        params.append(horizon - 1)
    with connection.cursor() as cursor:
        cursor.execute(f"{asked} ORDER BY 1 LIMIT %s", [*params, most])
        return cursor.fetchall()


def tidy():
    """Forget lines that nobody asks for any more; returns how many."""
    since = "now() - interval '1 day' * %s" if connection.vendor == "postgresql" else "datetime('now', '-' || %s || ' days')"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE noted_at < {since}", [KEPT_DAYS])
        return cursor.rowcount


def _quoted(name):
    return connection.ops.quote_name(name)
