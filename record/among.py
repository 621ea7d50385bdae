"""`field__among=keys`: like `in`, with all keys as one parameter, so that the statement is the same however many there are."""

import json

from django.db.models import Field, Lookup


@Field.register_lookup
class Among(Lookup):
    """Keys are whole numbers; on SQLite they go as JSON, on PostgreSQL as an array."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        return f"{left} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(list(self.rhs))]

    def as_postgresql(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", [*params, list(self.rhs)]
