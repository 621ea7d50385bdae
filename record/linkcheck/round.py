"""A round through many addresses: one at a time, no host twice within a pause, whoever asks for patience is left for later."""

import time
from collections import deque
from urllib.parse import urlsplit

PAUSE = 2.0
# A host that asks for more patience than this is asked again in the next round.
MOST_PATIENCE = 60.0


class Round:
    """Takes the addresses in an order in which no host is asked twice within `pause` seconds.

    `ask(address)` gives an Answer; `now` and `sleep` are the clock's unless a test gives its own. Iterating yields (due, answer).
    """

    def __init__(self, dues, ask, *, pause=PAUSE, now=time.monotonic, sleep=time.sleep):
        self.ask, self.pause, self.now, self.sleep = ask, pause, now, sleep
        self.hosts, self.ready = {}, {}
        for due in dues:
            self.hosts.setdefault(_host(due.address), deque()).append(due)
        self.put_off = 0

    def __iter__(self):
        while host := self._next():
            due = self.hosts[host].popleft()
            answer = self.ask(due.address)
            self._be_patient(host, answer.wait)
            yield due, answer

    def _next(self):
        """The host that may be asked soonest, waiting for it if need be."""
        waiting = [host for host, dues in self.hosts.items() if dues]
        if not waiting:
            return None
        host = min(waiting, key=lambda name: self.ready.get(name, 0.0))
        if (wait := self.ready.get(host, 0.0) - self.now()) > 0:
            self.sleep(wait)
        return host

    def _be_patient(self, host, wait):
        if wait > MOST_PATIENCE:
            self.put_off += len(self.hosts[host])
            self.hosts[host].clear()
        self.ready[host] = self.now() + max(self.pause, wait)


def _host(address):
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address
