"""Lists turned over: which entries stand behind every choice, held in memory as sets of bits, so that counts do not go through rows.

`index` holds the bits of one kind and follows the record, `journal` tells it what was touched, `days` are dates as bits, `counting` counts.
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


def register(*listings):
    """Lists whose choices are counted from bits; several lists of one kind share its bits."""
    for listing in listings:
        model = listing.Meta.model
        _listings[listing] = _indexes.setdefault(model, Index(model))
        _listings[listing].hold(listing.base_filters.values())


def all_indexes():
    """The indexes of all kinds."""
    return list(_indexes.values())


def index_of(listing):
    """The index of a list, or None."""
    return _listings.get(listing)


@contextmanager
def following(listings):
    """Whether all these lists can be counted from bits, which within stand at what is committed.

    They cannot without the journal's triggers, outside of a reader's request, nor in a transaction, whose rows nobody else sees yet.
    """
    indexes = [index_of(listing) for listing in listings]
    is_private = connection.in_atomic_block and not _transactions_count.get()
    if not indexes or not all(indexes) or is_private or not kept.is_open():
        yield False
        return
    with LOCK:
        yield all(index.follow() for index in indexes)


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


def counts(parts):
    """{(name, value): how many} of (answer, tallies) pairs: what `record.counting.counts` says of the same rows."""
    found = {}
    for answer, tallies in parts:
        for tally in tallies:
            numbers = {tally.value: len(answer.bits)} if tally.facet is None else answer.index.tally(tally.facet, answer.bits)
            for value, number in numbers.items():
                found[tally.name, value] = found.get((tally.name, value), 0) + number
    return found
