"""A request arrives whole, or nothing comes of it: half of a form looks like a form whose other fields were emptied.

Servers hand on what came before a line broke, and Django takes it for all there is.
"""


class CutOff(OSError):
    """The line broke before the request had arrived."""


class Whole:
    """`application`, whose requests with a length have it. Reading one that ends before raises CutOff; so does Django for its views."""

    def __init__(self, application):
        self._application = application

    def __call__(self, request, start_response):
        length = request.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length):
            request["wsgi.input"] = _Stream(request["wsgi.input"], int(length))
        return self._application(request, start_response)


class _Stream:
    """So many bytes of a stream."""

    def __init__(self, stream, length):
        self._stream, self._left = stream, length

    def read(self, size=-1):
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        pieces = []
        while wanted:
            piece = self._stream.read(wanted)
            if not piece:
                raise CutOff("The request ended before all of it had arrived.")
            pieces.append(piece)
            wanted -= len(piece)
            self._left -= len(piece)
        return b"".join(pieces)

    def readline(self, size=-1):
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        line = self._stream.readline(wanted) if wanted else b""
        if wanted and not line:
            raise CutOff("The request ended before all of it had arrived.")
        self._left -= len(line)
        return line


def refused(start_response):
    """The answer to whoever may not be there any more."""
    start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "0")])
    return [b""]
