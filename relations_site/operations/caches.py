"""Redis as an accelerator: while it is away, each process remembers for itself, and no reader notices. And notes in files, where there is none.

Every failure is a miss. After one, Redis is left alone for a second, so that a server that does not answer costs one time-out a
second and not one a question; what is kept meanwhile is forgotten when it is back.
"""

import logging
import os
import threading
import time
from functools import partialmethod

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

log = logging.getLogger(__name__)
# Seconds between two attempts, and between two warnings.
PAUSE, SILENCE = 1.0, 60.0


class Outage:
    """Whether Redis is away; one for all threads of a process."""

    def __init__(self, clock=time.monotonic):
        self._clock, self._lock = clock, threading.Lock()
        self.is_on, self._until, self._told = False, 0.0, -SILENCE

    def lasts(self):
        """Whether it is too early to ask again."""
        return self._clock() < self._until

    def begins(self, error):
        """An attempt failed: warn, at most once a minute."""
        with self._lock:
            self.is_on, self._until = True, self._clock() + PAUSE
            if self._clock() - self._told >= SILENCE:
                self._told = self._clock()
                log.warning("Redis does not answer; each process remembers for itself meanwhile: %s", error)

    def ends(self):
        """An attempt succeeded. True for the one that ends an outage."""
        with self._lock:
            ended, self.is_on, self._until = self.is_on, False, 0.0
        if ended:
            log.info("Redis answers again.")
        return ended


OUTAGE = Outage()


class ForgivingRedisCache(RedisCache):
    """Django's cache in Redis that never raises because Redis is away. Counters go on counting, for each process."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self._outage, self._meanwhile = OUTAGE, LocMemCache("meanwhile", params)

    def _ask(self, name, *args, **kwargs):
        from redis.exceptions import RedisError

        if self._outage.lasts():
            return getattr(self._meanwhile, name)(*args, **kwargs)
        try:
            found = getattr(super(), name)(*args, **kwargs)
        except (RedisError, OSError) as error:
            self._outage.begins(error)
            return getattr(self._meanwhile, name)(*args, **kwargs)
        except ValueError:
            # A counter that is not there: an answer as well.
            self._healed()
            raise
        self._healed()
        return found

    def _healed(self):
        if self._outage.is_on and self._outage.ends():
            self._meanwhile.clear()

    def is_reachable(self):
        """Whether Redis itself answers."""
        self.get("reachable")
        return not self._outage.is_on

    add = partialmethod(_ask, "add")
    get = partialmethod(_ask, "get")
    set = partialmethod(_ask, "set")
    touch = partialmethod(_ask, "touch")
    delete = partialmethod(_ask, "delete")
    get_many = partialmethod(_ask, "get_many")
    has_key = partialmethod(_ask, "has_key")
    incr = partialmethod(_ask, "incr")
    set_many = partialmethod(_ask, "set_many")
    delete_many = partialmethod(_ask, "delete_many")
    clear = partialmethod(_ask, "clear")


class NotesInFiles(FileBasedCache):
    """Django's cache in files, whose folder is made by whoever notes something first.

    Django makes it as soon as any command looks at the settings: a command of root's would take it from the site, and where none can be made
    no command would run.
    """

    def __init__(self, folder, params):
        BaseCache.__init__(self, params)
        self._dir = os.path.abspath(folder)
