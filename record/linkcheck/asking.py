"""One address asked: its head first, then its beginning; redirects followed by hand, each hop looked at like the first."""

import contextlib
import email.utils
import http.client
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

from record.linkcheck.reach import PORTS, Forbidden, Reach
from record.models.link_check import LinkCheck

SECONDS = 10
# All of one request, however slowly it trickles.
SECONDS_IN_ALL = 30
MOST_HOPS = 8
MOST_BYTES = 4096
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Servers that do not know HEAD, or answer it otherwise than a reader's request.
ASK_AGAIN = frozenset({400, 401, 403, 404, 405, 406, 409, 410, 429, 500, 501, 502, 503, 504})
# What a program is told and a reader may not be.
REFUSES_PROGRAMS = frozenset({401, 402, 403, 407, 429, 451, 999})
GONE = frozenset({404, 410})
Fault = LinkCheck.Fault


@dataclass(frozen=True)
class Answer:
    """What came back: the last status (None where there was none), what is wrong, where the redirects end, when to ask again."""

    status: int | None
    fault: str
    final: str
    wait: float = 0

    @property
    def fails(self):
        """Whether a reader would stand before a closed door; one that only programs are refused at says nothing."""
        return self.fault not in (Fault.NONE, Fault.REFUSED)


def user_agent():
    """The name under which this site asks, with where to find it."""
    host = next((name for name in settings.ALLOWED_HOSTS if "*" not in name), "localhost").lstrip(".")
    return (
        settings.LINK_CHECK_AGENT or f"Mozilla/5.0 (compatible; record-link-check/1.0; +{'https' if settings.HTTPS else 'http'}://{host}/)"
    )


def ask(address, *, reach=None, seconds=SECONDS, in_all=SECONDS_IN_ALL):
    """Ask one address and follow where it leads. Never raises for what the other side does."""
    reach, at = reach or Reach(), address
    try:
        for _hop in range(MOST_HOPS):
            status, headers = _ask_once(at, reach, seconds, in_all)
            if status not in REDIRECTS or not headers.get("location"):
                return Answer(status, _fault_of(status), at, _wait(headers) if status in (429, 503) else 0)
            at = _next(at, headers["location"])
        return Answer(status, Fault.ASTRAY, at)
    except Forbidden:
        return Answer(None, Fault.FORBIDDEN, at)
    except ssl.SSLCertVerificationError:
        return Answer(None, Fault.UNSAFE, at)
    except socket.gaierror:
        return Answer(None, Fault.NO_HOST, at)
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(None, Fault.NO_ANSWER, at)


def _fault_of(status):
    if status in REFUSES_PROGRAMS:
        return Fault.REFUSED
    if status in GONE:
        return Fault.GONE
    return Fault.NONE if status < 400 else Fault.BROKEN


def _next(at, location):
    # Header bytes arrive as Latin-1; many servers send UTF-8 as it is.
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    return urljoin(at, location)[:2000]


def _wait(headers):
    """Seconds that Retry-After asks for; 0 where it says nothing readable."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        return float(said[:9])
    with contextlib.suppress(TypeError, ValueError):
        return max(0.0, email.utils.parsedate_to_datetime(said).timestamp() - time.time())
    return 0


def _ask_once(address, reach, seconds, in_all):
    """(status, headers) of one address: of HEAD, or of GET where HEAD is not to be believed."""
    place = reach.place(address)
    status, headers = _request("HEAD", address, place, seconds, in_all)
    if status in ASK_AGAIN and not _wait(headers):
        status, headers = _request("GET", address, place, seconds, in_all)
    return status, headers


def _request(method, address, place, seconds, in_all):
    scheme, host, port, ip = place
    # The address that was looked at is the one that is asked: a name could lead elsewhere a second later.
    held = [socket.create_connection((ip, port), timeout=seconds)]
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    connection.default_port = PORTS.get(scheme)
    deadline = threading.Timer(in_all, _shut, [held])
    deadline.daemon = True
    deadline.start()
    try:
        if scheme == "https":
            held[0] = ssl.create_default_context().wrap_socket(held[0], server_hostname=host)
        connection.sock = held[0]
        connection.request(method, _target(address), headers=_headers(method))
        answer = connection.getresponse()
        if method == "GET":
            answer.read(MOST_BYTES)
        # A part of a page is a whole answer.
        return 200 if answer.status in (206, 416) else answer.status, {name.lower(): value for name, value in answer.getheaders()}
    finally:
        deadline.cancel()
        connection.close()
        held[0].close()


def _shut(held):
    """Whoever waits for this connection is told that it has ended."""
    with contextlib.suppress(OSError):
        socket.socket.shutdown(held[0], socket.SHUT_RDWR)


def _headers(method):
    own = {"User-Agent": user_agent(), "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
    return own | ({"Range": f"bytes=0-{MOST_BYTES - 1}"} if method == "GET" else {})


def _target(address):
    """What stands behind the host, in ASCII."""
    parts = urlsplit(address)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return f"{path}?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else path
