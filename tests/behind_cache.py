"""The site behind its cache of pages, within a test's transaction."""

import re
from contextlib import contextmanager

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import RequestFactory

from relations_site.pagecache.store import Store
from relations_site.pagecache.wsgi import PageCache


@contextmanager
def one_connection():
    """As Django's own test client does it: no request may close the connection that holds what the test wrote."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


class Site:
    """The site behind its cache of pages; whoever writes tells it, as the database does."""

    def __init__(self):
        self.changes, self.asked, self.from_memory = 1, 0, False
        self.cache = PageCache(get_wsgi_application(), Store(50_000_000), self, lambda now: now + 3600, ["en", "az", "uz", "ru"])

    def generation(self):
        return self.changes, True

    def get(self, address):
        """The bytes of a page that nobody asked for before in just these words."""
        self.asked += 1
        return self.again(asked_anew(address, self.asked))

    def again(self, address):
        """The bytes of a page that may be in memory; `from_memory` tells whether they were."""
        path, _, query = address.partition("?")
        environ = RequestFactory().get(path).environ | {"QUERY_STRING": query}
        try:
            with one_connection():
                return plain(b"".join(self.cache(environ, lambda *told: None)))
        finally:
            self.from_memory = "relations_site.from_memory" in environ


def asked_anew(address, number):
    return f"{address}{'&' if '?' in address else '?'}fresh={number}"


def plain(body):
    return re.sub(r"fresh(=|%3D)\d+", "fresh", body.decode())
