"""What was computed from the public record, kept until anybody commits or time changes it: for parts that many pages share.

Whoever knows how fresh the record is opens a `Generation` and answers requests within it (see `relations_site.pagecache`). Outside of
one, in commands, in tests and on the desk, nothing is kept and everything is computed.
"""

import threading
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import get_language

from record import answers

# So many parts are kept at once, long ones counting for several: the oldest make room.
MOST = 10_000
_NOTHING = (None, None, 0, False)
_present = ContextVar("generation", default=None)


class Generation:
    """The parts of one generation of the record. A request that began in an older one fills that one, which nobody asks again.

    Each is kept with what was asked for it (see `record.answers`): a page that shows it rests on that too. Lasting parts of the
    generation `before` are taken over when they are asked for, if their questions have the same answers in this one, which has a `number`.
    """

    def __init__(self, number=0, before=None):
        # {key: (part, what was asked for it, its weight, whether it lasts)}
        self._parts, self._weight, self._lock = {}, 0, threading.Lock()
        self._number, self._former = number, before.lasting() if before else {}
        self._former_weight = sum(part[2] for part in self._former.values())

    @contextmanager
    def entered(self):
        """Answer a request within this generation."""
        token = _present.set(self)
        try:
            yield
        finally:
            _present.reset(token)

    def lasting(self):
        """What the next generation may take over."""
        with self._lock:
            return self._former | {key: part for key, part in self._parts.items() if part[3]}

    def parts(self, keys, make, weight, lasting):
        """{key: part}; those that are not known yet are made together."""
        found = {key: part for key in keys if (part := self._parts.get(key))}
        if self._former:
            self._keep(standing := {key: part for key in keys if key not in found and (part := self._taken_over(key))})
            found |= standing
        for asked in {id(asked): asked for _part, asked, *_rest in found.values()}.values():
            answers.rest_on(asked)
        if missing := [key for key in keys if key not in found]:
            with answers.recorded() as asked:
                made = {key: (part, asked, weight, lasting) for key, part in make(missing).items()}
            found |= made
            self._keep(made)
        return {key: part for key, (part, *_rest) in found.items()}

    def _taken_over(self, key):
        """A part of the generation before that is what would be made now, or None."""
        with self._lock:
            former = self._let_go(key)
        return former if former and former[1].stands(self._number) else None

    def _keep(self, made):
        with self._lock:
            for key, part in made.items():
                self._weight += part[2] - self._parts.get(key, _NOTHING)[2]
                self._parts[key] = part
            while self._weight > MOST and self._parts:
                self._weight -= self._parts.pop(next(iter(self._parts)))[2]
            # What nobody asked for yet makes room first.
            while self._former and self._weight + self._former_weight > MOST:
                self._let_go(next(iter(self._former)))

    def _let_go(self, key):
        former = self._former.pop(key, None)
        self._former_weight -= former[2] if former else 0
        return former


def is_open():
    """Whether anything would be kept now."""
    return _present.get() is not None


def part(make, *key, lasting=False):
    """What `make()` returns in the reader's language, or what it returned under this key in the same generation.

    Nobody may change what comes out of here. `make` asks for nothing but what every reader may see, and returns nothing that would ask
    the database later: by then it would be nobody's question. A `lasting` part outlives the generation while its questions have the
    same answers: it rests on nothing but its key, the day and what `make` itself asks, whatever was asked before it was called.
    """
    return parts(lambda keys: {key: make() for key in keys}, [key], lasting=lasting)[key]


def parts(make, keys, *look, weight=1, lasting=False):
    """The same for many: `make(keys)` returns {key: part} of those that are not known, as far as there are any.

    A part with a `weight` is as long as so many others.
    """
    present = _present.get()
    if present is None:
        return make(keys)
    own = (get_language(), *look)
    found = present.parts(
        [(own, key) for key in keys],
        lambda missing: {(own, key): part for key, part in make([key for _own, key in missing]).items()},
        weight,
        lasting,
    )
    return {key: part for (_own, key), part in found.items()}
