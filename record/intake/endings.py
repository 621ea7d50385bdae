"""Where a picture ends in its file. What stands behind the end belongs to another kind of file, and is a reason to refuse it."""

import re
import zlib

from record.intake.refusal import Refused

PNG_HEAD = 8
# In the coded part of a JPEG: a marker that is neither a stuffed byte nor a restart.
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
BOXES = {b"ftyp", b"meta", b"mdat", b"moov", b"free", b"skip", b"uuid"}


def must_end(data, form):
    """Raises Refused where the picture is cut short, a checksum is wrong, or anything but zeros follows it."""
    try:
        end = {"PNG": _png, "JPEG": _jpeg, "MPO": _jpeg, "WEBP": _webp, "AVIF": _avif}[form](data)
    except IndexError:
        raise Refused("broken") from None
    if end > len(data):
        raise Refused("broken")
    behind = data[end:].lstrip(b"\0")
    # A photograph may be followed by a second one of the same scene, as telephones take them.
    if behind and not (form in ("JPEG", "MPO") and behind.startswith(b"\xff\xd8\xff") and _jpeg(behind) <= len(behind)):
        raise Refused("foreign")
    if behind:
        must_end(behind, "JPEG")


def _png(data):
    at = PNG_HEAD
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data) or zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            raise Refused("broken")
        if kind == b"IEND":
            return end
        at = end
    raise Refused("broken")


def _jpeg(data):
    at = 2
    while at < len(data):
        if data[at] != 0xFF:
            raise Refused("broken")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker == 0xD9:
            return at + 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
            if marker == 0xDA:
                found = MARKER.search(data, at)
                at = found.start() if found else len(data)
    raise Refused("broken")


def _webp(data):
    length = int.from_bytes(data[4:8], "little")
    return 8 + length + length % 2


def _avif(data):
    at = 0
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind not in BOXES:
            return at
        if length == 1:
            length = int.from_bytes(data[at + 8 : at + 16], "big")
        if length == 0:
            return len(data)
        if length < 8:
            raise Refused("broken")
        at += length
    return at
