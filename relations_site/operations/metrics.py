"""Figures for Prometheus, in its text format: of this process, since its start."""

import bisect
import hmac
import ipaddress
import os
import threading
import time
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache

# Upper bounds of the classes of the histogram, in seconds.
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
FORMAT = "text/plain; version=0.0.4; charset=utf-8"
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}


class Figures:
    """Counts of answers by method, status and whether they came from memory, and how long they took to begin."""

    def __init__(self):
        self._lock, self._answers, self._classes, self._seconds = threading.Lock(), Counter(), Counter(), 0.0

    def note(self, method, status, from_memory, seconds):
        """One answer that began."""
        with self._lock:
            self._answers[method if method in METHODS else "OTHER", status, from_memory] += 1
            self._classes[bisect.bisect_left(BOUNDS, seconds)] += 1
            self._seconds += seconds

    def lines(self):
        """The text, line by line."""
        with self._lock:
            answers, classes, seconds = self._answers.copy(), self._classes.copy(), self._seconds
        yield from _about("site_answers_total", "counter", "Answers by method, status and whether they came from memory.")
        for (method, status, from_memory), count in sorted(answers.items()):
            yield _sample("site_answers_total", count, method=method, status=status, memory="yes" if from_memory else "no")
        yield from _about("site_answer_seconds", "histogram", "Seconds until an answer began.")
        total = 0
        for number, bound in enumerate((*BOUNDS, "+Inf")):
            total += classes[number]
            yield _sample("site_answer_seconds_bucket", total, le=bound)
        yield _sample("site_answer_seconds_sum", round(seconds, 6))
        yield _sample("site_answer_seconds_count", total)


FIGURES = Figures()
STARTED = time.time()


def _about(name, kind, words):
    return f"# HELP {name} {words}", f"# TYPE {name} {kind}"


def _sample(name, value, **labels):
    named = ",".join(f'{label}="{text}"' for label, text in {**labels, "process": os.getpid()}.items())
    return f"{name}{{{named}}} {value}"


def _of_the_process():
    told = Path("/proc/self/statm")
    pages = int(told.read_text().split()[1]) if told.exists() else 0
    yield from _about("process_resident_memory_bytes", "gauge", "Memory of the process.")
    yield _sample("process_resident_memory_bytes", pages * os.sysconf("SC_PAGE_SIZE"))
    yield from _about("process_start_time_seconds", "gauge", "When the process started, in seconds since 1970.")
    yield _sample("process_start_time_seconds", round(STARTED, 3))


def may_read(request):
    """Whoever knows METRICS_TOKEN; without one, this machine itself, and never by way of a proxy."""
    if settings.METRICS_TOKEN:
        return hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    passed_on = {"HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"} & set(request.META)
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback and not passed_on


@never_cache
def metrics(request):
    """The figures; to everybody else, and where METRICS is off, there is no such page."""
    if not settings.METRICS or not may_read(request):
        raise Http404
    return HttpResponse("\n".join([*FIGURES.lines(), *_of_the_process(), ""]), content_type=FORMAT)
