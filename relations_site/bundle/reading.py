"""Reading the record for a bundle, a batch of rows at a time: memory stays flat, and no cursor is held open."""

import datetime
from itertools import groupby
from operator import itemgetter

from record.models import Office
from relations_site.bundle.tables import ROOTS

BATCH = 1000


class Reader:
    """The rows of all tables as readers may see them at one moment: (name of the table, rows) pairs."""

    def __init__(self, at):
        self.at = at
        # Offices are few, and participants name them by their place among those of their person.
        self._offices = {}

    def count(self):
        """How many root rows there are to read."""
        return sum(root.rows(self.at).count() for root in ROOTS)

    def parts(self):
        """(table, its rows, how many root rows that were) of everything, root after root."""
        for root in ROOTS:
            for keys, rows in self._batches(root):
                yield root.name, rows, len(rows)
                codes = {key: row[0] for key, row in zip(keys, rows, strict=True)}
                yield from self._links(root, codes)
                for table in root.below:
                    yield from self._below(table, codes)

    def _batches(self, root):
        last, lookups = 0, [column.lookup for column in root.fields]
        while found := list(root.rows(self.at).filter(pk__gt=last).order_by("pk").values_list("pk", *lookups)[:BATCH]):
            last = found[-1][0]
            yield [key for key, *_values in found], [self._row(root, values) for _key, *values in found]

    def _below(self, table, codes):
        """The rows that belong to a batch of owners, each named by its place among those of its owner."""
        owner = f"{table.owner}_id"
        lookups = [column.lookup for column in table.fields]
        order = [owner, *table.model._meta.ordering] if table.model._meta.ordering else [owner, "pk"]
        found = table.model._base_manager.filter(**{f"{table.owner}__in": list(codes)}).order_by(*order)
        # Left out before they are counted: a place in the order tells of nothing that readers do not see.
        for field in _required(table):
            found = found.filter(**{f"{field.name}__in": field.related_model.objects.public(self.at).values("pk")})
        rows, own = [], {}
        for key, group in groupby(found.values_list(owner, "pk", *lookups), key=itemgetter(0)):
            for place, (_owner, primary, *values) in enumerate(group, 1):
                own[primary] = f"{codes[key]}.{place}"
                rows.append([own[primary], *self._row(table, values)])
        if table.model is Office:
            self._offices |= own
        yield table.name, rows, 0
        yield from self._links(table, own)

    def _links(self, table, codes):
        for links in table.links:
            field = links.relation
            through, own, other = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()
            target = field.related_model
            value = "number" if hasattr(target, "LETTER") else "slug"
            pairs = through._base_manager.filter(**{f"{own}__in": list(codes)}).values_list(f"{own}_id", f"{other}__{value}")
            yield links.name, [[codes[key], _code(target, found)] for key, found in pairs], 0

    def _row(self, table, values):
        return [self._value(table, column, value) for column, value in zip(table.fields, values, strict=True)]

    def _value(self, table, column, value):
        if column.leads_to == "offices":
            return self._offices.get(value)
        if column.name == "number":
            return _code(table.model, value)
        return _code(column.field.related_model, value) if column.leads_to else _plain(value)


def _code(model, value):
    """A number with its letter, or a slug."""
    return f"{model.LETTER}{value}" if value is not None and hasattr(model, "LETTER") else value


def _plain(value):
    """What is not on record is null. A phase that begins before all days has no first one."""
    return None if value in ("", datetime.date.min) else value


def _required(table):
    """The references of a table without which its rows are nothing, to what may not be public."""
    leading = [column.field for column in table.fields if column.leads_to and not column.field.null]
    return [field for field in leading if hasattr(field.related_model.objects, "public")]
