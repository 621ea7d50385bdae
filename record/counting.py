"""How many entries stand behind every choice of every facet: one statement for a whole list, which looks up once what answers it.

What answers is looked up once for all facets of which nothing is chosen, and once more for each facet of which something is: beside a
chosen facet the counts are those without its own choice. Django has no way to say `WITH`, so the statement is put together here, from
queries that Django has compiled and from names of our own tables and columns. Both engines read the same text.
"""

from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, QuerySet

from record.inverted.answer import Answer


@dataclass(frozen=True)
class Below:
    """Rows below an entry that lead to a value: their model, the field that names the entry, the lookup of the value from there."""

    model: type
    owner: str
    rest: str

    @classmethod
    def of(cls, model, path):
        """Where the first step of a path leads, which is one to several rows."""
        first, _, rest = path.partition("__")
        step = model._meta.get_field(first)
        if step.many_to_many:
            return cls(step.remote_field.through, step.m2m_field_name(), "__".join(filter(None, (step.m2m_reverse_field_name(), rest))))
        return cls(step.related_model, step.field.name, rest)

    def owners(self, values):
        """The keys of the entries below which one of the values stands."""
        return self.model._base_manager.filter(**{f"{self.rest}__in": values}).order_by().values(self.owner)

    @property
    def each_once(self):
        """Whether the table holds no pair of an entry and a value twice."""
        return bool(self.model._meta.auto_created)

    def columns(self):
        """(table, column of the entry, column of the value), the value being a key or a plain column."""
        field = self.model._meta.get_field(self.rest.partition("__")[0])
        return self.model._meta.db_table, self.model._meta.get_field(self.owner).column, field.column


@dataclass(frozen=True)
class Tally:
    """What is counted: every value of a facet, or, without one, all rows under a value that is given."""

    name: str = ""
    facet: object = None
    value: str = ""


def number(rows):
    """How many rows there are, of a queryset or of an answer in bits."""
    return len(rows) if isinstance(rows, Answer) else rows.count()


def counts(parts):
    """{(name, value): how many rows} of (rows, tallies) pairs; what several of them count is added up.

    The rows are querysets, or answers in bits (see `record.inverted`).
    """
    return _of_bits(parts) if isinstance(parts[0][0], Answer) else _of_rows(parts)


def _of_bits(parts):
    found = {}
    for answer, tallies in parts:
        for tally in tallies:
            for value, number in (answer.counted(tally.facet) if tally.facet else {tally.value: len(answer)}).items():
                found[tally.name, value] = found.get((tally.name, value), 0) + number
    return found


def _of_rows(parts):
    sql, params = _statement(parts)
    found = {}
    if sql:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            for name, value, number in cursor.fetchall():
                found[name, value] = found.get((name, value), 0) + number
    return found


def _statement(parts):
    sources, counted, before, after = [], [], [], []
    for at, (queryset, tallies) in enumerate(parts):
        try:
            sql, params = _source(queryset, tallies)
        except EmptyResultSet:
            continue
        names = ", ".join(["own_key", *(f"own_{n}" for n in range(len(tallies)))])
        sources.append(f"answer_{at}({names}) AS ({sql})")
        before += params
        for n, tally in enumerate(tallies):
            text, values = _counted(f"answer_{at}", f"own_{n}", tally, queryset.model)
            counted.append(text)
            after += values
    return (f"WITH {', '.join(sources)} {' UNION ALL '.join(counted)}", [*before, *after]) if sources else ("", [])


def _source(queryset, tallies):
    """The keys of what answers, each with the values that stand in its own row; compiled."""
    own = {f"own_{n}": F("pk") if tally.facet is None or tally.facet.many else tally.facet.counted for n, tally in enumerate(tallies)}
    # A queryset of a translated model may put its columns in another order.
    plain = QuerySet(queryset.model, query=queryset.query).order_by()
    return plain.annotate(own_key=F("pk"), **own).values_list("own_key", *own).query.sql_with_params()


def _counted(source, column, tally, model):
    """One of the counts over a source, and its parameters."""
    if tally.facet is None:
        return f"SELECT %s, %s, COUNT(*) FROM {source}", [tally.name, tally.value]
    if not tally.facet.many:
        grouped = f"SELECT {column} AS own, COUNT(*) AS n FROM {source} WHERE {column} IS NOT NULL GROUP BY {column}"
    else:
        below = tally.facet.below(model)
        table, owner, value = map(connection.ops.quote_name, below.columns())
        # `CROSS JOIN` tells SQLite to begin with what answers, not with every row below every entry.
        number = "COUNT(*)" if below.each_once else "COUNT(DISTINCT own_key)"
        grouped = (
            f"SELECT {value} AS own, {number} AS n FROM {source} CROSS JOIN {table}"
            f" WHERE {owner} = own_key AND {value} IS NOT NULL GROUP BY {value}"
        )
    reference = tally.facet.reference
    if reference is None:
        return f"SELECT %s, CAST(own AS text), n FROM ({grouped}) grouped", [tally.name]
    table = connection.ops.quote_name(reference._meta.db_table)
    return f"SELECT %s, slug, n FROM ({grouped}) grouped JOIN {table} ON {table}.id = own", [tally.name]
