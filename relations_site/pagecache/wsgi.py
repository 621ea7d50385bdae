"""The cache as a WSGI application around Django's: it answers what it holds without waking a view, a template or a middleware.

What may be kept is what is the same for every visitor: answers to GET that set no cookie, vary by nothing but encoding, and
are whole. Each is valid while nobody commits and until the next moment of the clock that changes pages: the next scheduled
publication, or midnight, since pages count days.
"""

import threading
import time

from relations_site.pagecache.store import Page

KEPT = {"200 OK", "410 Gone"}
MACHINES = ("/sitemap.xml", "/robots.txt")
# What asks for less than the whole answer, or names the visitor.
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_IF_RANGE", "HTTP_COOKIE")


class PageCache:
    """`application` behind a store. `until(now)` tells the next moment, in seconds of the clock, at which pages change by themselves."""

    def __init__(self, application, store, freshness, until, languages, clock=time.time):
        self._prefixes = {f"{code}/" for code in languages}
        self._application, self._store, self._freshness, self._until, self._clock = application, store, freshness, until, clock
        self._moment, self._lock = (None, 0.0), threading.Lock()

    def __call__(self, request, start_response):
        method, path = request["REQUEST_METHOD"], request.get("PATH_INFO", "/")
        if method not in ("GET", "HEAD") or not self._is_for_everyone(path):
            return self._application(request, start_response)
        key = (
            request.get("wsgi.url_scheme"),
            request.get("HTTP_X_FORWARDED_PROTO"),
            request.get("HTTP_HOST"),
            path,
            request.get("QUERY_STRING"),
        )
        generation, _answered = self._freshness.generation()
        page = self._store.get(key)
        if page is None or page.generation != generation or page.expires <= self._clock():
            page = self._make(request, start_response, generation)
            if not isinstance(page, Page):
                return page
            self._store.put(key, page)
        return self._send(key, page, request, start_response)

    def _is_for_everyone(self, path):
        """Pages under a language, and what machines ask for: no cookie and no preference of a visitor changes them."""
        return path[1:4] in self._prefixes or path in MACHINES or path.startswith("/r/") and path.endswith(".json")

    def _make(self, request, start_response, generation):
        """The page that Django makes; or its answer, begun already, if that is not to be kept."""
        told = []

        def hold(status, headers, exc_info=None):
            told[:] = [status, headers, exc_info]

        # Looked up before: a page that is begun before the moment and finished after it shows what was before.
        moment = self._next_moment(generation)
        body = self._application(_whole(request), hold)
        status, headers, exc_info = told
        if not _may_be_kept(status, headers):
            start_response(status, headers, exc_info)
            return _without_body(body) if request["REQUEST_METHOD"] == "HEAD" else body
        try:
            whole = b"".join(body)
        finally:
            if hasattr(body, "close"):
                body.close()
        return Page(status, headers, whole, generation, moment)

    def _next_moment(self, generation):
        """When pages of this generation end by themselves; looked up once for each generation."""
        now = self._clock()
        with self._lock:
            known, moment = self._moment
            if known != generation or moment <= now:
                moment = self._until(now)
                self._moment = generation, moment
            return moment

    def _send(self, key, page, request, start_response):
        wanted = _encoding(request.get("HTTP_ACCEPT_ENCODING", ""))
        is_new = not page.has(wanted)
        body, encoding = page.body(wanted)
        if is_new:
            self._store.put(key, page)
        headers = page.sent_headers(encoding)
        if page.status == "200 OK" and page.tag in request.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", [pair for pair in headers if not pair[0].startswith("Content-")])
            return [b""]
        start_response(page.status, headers)
        return [b"" if request["REQUEST_METHOD"] == "HEAD" else body]


def _without_body(body):
    if hasattr(body, "close"):
        body.close()
    return [b""]


def _whole(request):
    """The same request for the whole answer, of nobody in particular."""
    return {name: value for name, value in request.items() if name not in CONDITIONS} | {"REQUEST_METHOD": "GET"}


def _may_be_kept(status, headers):
    said = {name.lower(): value for name, value in headers}
    vary = {word.strip().lower() for word in said.get("vary", "").split(",") if word.strip()}
    control = said.get("cache-control", "")
    return (
        status in KEPT
        and "set-cookie" not in said
        and "content-length" in said
        and vary <= {"accept-encoding"}
        and not any(word in control for word in ("private", "no-store"))
    )


def _encoding(accepted):
    """The best encoding that a reader takes: br, gzip, or none."""
    taken = {}
    for part in accepted.split(","):
        name, _, quality = part.strip().partition(";")
        taken[name.strip().lower()] = quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("br", "gzip") if taken.get(name)), "")
