"""The outermost layer: every request has a number, which the answer tells and every line of the log repeats."""

import itertools
import logging
import re
import secrets
import time

from relations_site.operations import logs, metrics

log = logging.getLogger("relations_site.requests")
# Of a number that somebody else gave we take what is short and could never be anything but a number.
CLEAN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")


class Observed:
    """`application` with numbered requests; with figures and a line for each answer where that is asked for."""

    def __init__(self, application, *, counts, writes):
        self._application, self._is_measured, self._writes = application, counts or writes, writes
        # Numbers are told apart, not kept secret: counting costs a tenth of drawing each by lot.
        self._own, self._count = secrets.token_hex(5), itertools.count(1)

    def __call__(self, request, start_response):
        given = request.get("HTTP_X_REQUEST_ID", "")
        number = given if CLEAN.fullmatch(given) else f"{self._own}{next(self._count):08x}"
        request["HTTP_X_REQUEST_ID"] = number
        logs.REQUEST.set(number)
        began = time.perf_counter() if self._is_measured else 0

        def start(status, headers, *exc_info):
            if began:
                self._note(request, status, time.perf_counter() - began)
            return start_response(status, [*headers, ("X-Request-Id", number)], *exc_info)

        return self._application(request, start)

    def _note(self, request, status, seconds):
        method, from_memory = request["REQUEST_METHOD"], "relations_site.from_memory" in request
        metrics.FIGURES.note(method, status[:3], from_memory, seconds)
        if self._writes:
            figures = {"status": int(status[:3]), "milliseconds": round(seconds * 1000, 1), "memory": from_memory}
            log.info("%s %s %s %.1f ms", method, _path(request), status[:3], seconds * 1000, extra={"figures": figures})


def _path(request):
    """The path without its question, in signs that cannot begin a new line."""
    return request.get("PATH_INFO", "/")[:200].encode("ascii", "backslashreplace").decode().replace("\n", "\\n").replace("\r", "\\r")
