"""The index of one kind of entry: for every value that lists count, the set of the entries that have it."""

import copy
import datetime
import threading
from collections import defaultdict
from itertools import islice

from django.utils import timezone
from pyroaring import BitMap

from record import answers, kept
from record.inverted import journal
from record.inverted.answer import Answer
from record.inverted.column import CHUNK
from record.inverted.journal import Watch
from record.inverted.slices import Slices

# Where more was touched everything is read anew.
MOST_TOUCHED = 2_000
# Held by whoever brings an index up to date, or counts: in between an entry may be missing.
LOCK = threading.RLock()


class Index:
    """The bits of one kind. Asked under the lock, after `follow()`, which brings them to what is committed; `read()` is long, and no
    reader but one waits for it."""

    # The field of the moment from which readers see a row, and what decides of it.
    SINCE, DECIDING = "publish_at", ("state", "publish_at")

    def __init__(self, model):
        self.model = model
        # {name of a number: (field, what is made of its value)} of those that do not stand in a field.
        self.made_numbers = {}
        self._own, self._below, self._numbers, self._references = set(), set(), set(), set()
        self._horizon, self._seen, self._day, self._looked = None, frozenset(), None, None
        # How often everything was read, and who is at it.
        self.reading, self._turn = 0, threading.Lock()

    def hold(self, filters, orders=()):
        """Hold what these filters narrow by and count, and what these orders go by: (field, whether the highest come first) pairs."""
        self._numbers |= {field for order in orders for field, _descending in order}
        for one in filters:
            if column := getattr(one, "column", lambda model: None)(self.model):
                self.hold_column(column)
                if one.reference:
                    self._references.add(one.reference)
            elif days := getattr(one, "days", ""):
                self._numbers.add(days)

    def hold_column(self, column):
        """Hold which entries have which of its values."""
        (self._below if column.owner else self._own).add(column)

    # What the journal is to tell.

    @property
    def tables(self):
        """The tables whose touched rows it follows: its own, and those of the references, for what their rows are called."""
        return [self.model._meta.db_table, *sorted(model._meta.db_table for model in self._references)]

    def watched(self):
        """What the journal's triggers have to watch."""
        own = self.model._meta
        yield Watch(own.db_table, own.pk.column, own.db_table, tuple(sorted(own.get_field(name).column for name in self._deciding())))
        for model, owner in {(column.model, column.owner) for column in self._below}:
            yield Watch(model._meta.db_table, model._meta.get_field(owner).column, own.db_table)
        for model in self._references:
            yield Watch(model._meta.db_table, model._meta.pk.column, model._meta.db_table, (model._meta.pk.column, "slug"))

    def _deciding(self):
        return {self.model._meta.pk.name, *self.DECIDING, *self._stored}

    # How it follows the record.

    @property
    def is_outdated(self):
        """Whether everything must be read: nothing was yet, or not today, or a clock that was set back brings moments back that had passed."""
        # Looked at before the clock is: others look meanwhile.
        looked = self._looked
        return self._day != datetime.date.today() or timezone.now() < looked

    def let_go(self):
        """Forget everything, and read it again when it is asked for."""
        self._day = None

    def read(self):
        """Read everything anew, while the database counts for all others. Nothing happens where somebody reads already, or where the
        triggers of the journal are missing."""
        if not self._turn.acquire(blocking=False):
            return
        try:
            made = copy.copy(self)
            with answers.unheard():
                # Asked before, since reading is long, and after: they may have been taken away meanwhile.
                is_read = journal.watches(self.watched()) and made._read() and journal.watches(self.watched())
            if is_read:
                with LOCK:
                    vars(self).update(vars(made))
        finally:
            self._turn.release()

    def follows(self):
        """Whether the bits stand at what is committed; asked once in a generation of the record, in which nobody commits."""
        return not self.is_outdated and kept.part(self.follow, "index", self.model, self.reading)

    def follow(self):
        """Bring the bits to what is committed, and tell whether they can be: not where more was touched than is worth it.

        Whatever is made of them afterwards rests on nothing having been touched since: the last answer is that nothing was.
        """
        while touched := self._touched():
            if "" in touched:
                self.let_go()
                return False
            with answers.unheard():
                self._catch_up()
        self._looked = timezone.now()
        return True

    def _touched(self):
        """What is new in the journal: {table: keys}; with a table "" where that may be anything."""
        lines = journal.lines(self._horizon, self.tables, MOST_TOUCHED + 1)
        if len(lines) > MOST_TOUCHED:
            return {"": {0}}
        found = defaultdict(set)
        for line, table, key in lines:
            if line not in self._seen:
                found[table].add(key)
        return found

    def _look(self):
        """Where the journal stands, or None where too much is under way. Always the first thing to be asked: what is committed afterwards
        may be read twice, and nothing is missed."""
        horizon = journal.horizon()
        lines = journal.lines(horizon, self.tables, MOST_TOUCHED + 1)
        return None if len(lines) > MOST_TOUCHED else (horizon, frozenset(line for line, _table, _key in lines))

    def _catch_up(self):
        place, touched = self._look(), self._touched()
        if place is None or "" in touched:
            return self.let_go()
        keys = touched.pop(self.model._meta.db_table, set())
        rows = self._rows(keys) if keys else []
        below = {column: list(column.pairs(keys)) for column in self._below} if keys else {}
        changed = [model for model in self._references if model._meta.db_table in touched]
        slugs = {model: self._slugs_of(model, touched[model._meta.db_table]) for model in changed}
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
        self._horizon, self._seen = place

    def _read(self):
        """Everything, into sets of its own; tells whether that can be followed."""
        day, place = datetime.date.today(), self._look()
        if place is None:
            return False
        self._published, self._later = BitMap(), {}
        self._bits = {column: {} for column in (*self._own, *self._below)}
        self._held = {name: Slices() for name in self._numbers}
        self._slugs = {model: self._slugs_of(model) for model in self._references}
        self._began = timezone.now()
        for rows in _chunks(self._rows()):
            self._put(rows)
        for column in self._below:
            for pairs in _chunks(column.pairs()):
                self._put_below(column, pairs)
        self._horizon, self._seen, self._day, self._looked, self.reading = *place, day, self._began, self.reading + 1
        return True

    def everything(self):
        """The rows that readers see or will see, in the order of the database's index that holds all that is read of them."""
        return self.model.objects.public(at=answers.FOREVER).newest_first()

    def _rows(self, keys=None):
        """What stands in the entries' own rows."""
        rows = self.everything()
        rows = rows.filter(pk__in=keys) if keys is not None else rows
        found = rows.values_list("pk", self.SINCE, *self._stored)
        return list(found) if keys is not None else found.iterator(chunk_size=CHUNK)

    @property
    def _stored(self):
        """The fields of the entries' own rows that are read, each once."""
        numbers = {self.made_numbers[name][0] if name in self.made_numbers else name for name in self._numbers}
        return sorted(numbers | {column.value for column in self._own})

    def _slugs_of(self, model, keys=None):
        rows = model._base_manager.filter(pk__in=keys) if keys is not None else model._base_manager.all()
        return dict(rows.order_by().values_list("pk", "slug"))

    def _drop(self, keys):
        self._published -= keys
        for key in keys:
            self._later.pop(key, None)
        for slices in self._held.values():
            slices.discard(keys)
        for bits in self._bits.values():
            for value in [value for value, held in bits.items() if held.intersect(keys)]:
                bits[value] -= keys
                if not bits[value]:
                    del bits[value]

    def _put(self, rows):
        names, published, numbers = self._stored, [], {name: [] for name in self._numbers}
        values = {column: defaultdict(list) for column in self._own}
        for key, since, *stored in rows:
            published.append(key)
            if since and since > self._began:
                self._later[key] = since
            said = dict(zip(names, stored, strict=True))
            for name, pairs in numbers.items():
                field, of = self.made_numbers.get(name, (name, None))
                pairs.append((key, of(said[field]) if of else said[field]))
            for column, found in values.items():
                if (value := column.made(said[column.value])) is not None:
                    found[value].append(key)
        self._published.update(published)
        for name, pairs in numbers.items():
            self._held[name].add(pairs)
        for column, found in values.items():
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

    def nothing(self):
        """No entry."""
        return Answer(self, BitMap())

    def public(self):
        """What readers see now."""
        now = answers.present()
        return Answer(self, self._published - BitMap([key for key, since in self._later.items() if since > now]))

    def having(self, facet, wanted):
        """The entries that have one of some values of a facet, as readers write them."""
        column = facet.column(self.model)
        if facet.reference:
            return self.with_values(column, [key for key, slug in self._slugs[facet.reference].items() if slug in wanted])
        return self.with_values(column, [value for value in self._bits[column] if str(value) in wanted])

    def with_values(self, column, values):
        """The entries that have one of some values of a column."""
        bits = self._bits[column]
        return BitMap.union(BitMap(), *(bits[value] for value in values if value in bits))

    def with_any(self, column):
        """The entries that have any value in a column."""
        return BitMap.union(BitMap(), *self._bits[column].values())

    def numbers(self, name):
        """The days or numbers of a field."""
        return self._held[name]

    def values(self, column):
        """{value: the entries that have it}; to be looked at."""
        return self._bits[column]

    def names(self, facet):
        """What readers call the values of a facet; None for one that is not there any more."""
        return self._slugs[facet.reference].get if facet.reference else str


def _chunks(rows):
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
