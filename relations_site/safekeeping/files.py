"""The files beside the database: uploads, wherever they are stored, and the releases of the whole record."""

import shutil
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from os.path import getsize
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage

from relations_site.safekeeping.archive import MEDIA, RELEASES

# Where files lie until all of them are there. Nothing that begins with a dot is an upload or a release.
UNFINISHED = ".restoring-"


def uploads(folder=""):
    """Names of all uploaded files."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}".lstrip("/") for name in sorted(names) if not name.startswith("."))
    for inner in sorted(name for name in folders if not name.startswith(".")):
        yield from uploads(f"{folder}/{inner}".lstrip("/"))


def releases():
    """Paths of all files of finished releases, below their root."""
    root = Path(settings.BUNDLE_ROOT)
    found = sorted(path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return [path for path in found if not path.parts[0].startswith(".")]


def add(writer, moved):
    """Put all of them into an archive. What is taken away meanwhile is left out: the record no longer shows it."""
    for name in uploads():
        try:
            with default_storage.open(name, "rb") as file:
                writer.add(f"{MEDIA}/{name}", file, file.size, moved)
        except FileNotFoundError:
            continue
    for path in releases():
        try:
            with (Path(settings.BUNDLE_ROOT) / path).open("rb") as file:
                writer.add(f"{RELEASES}/{path.as_posix()}", file, (Path(settings.BUNDLE_ROOT) / path).stat().st_size, moved)
        except FileNotFoundError:
            continue


def size():
    """About how many bytes they are; what is gone by now counts nothing."""
    root, found = Path(settings.BUNDLE_ROOT), 0
    sizes = [(default_storage.size, name) for name in uploads()] + [(getsize, root / path) for path in releases()]
    for size_of, name in sizes:
        with suppress(FileNotFoundError):
            found += size_of(name)
    return found


def roots():
    """{kind of files: the folder of this machine in which they lie, None where that is elsewhere}."""
    is_here = isinstance(default_storage, FileSystemStorage)
    return {MEDIA: Path(settings.MEDIA_ROOT) if is_here else None, RELEASES: Path(settings.BUNDLE_ROOT)}


def around(path):
    """The one of the two places in which a path lies, in words; '' if it lies in neither."""
    names = {MEDIA: "MEDIA_ROOT", RELEASES: "BUNDLE_ROOT"}
    lies_in = (names[kind] for kind, root in roots().items() if root and path.resolve().is_relative_to(root.resolve()))
    return next(lies_in, "")


def are_there():
    """The first of the two places that holds something, in words, or None."""
    if next(uploads(), None):
        return f"MEDIA_ROOT ({settings.MEDIA_ROOT})"
    return f"BUNDLE_ROOT ({settings.BUNDLE_ROOT})" if releases() else None


@contextmanager
def beside():
    """{kind of files: a folder on the disk on which they will lie, which nobody looks into}; taken away at the end."""
    with ExitStack() as stack:
        found = {}
        for kind, root in roots().items():
            if root:
                root.mkdir(parents=True, exist_ok=True)
                for left in root.glob(f"{UNFINISHED}*"):
                    shutil.rmtree(left, ignore_errors=True)
            found[kind] = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=root, prefix=UNFINISHED)))
        yield found


def replace(unpacked):
    """Take all files away and put in their place what was unpacked `beside` them."""
    for name in list(uploads()):
        default_storage.delete(name)
    root, former = Path(settings.BUNDLE_ROOT), unpacked[RELEASES] / ".former"
    former.mkdir()
    for entry in root.iterdir():
        # A disk of its own has a folder that is nobody's.
        if not entry.name.startswith(UNFINISHED) and entry.name != "lost+found":
            entry.replace(former / entry.name)
    for path in sorted(path for path in unpacked[MEDIA].rglob("*") if path.is_file()):
        with path.open("rb") as file:
            default_storage.save(path.relative_to(unpacked[MEDIA]).as_posix(), _Unpacked(file, name=path.name))
    for entry in unpacked[RELEASES].iterdir():
        if entry != former:
            entry.replace(root / entry.name)


class _Unpacked(File):
    """A file that storage on the same disk takes over instead of copying it."""

    def temporary_file_path(self):
        return self.file.name
