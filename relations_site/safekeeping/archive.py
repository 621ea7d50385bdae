"""The archive: a compressed tar with the database, the files of MEDIA_ROOT and BUNDLE_ROOT, and at its end a manifest that
names every member with its size and SHA-256.

Written in one pass, read in one pass; the manifest comes last because only then everything is known.
"""

import gzip
import hashlib
import io
import json
import tarfile
import time
import zlib
from contextlib import contextmanager
from pathlib import PurePosixPath

from relations_site.safekeeping import Refused

MANIFEST, FORMAT = "manifest.json", 1
DATABASE, MEDIA, RELEASES = "database", "media", "releases"
PIECE = 1 << 20


class Writer:
    """Adds members and remembers what they were."""

    def __init__(self, file):
        self._tar, self.members = tarfile.open(fileobj=file, mode="w:gz", compresslevel=6), {}  # noqa: SIM115

    def add(self, name, file, size, moved=lambda size: None):
        """`size` bytes of an open file, under a name. Raises Refused where there are fewer, or the name is no text."""
        if name != name.encode(errors="replace").decode():
            raise Refused(f"{name!r} is a name that is not UTF-8: rename the file.")
        told = tarfile.TarInfo(name)
        told.size, told.mtime, told.mode = size, int(time.time()), 0o600
        read = Hashed(file, moved)
        try:
            self._tar.addfile(told, read)
        except OSError as error:
            if read.size < size and not error.errno:
                raise Refused(f"{name} became shorter while it was read.") from error
            raise
        self.members[name] = {"bytes": size, "sha256": read.digest()}

    def finish(self, about):
        """Write the manifest and close."""
        text = json.dumps({"format": FORMAT, **about, "members": self.members}, ensure_ascii=False, indent=1).encode()
        told = tarfile.TarInfo(MANIFEST)
        told.size, told.mtime, told.mode = len(text), int(time.time()), 0o600
        self._tar.addfile(told, io.BytesIO(text))
        self._tar.close()


class Hashed:
    """A file that remembers the digest of what was read of it."""

    def __init__(self, file, moved=lambda size: None):
        self._file, self._moved, self._sum, self.size = file, moved, hashlib.sha256(), 0

    def read(self, size=-1):
        piece = self._file.read(size)
        self._sum.update(piece)
        self.size += len(piece)
        self._moved(len(piece))
        return piece

    def digest(self):
        return self._sum.hexdigest()


def members(path):
    """(name, open file, size) of every member, in order. Raises Refused where the archive cannot be read to its end."""
    with _readable(path), gzip.open(path) as raw:
        with tarfile.open(fileobj=raw, mode="r|") as tar:
            for member in tar:
                if not member.isfile() or not _is_ours(member.name):
                    raise Refused(f"{path.name} holds {member.name!r}, which no backup of ours does.")
                yield member.name, tar.extractfile(member), member.size
        # To the very end, where the sum of all bytes stands.
        while raw.read(PIECE):
            pass


@contextmanager
def _readable(path):
    """Whatever reading within meets is said of the archive: a damaged part may be met by whoever reads a member too."""
    try:
        yield
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        raise Refused(f"{path.name} is damaged, or no backup: {error}") from error


def _is_ours(name):
    parts = PurePosixPath(name).parts
    is_inside = parts[0] in (DATABASE, MEDIA, RELEASES) and len(parts) > 1 and ".." not in parts
    return name == MANIFEST or is_inside and not name.startswith("/")


def verified(path, moved=lambda size: None):
    """The manifest, after every byte was compared with it. Raises Refused."""
    found, manifest = {}, None
    with _readable(path):
        for name, file, size in members(path):
            read = Hashed(file, moved)
            if name == MANIFEST:
                manifest = _manifest(read.read(), path)
                continue
            while read.read(PIECE):
                pass
            found[name] = {"bytes": size, "sha256": read.digest()}
    if manifest is None:
        raise Refused(f"{path.name} has no manifest: it was not finished.")
    if manifest.get("format") != FORMAT:
        raise Refused(f"{path.name} is of format {manifest.get('format')}; this code reads format {FORMAT}.")
    if wrong := [name for name in {*found, *manifest["members"]} if found.get(name) != manifest["members"].get(name)]:
        raise Refused(f"{path.name} is damaged: {', '.join(sorted(wrong)[:5])} are not what the manifest says.")
    return manifest


def _manifest(text, path):
    try:
        return dict(json.loads(text))
    except ValueError as error:
        raise Refused(f"{path.name} is damaged: its manifest cannot be read.") from error
