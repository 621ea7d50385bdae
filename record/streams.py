"""Long files go out to a few readers at once: each holds a thread until its reader has taken all of it, and pages need threads too."""

import threading

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext

from record.problems import PLAIN

# So many in one process, and the seconds after which whoever finds no place may ask again.
MOST, RETRY_AFTER = 3, 30
_places = threading.BoundedSemaphore(MOST)


def streamed(parts):
    """An answer that is sent as its `parts` are made; 503 while enough others are being sent."""
    if not _places.acquire(blocking=False):
        said = gettext("Many long files are being sent just now. Please ask again in half a minute.")
        return HttpResponse(f"{said}\n", status=503, content_type=PLAIN, headers={"Retry-After": str(RETRY_AFTER)})
    return StreamingHttpResponse(_Sent(parts))


class _Sent:
    """What is sent, with its place, which is given back once: at the end, when whoever reads it goes away, or when nobody holds it any more."""

    def __init__(self, parts):
        self._parts, self._has_place = parts, True

    def __iter__(self):
        yield from self._parts
        self.close()

    def close(self):
        if self._has_place:
            self._has_place = False
            _places.release()

    __del__ = close
