"""Editors take turns: in one process their requests are answered one after the other, saves before everything else.

A form costs a tenth of a second of the processor. Eight of them at once make each other slow without any being done sooner,
hold the database's one lock for writers eight times as long, and keep readers waiting. In turn each is quick, and readers have
only one of them beside them. Nobody waits for long: whoever did goes on, so that one long import stops nobody. Nor do many: whoever
waits holds a thread, and readers need some.
"""

import heapq
import itertools
import threading
from contextlib import contextmanager
from io import BytesIO

from relations_site.whole import CutOff, refused

# Seconds after which somebody goes on whose turn has not come.
PATIENCE = 1.0
# So many wait at once; whoever comes then goes on without a turn.
MOST_WAITING = 4
# A request is read before its turn, so that a slow line keeps nobody waiting. One with more bytes than this takes no turn.
LARGEST = 300_000


class Turns:
    """`application`, asked by one at a time for the addresses that begin with `path`, of those who have the cookie of a session."""

    def __init__(self, application, path, cookie, patience=PATIENCE):
        self._application, self._path, self._cookie, self._patience = application, path, f"{cookie}=", patience
        self._lock, self._busy, self._waiting, self._count = threading.Lock(), 0, [], itertools.count()

    def __call__(self, request, start_response):
        if not self._takes_turns(request):
            return self._application(request, start_response)
        size = int(request.get("CONTENT_LENGTH") or 0)
        if size:
            try:
                request["wsgi.input"] = BytesIO(request["wsgi.input"].read(size))
            except CutOff:
                return refused(start_response)
        with self._turn(first=request["REQUEST_METHOD"] == "POST"):
            return self._application(request, start_response)

    def _takes_turns(self, request):
        is_known = self._cookie in request.get("HTTP_COOKIE", "")
        return is_known and request.get("PATH_INFO", "/").startswith(self._path) and _is_small(request)

    @contextmanager
    def _turn(self, *, first):
        with self._lock:
            waits = self._busy > 0 and len(self._waiting) < MOST_WAITING
            if waits:
                mine = [not first, next(self._count), threading.Event()]
                heapq.heappush(self._waiting, mine)
            else:
                self._busy += 1
        if waits and not mine[2].wait(self._patience):
            with self._lock:
                if mine in self._waiting:
                    self._waiting.remove(mine)
                    heapq.heapify(self._waiting)
                    self._busy += 1
        try:
            yield
        finally:
            with self._lock:
                # Whoever goes on without a turn gives none away.
                if self._waiting and self._busy == 1:
                    heapq.heappop(self._waiting)[2].set()
                else:
                    self._busy -= 1


def _is_small(request):
    """Whether it says how long it is, and is not long."""
    length = request.get("CONTENT_LENGTH") or "0"
    return length.isdecimal() and int(length) <= LARGEST and not request.get("HTTP_TRANSFER_ENCODING")
