"""The index of one kind of entry: for every value that lists count, the set of the entries that have it."""

import datetime
import threading
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice

from django.core.validators import EMPTY_VALUES
from pyroaring import BitMap

from record import answers
from record.inverted import journal
from record.inverted.days import Days
from record.inverted.journal import Watch

# So many rows are asked for at once where many were touched; beyond, everything is read anew.
MOST_TOUCHED = 2_000
CHUNK = 10_000
# Held by whoever brings an index up to date, or counts: in between an entry may be missing.
LOCK = threading.RLock()


@dataclass(frozen=True)
class Column:
    """Where values stand: the model, the field that names the entry there ("" in the entry's own row), the field of the value."""

    model: type
    owner: str
    value: str
    # Rows below an entry that count today; all of them, if None.
    today: object = None

    def pairs(self, keys=None):
        """(key of the entry, value) of all rows, or of those of some entries."""
        rows = self.model._base_manager.order_by()
        if self.today is not None:
            rows = rows.filter(self.today())
        if keys is not None:
            rows = rows.filter(**{f"{self.owner}__in": keys})
        return rows.exclude(**{self.value: None}).values_list(self.owner, self.value).iterator(chunk_size=CHUNK)


class Index:
    """The bits of one kind. Asked under the lock, after `follow()`, which brings them to what is committed."""

    def __init__(self, model):
        self.model = model
        self._own, self._below, self._days, self._references = set(), set(), set(), set()
        self._horizon, self._seen, self._day = None, frozenset(), None

    def hold(self, filters):
        """Hold what these filters narrow by and count."""
        for one in filters:
            if column := getattr(one, "column", lambda model: None)(self.model):
                (self._below if column.owner else self._own).add(column)
                if one.reference:
                    self._references.add(one.reference)
            elif days := getattr(one, "days", ""):
                self._days.add(days)

    # What the journal is to tell.

    @property
    def tables(self):
        """The tables whose touched rows it follows: its own, and those of the references, for what their rows are called."""
        return [self.model._meta.db_table, *sorted(model._meta.db_table for model in self._references)]

    def watched(self):
        """What the journal's triggers have to watch."""
        own = self.model._meta
        names = {"state", "publish_at", *self._days, *(column.value for column in self._own)}
        yield Watch(own.db_table, own.pk.column, own.db_table, tuple(sorted(own.get_field(name).column for name in names)))
        for model, owner in {(column.model, column.owner) for column in self._below}:
            yield Watch(model._meta.db_table, model._meta.get_field(owner).column, own.db_table)
        for model in self._references:
            yield Watch(model._meta.db_table, model._meta.pk.column, model._meta.db_table, ("slug",))

    # How it follows the record.

    def follow(self):
        """Bring the bits to what is committed, and tell whether they can be: not without the triggers of the journal.

        Whatever is made of them afterwards rests on nothing having been touched since.
        """
        if self._day == datetime.date.today():
            if not (touched := self._touched()):
                return True
            with answers.unheard():
                self._catch_up(touched)
        else:
            with answers.unheard():
                if not journal.watches(self.watched()):
                    return False
                self._read()
        self._touched()
        return True

    def let_go(self):
        """Forget everything, and read it again when it is asked for."""
        self._day = None

    def _touched(self):
        """What is new in the journal: {table: keys}."""
        found = defaultdict(set)
        for line, table, key in journal.lines(self._horizon, self.tables):
            if line not in self._seen:
                found[table].add(key)
        return found

    def _look(self):
        """Where the journal stands. Asked before the rows are: what is committed meanwhile is read twice, and nothing is missed."""
        horizon = journal.horizon()
        return horizon, frozenset(line for line, _table, _key in journal.lines(horizon, self.tables))

    def _catch_up(self, touched):
        if "" in touched or sum(map(len, touched.values())) > MOST_TOUCHED:
            return self._read()
        horizon, seen = self._look()
        keys = touched.pop(self.model._meta.db_table, set())
        rows = self._rows(keys) if keys else []
        below = {column: list(column.pairs(keys)) for column in self._below} if keys else {}
        slugs = {
            model: self._slugs_of(model, touched[model._meta.db_table]) for model in self._references if model._meta.db_table in touched
        }
        # From here on nothing is asked that could fail half way.
        if keys:
            self._drop(BitMap(keys))
            self._put(rows)
            for column, pairs in below.items():
                self._put_below(column, pairs)
        for model, found in slugs.items():
            for key in touched[model._meta.db_table]:
                self._slugs[model].pop(key, None)
            self._slugs[model] |= found
        self._horizon, self._seen = horizon, seen

    def _read(self):
        """Everything anew: at the first question, once a day, and after what touches all."""
        self._day = None
        day, (horizon, seen) = datetime.date.today(), self._look()
        self._published, self._later = BitMap(), {}
        self._bits = {column: {} for column in (*self._own, *self._below)}
        self._held_days = {name: Days() for name in self._days}
        self._slugs = {model: self._slugs_of(model) for model in self._references}
        self._began = answers.moment()
        for rows in _chunks(self._rows()):
            self._put(rows)
        for column in self._below:
            for pairs in _chunks(column.pairs()):
                self._put_below(column, pairs)
        self._horizon, self._seen, self._day = horizon, seen, day

    def _rows(self, keys=None):
        """What stands in the entries' own rows, of those that readers see or will see."""
        from record.publishing import State

        rows = self.model._base_manager.filter(state=State.PUBLISHED).order_by()
        rows = rows.filter(pk__in=keys) if keys is not None else rows
        names = ["pk", "publish_at", *self._days_in_order, *(column.value for column in self._own_in_order)]
        found = rows.values_list(*names)
        return list(found) if keys is not None else found.iterator(chunk_size=CHUNK)

    @property
    def _days_in_order(self):
        return sorted(self._days)

    @property
    def _own_in_order(self):
        return sorted(self._own, key=lambda column: column.value)

    def _slugs_of(self, model, keys=None):
        rows = model._base_manager.filter(pk__in=keys) if keys is not None else model._base_manager.all()
        return dict(rows.order_by().values_list("pk", "slug"))

    def _drop(self, keys):
        self._published -= keys
        for key in keys:
            self._later.pop(key, None)
        for days in self._held_days.values():
            days.discard(keys)
        for bits in self._bits.values():
            for value in [value for value, held in bits.items() if held.intersect(keys)]:
                bits[value] -= keys
                if not bits[value]:
                    del bits[value]

    def _put(self, rows):
        own, days, published = self._own_in_order, self._days_in_order, []
        values = [defaultdict(list) for _ in own]
        dates = [[] for _ in days]
        for key, since, *rest in rows:
            published.append(key)
            if since > self._began:
                self._later[key] = since
            for found, day in zip(dates, rest, strict=False):
                found.append((key, day))
            for found, value in zip(values, rest[len(days) :], strict=True):
                if value is not None:
                    found[value].append(key)
        self._published.update(published)
        for name, pairs in zip(days, dates, strict=True):
            self._held_days[name].add(pairs)
        for column, found in zip(own, values, strict=True):
            self._join(column, found)

    def _put_below(self, column, pairs):
        found = defaultdict(list)
        for key, value in pairs:
            found[value].append(key)
        self._join(column, found)

    def _join(self, column, found):
        bits = self._bits[column]
        for value, keys in found.items():
            bits.setdefault(value, BitMap()).update(keys)

    # What it answers.

    def public(self):
        """What readers see now."""
        now = answers.moment()
        return Answer(self, self._published - BitMap([key for key, since in self._later.items() if since > now]))

    def having(self, facet, wanted):
        """The entries that have one of some values of a facet, as readers write them."""
        bits = self._bits[facet.column(self.model)]
        if facet.reference:
            keys = [key for key, slug in self._slugs[facet.reference].items() if slug in wanted]
        else:
            keys = [value for value in bits if str(value) in wanted]
        return BitMap.union(BitMap(), *(bits[key] for key in keys if key in bits))

    def day(self, name):
        """The days of a field."""
        return self._held_days[name]

    def tally(self, facet, among):
        """{value as readers write it: how many of some entries have it}."""
        names = self._slugs[facet.reference].get if facet.reference else str
        found = defaultdict(int)
        for value, bits in self._bits[facet.column(self.model)].items():
            if (number := among.intersection_cardinality(bits)) and (name := names(value)) is not None:
                found[name] += number
        return found


def _chunks(rows):
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


@dataclass(frozen=True)
class Answer:
    """The entries of a kind that answer a question; narrowed as a queryset is."""

    index: Index
    bits: BitMap

    def none(self):
        return Answer(self.index, BitMap())

    def narrowed(self, own, value, everything):
        """By one filter. One that has no bits is asked of the database, over `everything` that is public."""
        if value in EMPTY_VALUES:
            return self
        found = own.marked(self.index, value) if hasattr(own, "marked") else None
        if found is None:
            found = BitMap(own.filter(everything, value).order_by().values_list("pk", flat=True))
        return Answer(self.index, self.bits & found)
