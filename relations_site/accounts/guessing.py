"""Counts of wrong guesses, kept in the database: they hold over processes, machines and restarts, and no cookie is part of them.

An attempt is counted before its password is looked at, and taken back when it was right: guesses made at the same moment
cannot pass beside each other. See docs/decisions/0027.
"""

import datetime
import hashlib
import unicodedata

from allauth.account.internal.userkit import get_user_by_username
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from relations_site.models import Attempts
from relations_site.rate import asked_from

# So many wrong guesses at one account, and from one address, in so many seconds.
FOR_ACCOUNT, FOR_ADDRESS, SECONDS = 5, 20, 15 * 60
# A code of an authenticator app is valid for three steps of thirty seconds.
CODE_SECONDS = 90
# Rows that count nothing any more are dropped after a day.
KEPT = datetime.timedelta(days=1)


def normal(name):
    """A user name as it is compared: NFKC, without spaces around it."""
    return unicodedata.normalize("NFKC", name).strip()


def account_key(name):
    """The same key for every spelling that leads to an account; for a name that leads to none, its folded form."""
    found = get_user_by_username(normal(name))
    return f"account {found.pk}" if found else f"name {normal(normal(name).casefold())}"


class Attempt:
    """One attempt at an account from a request's address. Refused (`allowed` is False) when either has guessed wrong too often."""

    def __init__(self, request, key):
        self._limits = {_hashed(key): FOR_ACCOUNT, _hashed(f"address {asked_from(request)}"): FOR_ADDRESS}
        self.allowed = take(self._limits, seconds=SECONDS)

    def was_right(self):
        """Take the count back: only wrong guesses count."""
        Attempts.objects.filter(key__in=self._limits, count__gt=0).update(count=F("count") - 1)

    def was_the_last(self):
        """Whether this wrong guess has used up the account's or the address's."""
        rows = Attempts.objects.filter(key__in=self._limits)
        return any(row.count >= self._limits[row.key] for row in rows)


def use_once(user, code):
    """Whether a code is used for the first time; whichever process asks, the second time says False."""
    return take({_hashed(f"code of {user.pk}: {''.join(code.split())}"): 1}, seconds=CODE_SECONDS)


def take(limits, *, seconds):
    """Count one more under every key of `limits` (key to most), or under none; whether it was counted.

    A key counts for `seconds` from its first attempt. What is full already is only read, so a flood writes nothing.
    """
    now = timezone.now()
    begun = now - datetime.timedelta(seconds=seconds)
    with transaction.atomic():
        rows = Attempts.objects.filter(key__in=limits, since__gt=begun)
        if any(row.count >= limits[row.key] for row in rows):
            return False
        # In one order for everybody: two attempts wait for each other's rows, never in a circle.
        counted = all(_one_more(key, limits[key], now, begun) for key in sorted(limits))
        if not counted:
            transaction.set_rollback(True)
    return counted


def _one_more(key, most, now, begun):
    """The condition stands in the update itself: of two at the same moment the second sees what the first counted."""
    _row, is_new = Attempts.objects.get_or_create(key=key, defaults={"since": now})
    own = Attempts.objects.filter(key=key)
    if is_new:
        Attempts.objects.filter(since__lt=now - KEPT).delete()
    else:
        own.filter(since__lte=begun).update(count=0, since=now)
    return own.filter(count__lt=most).update(count=F("count") + 1) == 1


def _hashed(key):
    return hashlib.sha256(key.encode()).hexdigest()
