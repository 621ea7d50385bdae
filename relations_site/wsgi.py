"""The WSGI entry point, for granian and any other server: Django behind the cache of pages, every request numbered."""

import contextlib
import ctypes
import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

# As glibc numbers its parameters (malloc.h), and bytes from which memory goes back to the system as soon as it is free.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
GIVEN_BACK = 128 * 1024
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations_site.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from record import release  # noqa: E402
from relations_site.operations import health  # noqa: E402
from relations_site.operations.wsgi import Observed  # noqa: E402
from relations_site.pagecache import around  # noqa: E402
from relations_site.turns import Turns  # noqa: E402
from relations_site.whole import Whole  # noqa: E402

desk = Turns(around(application), "/admin/", settings.SESSION_COOKIE_NAME)
application = Observed(Whole(desk), counts=settings.METRICS, writes=settings.LOG_REQUESTS)
# Read before the first request, which would wait for it.
health.wanted()
get_resolver().url_patterns  # noqa: B018
release.sign()
# A thread that computes gives way after one millisecond instead of five: whoever only has to hand out a page is not kept waiting.
sys.setswitchinterval(0.001)
# Memory that a thread gave back serves the others too, and large pieces go back to the system: with a heap for each thread and
# a threshold of its own choice, glibc holds on to several times what is used.
with contextlib.suppress(OSError, AttributeError):
    for parameter, value in ((M_ARENA_MAX, 1), (M_MMAP_THRESHOLD, GIVEN_BACK), (M_TRIM_THRESHOLD, GIVEN_BACK)):
        ctypes.CDLL(None).mallopt(parameter, value)
# What is loaded by now stays: the collector need not look at it again and again.
gc.collect()
gc.freeze()
gc.set_threshold(5_000, 10, 10)
