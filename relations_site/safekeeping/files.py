"""The files beside the database: uploads, wherever they are stored, and the releases of the whole record."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage

from relations_site.safekeeping.archive import MEDIA, RELEASES


def uploads(folder=""):
    """Names of all uploaded files."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}".lstrip("/") for name in sorted(names) if not name.startswith("."))
    for inner in sorted(folders):
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
    root = Path(settings.BUNDLE_ROOT)
    return sum(map(default_storage.size, uploads())) + sum((root / path).stat().st_size for path in releases())


def are_there():
    """The first of the two places that holds something, in words, or None."""
    if next(uploads(), None):
        return f"MEDIA_ROOT ({settings.MEDIA_ROOT})"
    return f"BUNDLE_ROOT ({settings.BUNDLE_ROOT})" if releases() else None


def clear():
    """Take all of them away."""
    for name in list(uploads()):
        default_storage.delete(name)
    root = Path(settings.BUNDLE_ROOT)
    for entry in root.iterdir() if root.is_dir() else ():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def put(name, file):
    """Put one member of an archive into its place."""
    kind, _slash, inner = name.partition("/")
    if kind == MEDIA:
        default_storage.save(inner, file)
        return
    path = Path(settings.BUNDLE_ROOT) / inner
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        shutil.copyfileobj(file, target)
