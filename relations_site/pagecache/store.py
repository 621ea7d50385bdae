"""Pages in memory: bounded in bytes, the least recently read goes first, each in the encodings that were asked for, and in no other.

Most pages are asked for once. So a page is compressed quickly first, and densely for whoever asks for it again.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict

import brotli

from record.answers import Asked

# Quickly: in a quarter of the time, a fifth more bytes.
DENSE, QUICK = {"br": 5, "gzip": 6}, {"br": 1, "gzip": 1}
# What is smaller gains nothing; what is larger than this part of the whole cache is not kept.
SMALLEST, LARGEST_PART = 512, 8
COMPRESS = {
    "br": lambda body, level: brotli.compress(body, quality=level),
    "gzip": lambda body, level: gzip.compress(body, level, mtime=0),
}
RESTORE = {"br": brotli.decompress, "gzip": gzip.decompress}
# Every form that a page may have been sent in.
FORMS = ("br", "br-quick", "gzip", "gzip-quick", "")
# What a 304 leaves out; the policy of content stays: it is no header of the body.
OF_A_BODY = {"Content-Type", "Content-Length", "Content-Encoding", "Content-Language", "Content-Disposition"}
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
    """One answer: status, headers, and its body in every encoding asked for so far. Valid within one generation of the record,
    and from one moment of the clock until another: a clock that is set back takes the page away too."""

    __slots__ = (
        "_control",
        "_is_wanted_plain",
        "_sent",
        "asked",
        "bodies",
        "expires",
        "generation",
        "headers",
        "is_compressible",
        "made",
        "status",
        "tag",
    )

    def __init__(self, status, headers, body, generation, expires, made=0.0, asked=None):
        said = {name.lower(): value for name, value in headers}
        self.status, self.generation, self.expires, self.made = status, generation, expires, made
        self.asked = asked or Asked()
        self.headers = [(name, value) for name, value in headers if name.lower() not in OWN_HEADERS]
        # As it was made it is kept until it was asked for compressed, or as it is.
        self.bodies, self._sent, self._is_wanted_plain = {"": body}, {}, False
        self.tag = hashlib.sha256(body).hexdigest()[:24]
        self.is_compressible = len(body) >= SMALLEST and said.get("content-type", "").startswith(COMPRESSIBLE)
        # Whoever keeps a page asks before showing it again: what is withdrawn is gone at once, everywhere.
        self._control = said.get("cache-control", "no-cache")

    @property
    def size(self):
        return OVERHEAD + self.asked.weight + sum(map(len, list(self.bodies.values())))

    def body(self, encoding, *, is_sent=True):
        """(body, its form): compressed where that is asked for and shorter, quickly the first time it is sent. Once made it is kept.

        A form is an encoding, with “-quick” behind it where those bytes are not the last word.
        """
        if not encoding or not self.is_compressible:
            self._is_wanted_plain = True
            self.bodies[""] = plain = self._plain()
            return plain, ""
        form, quick = encoding, f"{encoding}-quick"
        found = self.bodies.get(form)
        if found is None:
            held = self.bodies.get(quick)
            if held is not None and not is_sent:
                return held, quick
            form, level = (quick, QUICK[encoding]) if held is None else (encoding, DENSE[encoding])
            self.bodies[form] = found = COMPRESS[encoding](self._plain(), level)
            if held is not None:
                self.bodies.pop(quick, None)
        if not self._is_wanted_plain:
            self.bodies.pop("", None)
        return found, form

    def _plain(self):
        """As it was made. Two threads may drop and restore it at once: what is asked of the dictionary is asked once."""
        held = dict(self.bodies)
        return held[""] if "" in held else next(RESTORE[_encoding(form)](body) for form, body in held.items())

    def has(self, encoding):
        """Whether `body` would find it made, and nothing to drop."""
        return not self.is_compressible or encoding in self.bodies and (self._is_wanted_plain or not encoding or "" not in self.bodies)

    def sent_headers(self, form, length):
        """The headers with which a body in a form leaves, so many bytes; made once."""
        if form not in self._sent:
            self._sent[form] = [*self.headers, *self._own_headers(form, length)]
        return self._sent[form]

    def not_modified(self, said):
        """The headers of a 304 for whoever holds a form of the page, None for all others; its own tag is named, and nothing compressed."""
        if self.tag not in said or (form := next((form for form in FORMS if self._tag(form) in said), None)) is None:
            return None
        if (key := ("304", form)) not in self._sent:
            own = dict(self._own_headers(form, 0))
            self._sent[key] = [pair for pair in (*self.headers, *own.items()) if pair[0] not in OF_A_BODY]
        return self._sent[key]

    def _tag(self, form):
        # Other bytes, another tag.
        return f'"{self.tag}-{form}"' if form else f'"{self.tag}"'

    def _own_headers(self, form, length):
        yield "ETag", self._tag(form)
        yield "Content-Length", str(length)
        yield "Cache-Control", self._control
        if form:
            yield "Content-Encoding", _encoding(form)
        if self.is_compressible:
            yield "Vary", "Accept-Encoding"


def _encoding(form):
    return form.partition("-")[0]


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
        size = page.size + len(str(key))
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
