"""Lists turned over: which entries stand behind every choice, held in memory as sets of bits, so that counts do not go through rows.

`index` holds the bits of one kind and follows the record, which `journal` tells what was touched (`watching` keeps its triggers);
`column` says where values stand, `slices` are days and other numbers as bits, `answer` is what a question finds.
The database remains the only truth: whatever cannot be answered from bits is asked of it (`record.counting`), with the same result.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

from record import kept
from record.inverted.index import LOCK, Index

_indexes = {}
_listings = {}
_transactions_count = ContextVar("transactions_count", default=False)


def register(*listings, index=Index):
    """Lists whose choices are counted from bits; several lists of one kind share its bits."""
    for listing in listings:
        model = listing.Meta.model
        if model not in _indexes:
            _indexes[model] = index(model)
        _listings[listing] = _listings[model] = _indexes[model]
        _listings[listing].hold(listing.base_filters.values(), listing.FOLLOWED_ORDERS.values())


def hold(*columns):
    """Columns of entries' own rows that are counted besides."""
    for column in columns:
        _listings[column.model].hold_column(column)


def all_indexes():
    """The indexes of all kinds."""
    return list(_indexes.values())


def index_of(listing):
    """The index of a list or of the model of a kind, or None."""
    return _listings.get(listing)


def public(model):
    """What readers see now of a kind, within `following`."""
    return index_of(model).public()


@contextmanager
def following(listings):
    """Whether all these lists, or models of kinds, can be counted from bits, which within stand at what is committed.

    They cannot without the journal's triggers, outside of a reader's request, nor in a transaction, whose rows nobody else sees yet.
    """
    if not may_follow(listings):
        yield False
        return
    indexes = list(map(index_of, listings))
    for index in indexes:
        if index.is_outdated:
            index.read()
    with LOCK:
        yield all(index.follows() for index in indexes)


def may_follow(listings):
    """Whether there is an index for each of them, and a reader who may be answered from it."""
    is_private = connection.in_atomic_block and not _transactions_count.get()
    return bool(listings) and all(map(index_of, listings)) and kept.is_open() and not is_private


@contextmanager
def within_transaction():
    """Follow a transaction too, which is going to be rolled back, and forget all of it then: for tests."""
    token = _transactions_count.set(True)
    for index in all_indexes():
        index.let_go()
    try:
        yield
    finally:
        _transactions_count.reset(token)
        for index in all_indexes():
            index.let_go()
