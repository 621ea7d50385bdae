"""The cache as a WSGI application around Django's: it answers what it holds without waking a view, a template or a middleware.

What may be kept is what is the same for every visitor: answers to GET that set no cookie, vary by nothing but encoding, and
are whole. Each is valid while nobody commits and until the next moment of the clock that changes pages: the next scheduled
publication, or midnight, since pages count days. After a commit its questions are asked again (see `record.answers`): if the answers
are the same, so is the page.
"""

import re
import threading
import time
from functools import lru_cache

from django.db import close_old_connections, connection

from record import answers, kept
from relations_site.languages import is_for_machines
from relations_site.pagecache.questions import plain
from relations_site.pagecache.store import Page

KEPT = {"200 OK", "410 Gone"}
# How many pages can be made at once, however many are asked for.
TURNS = 256
# What asks for less than the whole answer, or names the visitor.
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_IF_RANGE", "HTTP_COOKIE")
# How an encoding is weighed.
_WEIGHT = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")


class PageCache:
    """`application` behind a store. `until(now)` tells the next moment, in seconds of the clock, at which pages change by themselves;
    `names(path)` which parts of a question the page there may understand, all of them if it is not given."""

    def __init__(self, application, store, freshness, until, languages, names=None, clock=time.time):
        self._prefixes = {f"{code}/" for code in languages}
        self._application, self._store, self._freshness, self._until, self._clock = application, store, freshness, until, clock
        self._names = names
        self._moment, self._lock = (None, 0.0, 0.0, None), threading.Lock()
        self._turns = [threading.Lock() for _ in range(TURNS)]

    def __call__(self, request, start_response):
        method, path = request["REQUEST_METHOD"], request.get("PATH_INFO", "/")
        if method not in ("GET", "HEAD") or not self._is_for_everyone(path):
            return self._application(request, start_response)
        query = request.get("QUERY_STRING", "")
        if query and self._names:
            query = request["QUERY_STRING"] = plain(query, self._names(path))
        # As Django reads it: the first of several.
        is_secure = request.get("HTTP_X_FORWARDED_PROTO", "").partition(",")[0].strip() == "https"
        key = request.get("wsgi.url_scheme"), is_secure, request.get("HTTP_HOST"), path, query
        generation, answered = self._freshness.generation()
        page = self._store.get(key)
        # While the database is silent a page outlives its moment: late is better than nothing.
        is_good = page is not None and page.generation >= generation and (page.made <= self._clock() < page.expires or not answered)
        if not is_good:
            # Whoever asks for the same page at once waits for it instead of making it too.
            with self._turns[hash(key) % len(self._turns)]:
                page = self._store.get(key)
                is_good = page is not None and self._stands(page, generation, answered)
                if not is_good:
                    page = self._make(request, start_response, generation, answered)
                    if not isinstance(page, Page):
                        return page
                    self._store.put(key, page)
        if is_good:
            request["relations_site.from_memory"] = True
        return self._send(key, page, request, start_response)

    def _stands(self, page, generation, answered):
        """Whether a page that was made before the last commit is what would be made now."""
        if not answered or not page.made <= self._clock() < page.expires:
            return False
        if page.generation >= generation:
            return True
        # Looked up before: what is scheduled while the questions are asked ends the page at the next one.
        moment, _parts = self._present(generation, answered)
        if self._clock() >= page.expires:
            # Its own moment came meanwhile, and `moment` is the one after it.
            return False
        tidy_connections()
        try:
            if not page.asked.stands(generation):
                return False
        finally:
            tidy_connections()
        page.generation, page.expires = generation, moment
        return True

    def _is_for_everyone(self, path):
        """Pages under a language, and what machines ask for: no cookie and no preference of a visitor changes them."""
        return path[1:4] in self._prefixes or is_for_machines(path)

    def _make(self, request, start_response, generation, answered):
        """The page that Django makes; or its answer, begun already, if that is not to be kept."""
        told = []

        def hold(status, headers, exc_info=None):
            told[:] = [status, headers, exc_info]

        # Looked up before: a page that is begun before the moment and finished after it shows what was before.
        began = self._clock()
        moment, parts = self._present(generation, answered)
        with parts.entered(), answers.recorded() as asked:
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
        return Page(status, headers, whole, generation, moment, began, asked)

    def _present(self, generation, answered):
        """When pages of this generation end by themselves, looked up once, and the parts that they share, which end with them.

        While the database is silent nothing is shared: nobody can tell how old it is.
        """
        now = self._clock()
        with self._lock:
            known, asked, moment, parts = self._moment
            if known != generation or not asked <= now < moment:
                # Time changes parts of which no question tells: none outlives its moment.
                before = parts if known is not None and asked <= now < moment else None
                moment, parts = self._until(now), kept.Generation(generation, before)
                self._moment = generation, now, moment, parts
            return moment, parts if answered else kept.Generation()

    def _send(self, key, page, request, start_response):
        said = request.get("HTTP_IF_NONE_MATCH", "")
        if said and page.status == "200 OK" and (headers := page.not_modified(said)):
            start_response("304 Not Modified", headers)
            return [b""]
        wanted, is_sent = _encoding(request.get("HTTP_ACCEPT_ENCODING", "")), request["REQUEST_METHOD"] != "HEAD"
        is_new = not page.has(wanted)
        body, form = page.body(wanted, is_sent=is_sent)
        if is_new:
            self._store.put(key, page)
        start_response(page.status, page.sent_headers(form, len(body)))
        return [body if is_sent else b""]


def tidy_connections():
    """Outside of Django's request what it does around one: a connection that broke is not asked again. Never within a transaction."""
    if not connection.in_atomic_block:
        close_old_connections()


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


@lru_cache(maxsize=64)
def _encoding(accepted):
    """Which of br and gzip a reader takes rather (RFC 9110 §12.5.3), the denser where he does not mind; '' if he takes neither."""
    weights = dict(map(_weighed, accepted.lower().split(",")))
    rest = weights.get("*", 0.0)
    best = max(("br", "gzip"), key=lambda name: weights.get(name, rest))
    return best if weights.get(best, rest) > 0 else ""


def _weighed(part):
    """(name of an encoding, its weight); one that cannot be read is no wish."""
    name, *parameters = ["".join(piece.split()) for piece in part.split(";")]
    said = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
    return name, float(said) if _WEIGHT.fullmatch(said) else 0.0
