"""Pages in memory: bounded in bytes, the least recently read goes first, each in the encodings that were asked for."""

import gzip
import hashlib
import threading
from collections import OrderedDict

import brotli

# Strong enough, and quick: a page is compressed once and sent many times.
BROTLI_QUALITY, GZIP_LEVEL = 5, 6
# What is smaller gains nothing; what is larger than this part of the whole cache is not kept.
SMALLEST, LARGEST_PART = 512, 8
COMPRESS = {
    "br": lambda body: brotli.compress(body, quality=BROTLI_QUALITY),
    "gzip": lambda body: gzip.compress(body, GZIP_LEVEL, mtime=0),
}
COMPRESSIBLE = (
    "text/",
    "application/json",
    "application/atom+xml",
    "application/problem+json",
    "image/svg+xml",
    "application/xml",
    "application/geo+json",
)
# Headers that the store writes itself.
OWN_HEADERS = {"etag", "content-length", "vary", "cache-control", "content-encoding"}
# What a page weighs besides its bytes.
OVERHEAD = 1024


class Page:
    """One answer: status, headers, and its body in every encoding asked for so far. Valid within one generation of the record
    and until a moment of the clock."""

    __slots__ = ("_control", "_sent", "bodies", "expires", "generation", "headers", "is_compressible", "status", "tag")

    def __init__(self, status, headers, body, generation, expires):
        said = {name.lower(): value for name, value in headers}
        self.status, self.generation, self.expires = status, generation, expires
        self.headers = [(name, value) for name, value in headers if name.lower() not in OWN_HEADERS]
        self.bodies, self._sent = {"": body}, {}
        self.tag = hashlib.sha256(body).hexdigest()[:24]
        self.is_compressible = len(body) >= SMALLEST and said.get("content-type", "").startswith(COMPRESSIBLE)
        # Whoever keeps a page asks before showing it again: what is withdrawn is gone at once, everywhere.
        self._control = said.get("cache-control", "no-cache")

    @property
    def size(self):
        return OVERHEAD + sum(map(len, self.bodies.values()))

    def body(self, encoding):
        """(body, its encoding): compressed where that is asked for and shorter. Once made it is kept."""
        if not encoding or not self.is_compressible:
            return self.bodies[""], ""
        if encoding not in self.bodies:
            self.bodies[encoding] = COMPRESS[encoding](self.bodies[""])
        return self.bodies[encoding], encoding

    def has(self, encoding):
        """Whether `body` would find it made."""
        return encoding in self.bodies or not self.is_compressible

    def sent_headers(self, encoding):
        """The headers with which a body in an encoding leaves; made once."""
        if encoding not in self._sent:
            self._sent[encoding] = [*self.headers, *self._own_headers(encoding)]
        return self._sent[encoding]

    def _own_headers(self, encoding):
        yield "ETag", f'"{self.tag}-{encoding}"' if encoding else f'"{self.tag}"'
        yield "Content-Length", str(len(self.bodies[encoding]))
        yield "Cache-Control", self._control
        if encoding:
            yield "Content-Encoding", encoding
        if self.is_compressible:
            yield "Vary", "Accept-Encoding"


class Store:
    """At most so many bytes of pages."""

    def __init__(self, limit):
        self.limit, self.size = limit, 0
        self._pages, self._lock = OrderedDict(), threading.Lock()

    def get(self, key):
        """The page of a key, whatever its age, or None."""
        with self._lock:
            found = self._pages.get(key)
            if found is None:
                return None
            self._pages.move_to_end(key)
            return found[0]

    def put(self, key, page):
        """Keep a page, or count anew one that took an encoding more."""
        size = page.size
        if size * LARGEST_PART > self.limit:
            return
        with self._lock:
            if key in self._pages:
                self.size -= self._pages.pop(key)[1]
            self._pages[key] = page, size
            self.size += size
            while self.size > self.limit:
                _key, (_page, freed) = self._pages.popitem(last=False)
                self.size -= freed
