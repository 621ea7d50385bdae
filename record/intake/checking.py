"""Handing a file to the process that opens it, and saying in words what it refused."""

import json
import logging
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

log = logging.getLogger(__name__)
# Seconds by the clock, for a machine that is busy; so many at once for each process that answers requests.
PATIENCE = 60
_at_once = threading.BoundedSemaphore(2)

REASONS = {
    "picture": {
        "broken": _("This is not a whole JPEG, PNG, WebP or AVIF picture."),
        "pixels": _("The picture has more than 40 million pixels."),
        "foreign": _("Behind the picture something else stands in the file. Save it as a new JPEG or PNG and give that one."),
        "moving": _("The picture moves. Give one that stands still."),
        "too-much": _("The picture takes more memory or time to open than a photograph does."),
    },
    "pdf": {
        "broken": _("This is not a whole PDF."),
        "encrypted": _("The PDF is encrypted or asks for a password. Give one that opens for everybody."),
        "runs": _("The PDF holds a script, a form or an action that runs by itself. Print it to a new PDF and give that one."),
        "hides": _("The PDF has other files within it. Give it without them."),
        "plays": _("The PDF holds sound, film or a model in three dimensions. Give it without them."),
        "foreign": _("The file is a PDF and something else at the same time."),
        "pages": _("The PDF has no pages, or more than 2000."),
        "too-much": _("The PDF takes more memory or time to open than a document does."),
    },
}
# How a file of each kind begins; what begins otherwise needs no process to be refused.
BEGINNINGS = {
    "picture": lambda head: (
        head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
        or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
        or head[4:12] in (b"ftypavif", b"ftypavis", b"ftypmif1")
    ),
    "pdf": lambda head: head.startswith(b"%PDF-"),
}


@contextmanager
def opened(kind, upload, *, most_mb):
    """(facts, folder with what was made of it) of an upload. Raises ValidationError with a sentence for the editor."""
    if upload.size > most_mb * 1024 * 1024:
        raise ValidationError(gettext("The file is larger than %(most)s MB.") % {"most": most_mb}, code="size")
    with tempfile.TemporaryDirectory(prefix="intake-") as folder:
        path = _on_disk(upload, folder)
        with path.open("rb") as file:
            if not BEGINNINGS[kind](file.read(16)):
                raise _refusal(kind, "broken")
        yield _facts(kind, path, folder), Path(folder)


def _on_disk(upload, folder):
    """Where an upload lies; one that is in memory is written down first."""
    if hasattr(upload, "temporary_file_path"):
        return Path(upload.temporary_file_path())
    path = Path(folder, "upload")
    with path.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return path


def _facts(kind, path, folder):
    command = [sys.executable, "-E", "-s", "-m", "record.intake.worker", kind, str(path), str(folder)]
    # Nothing of our own environment: no secret is near a file that somebody else made.
    with _at_once:
        try:
            done = subprocess.run(
                command, cwd=settings.BASE_DIR, env={"LC_ALL": "C.UTF-8"}, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE
            )
        except subprocess.TimeoutExpired:
            raise _refusal(kind, "too-much") from None
    try:
        said = json.loads(done.stdout)
    except ValueError:
        log.warning("A %s could not be opened within the limits: exit %s, %s", kind, done.returncode, done.stderr[-300:])
        raise _refusal(kind, "too-much") from None
    if code := said.get("refused"):
        log.info("A %s was refused: %s %s", kind, code, said.get("error", ""))
        raise _refusal(kind, code)
    return said


def _refusal(kind, code):
    return ValidationError(REASONS[kind][code], code=code)
