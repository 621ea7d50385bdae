"""Which release of the site this is. What several machines remember together is made anew by the next one."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings

# What decides how a page or a drawing looks.
FOLDERS = ("record", "events", "cooperation", "relations_site", "templates", "static")
ENDINGS = {".py", ".html", ".po", ".css", ".js", ".svg", ".woff2"}
LIBRARIES = "requirements*.txt"


def of(root):
    """The sign of the code in a folder: the same on every machine, another as soon as a file is another one."""
    found = hashlib.sha256()
    files = [path for folder in FOLDERS for path in (Path(root) / folder).rglob("*") if path.suffix in ENDINGS]
    for path in sorted([*files, *Path(root).glob(LIBRARIES)]):
        body = path.read_bytes()
        found.update(f"{path.relative_to(root).as_posix()} {len(body)}\n".encode() + body)
    return found.hexdigest()[:12]


@lru_cache(maxsize=1)
def sign():
    """The sign of this site's code, read once: by a server as it begins, before an upgrade puts other files there."""
    return of(settings.BASE_DIR)
