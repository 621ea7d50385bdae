"""Lookups of our own, where what Django writes makes the database do more than it need."""

import json

from django.db.models import CharField, DateField, Field, IntegerField, Lookup, Transform

# Stand for the keys of `among`, or for its only one, in a question that is prepared (see `record.prepared`).
KEYS, KEY = object(), object()


@Field.register_lookup
class Among(Lookup):
    """`field__among=keys`: like `in`, with all keys as one parameter, so that the statement is the same however many there are.

    Keys are whole numbers; on SQLite they go as JSON, on PostgreSQL as an array. `KEYS` are told to the prepared question later, and
    so is `KEY`, a single one of any type, to which the field is equal.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        if self.rhs is KEY:
            return f"{left} = %s", [*params, KEY]
        return f"{left} IN (SELECT value FROM json_each(%s))", [*params, self.rhs if self.rhs is KEYS else json.dumps(list(self.rhs))]

    def as_postgresql(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        if self.rhs is KEY:
            return f"{left} = %s", [*params, KEY]
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
