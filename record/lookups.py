"""Lookups of our own, where what Django writes makes the database do more than it need."""

import json

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import CharField, DateField, Field, IntegerField, Lookup, QuerySet, Transform

# Stands for the keys of `among` in a question that is prepared.
KEYS = object()


@Field.register_lookup
class Among(Lookup):
    """`field__among=keys`: like `in`, with all keys as one parameter, so that the statement is the same however many there are.

    Keys are whole numbers; on SQLite they go as JSON, on PostgreSQL as an array. `KEYS` are told to the prepared question later.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        return f"{left} IN (SELECT value FROM json_each(%s))", [*params, self.rhs if self.rhs is KEYS else json.dumps(list(self.rhs))]

    def as_postgresql(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", [*params, self.rhs if self.rhs is KEYS else list(self.rhs)]


@CharField.register_lookup
class Spelled(Lookup):
    """`field__spelled=choice`: equal to one of the field's own choices, which is spelled out in the statement.

    For what a partial index asks. A parameter there makes SQLite plan the statement anew each time it runs, since the index serves for
    some values alone; that takes five times as long as the answer.
    """

    lookup_name = "spelled"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        choice = str(self.rhs)
        if choice not in dict(self.lhs.output_field.flatchoices) or not choice.replace("-", "").isalnum():
            raise ValueError(f"“{choice}” is no choice of {self.lhs.output_field.name}.")
        return f"{left} = '{choice}'", params


@DateField.register_lookup
class CalendarYear(Transform):
    """`field__calendar_year`: the year of a day. On SQLite `__year` calls Python for every row; a year has four figures there."""

    lookup_name = "calendar_year"
    output_field = IntegerField()

    def as_sqlite(self, compiler, connection):
        left, params = compiler.compile(self.lhs)
        return f"CAST(substr({left}, 1, 4) AS integer)", params

    def as_postgresql(self, compiler, connection):
        left, params = compiler.compile(self.lhs)
        return f"CAST(EXTRACT(YEAR FROM {left}) AS integer)", params


class Prepared:
    """A question for values that is put together once and asked for one batch of keys after another: those that stand for `KEYS` in it.

    `values` are what `values_list()` takes; without any, those of the queryset itself.
    """

    def __init__(self, queryset, *values):
        # A queryset of a translated model may put its values in another order.
        plain = QuerySet(queryset.model, query=queryset.query, using=queryset.db)
        plain = plain.values_list(*values) if values else plain
        self._using, self._compiler = plain.db, plain.query.get_compiler(plain.db)
        try:
            self._sql, self._parameters = self._compiler.as_sql()
        except EmptyResultSet:
            self._sql = ""

    def rows(self, keys):
        """The rows of these keys, as the database gives them."""
        if not self._sql:
            return []
        connection = connections[self._using]
        own = json.dumps(keys) if connection.vendor == "sqlite" else keys
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [own if value is KEYS else value for value in self._parameters])
            return cursor.fetchall()

    def columns(self, keys):
        """The same as columns, in the order of the values, each as its field reads it; [] if there is no row."""
        found = list(zip(*self.rows(keys), strict=True))
        selected = [expression for expression, _sql, _alias in self._compiler.select] if found else []
        connection = connections[self._using]
        for at, (converters, expression) in self._compiler.get_converters(selected).items():
            for convert in converters:
                found[at] = [convert(value, expression, connection) for value in found[at]]
        return found
