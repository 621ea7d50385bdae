"""Where a page of an answer ends: the values that order its last row, signed, so that rows added meanwhile move nothing.

The next page holds what stands behind these values. A cursor belongs to its question and is of no use for another one.
"""

import hashlib
import json

from django.core import signing
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from record.jsonlist import plain

_signer = signing.Signer(salt="relations_site.api.cursor")


class Malformed(Exception):
    """A cursor that was not given by this interface, or was given for another question."""


def _digest(question):
    return hashlib.sha256(json.dumps(question, sort_keys=True, default=str).encode()).hexdigest()[:16]


def written(values, question):
    """The cursor behind a row whose order is given by these values. The same row and question give the same cursor."""
    told = json.loads(json.dumps(list(values), default=plain))
    return _signer.sign_object([_digest(question), told])


def read(cursor, question):
    """The values in a cursor. Raises Malformed."""
    try:
        digest, values = _signer.unsign_object(cursor)
    except (signing.BadSignature, ValueError):
        raise Malformed from None
    if digest != _digest(question):
        raise Malformed
    return values


class Keyset:
    """A queryset in its order, with the values of that order as columns, so that it can be cut behind any row."""

    def __init__(self, queryset):
        self.orders = [_expression(part) for part in queryset.query.order_by]
        self.names = [f"order_{n}" for n in range(len(self.orders))]
        # A plain queryset: that of a translated model may return the values in another order.
        plain = QuerySet(queryset.model, query=queryset.query)
        self.queryset = plain.annotate(**{name: order.expression for name, order in zip(self.names, self.orders, strict=True)})

    def page(self, size, after=None):
        """[(key, values of its order)] of the next rows, one more than a page holds where there are more."""
        rows = self.queryset if after is None else self.queryset.filter(self._behind(after))
        return [(key, values) for key, *values in rows.values_list("pk", *self.names)[: size + 1]]

    def _behind(self, values):
        if len(values) != len(self.names):
            raise Malformed
        found, equal = Q(pk__in=()), Q()
        for name, order, value in zip(self.names, self.orders, values, strict=True):
            found |= equal & _beyond(name, order, value)
            equal &= Q(**({f"{name}__isnull": True} if value is None else {name: value}))
        return found


def _expression(part):
    """A part of an order: a name with or without a minus sign, or an expression."""
    if isinstance(part, OrderBy):
        return part
    if isinstance(part, str):
        return OrderBy(F(part.removeprefix("-")), descending=part.startswith("-"))
    return OrderBy(part)


def _beyond(name, order, value):
    """What stands behind a value in one part of an order. What has none stands last: every order that may meet one says so."""
    if value is None:
        return Q(pk__in=())
    return Q(**{f"{name}__{'lt' if order.descending else 'gt'}": value}) | Q(**{f"{name}__isnull": True})
