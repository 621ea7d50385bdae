"""Sessions that end: after a while without a request, and at the latest after a fixed time, whoever asks for them.

Settings.SESSION_ENGINE names this module. `SESSION_IDLE_HOURS` and `SESSION_HOURS` are the two limits.
"""

import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

BEGUN, SEEN = "begun", "seen"
# A visit is written down once in so many seconds: a write at every request would end every page in memory.
STEP = 300


class SessionStore(DatabaseStore):
    """A session of somebody who has logged in is empty once one of its limits has passed."""

    _stepped = None

    @classmethod
    def get_model_class(cls):
        return Session

    def load(self):
        data = super().load()
        if SESSION_KEY not in data:
            return data
        now = time.time()
        begun, seen = data.setdefault(BEGUN, now), data.setdefault(SEEN, now)
        if now - begun > settings.SESSION_HOURS * 3600 or now - seen > settings.SESSION_IDLE_HOURS * 3600:
            self.delete(self.session_key)
            self._session_key = None
            return {}
        if now == begun or now - seen > STEP:
            data[SEEN] = now
            self.modified, self._stepped = True, dict(data)
        return data

    def save(self, must_create=False):
        """A visit that cannot be written down, while the database takes no writes, is no reason to interrupt it."""
        try:
            super().save(must_create)
        except UpdateError:
            if self._get_session(no_load=True) != self._stepped or not self.exists(self.session_key):
                raise


def of(user):
    """The sessions in which a person is logged in and which have not ended."""
    rows = Session.objects.filter(expire_date__gt=timezone.now())
    stores = [(row, SessionStore(row.session_key)) for row in rows]
    return [row for row, store in stores if store.get(SESSION_KEY) == str(user.pk)]


def end_others(user, own):
    """Log a person out everywhere but in the session whose key is `own`; how many ended."""
    ended = [row.session_key for row in of(user) if row.session_key != own]
    Session.objects.filter(session_key__in=ended).delete()
    return len(ended)
