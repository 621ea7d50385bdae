"""The releases that were made: each a folder under BUNDLE_ROOT named by its version, complete, and never changed again.

A release that had to be withdrawn keeps its version and says why; its files are gone.
"""

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from record import kinds
from record.models import Source

VERSION = r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.[1-9][0-9]{0,3}"
NAME = r"[a-z_]{1,60}\.[a-z]{2,6}"
ABOUT, GONE = "release.json", "withdrawn.json"
# The files that a page offers first; the tables stand beside them.
WHOLE, DATABASE, PACKAGE, CODEBOOK, LICENCE, SUMS = (
    "record.zip", "record.sqlite", "datapackage.json", "codebook.md", "licence.txt", "checksums.txt",
)  # fmt: skip
CONTENT_TYPES = {
    "zip": "application/zip",
    "sqlite": "application/vnd.sqlite3",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8; header=present",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True)
class Release:
    """A finished release, as its own file tells it."""

    version: str
    about: dict
    reason: str = ""

    @property
    def folder(self):
        return root() / self.version

    @property
    def made_at(self):
        return parse_datetime(self.about["made_at"])

    @property
    def is_withdrawn(self):
        return bool(self.reason)

    @property
    def checksum(self):
        """The SHA-256 of the whole bundle."""
        return self.file(WHOLE)["sha256"]

    @property
    def rows(self):
        return sum(self.about["rows"].values())

    def file(self, name):
        """{bytes, sha256} of one of its files, or None."""
        return self.about["files"].get(name)

    def withdrawn_since(self):
        """The numbers of entries that it holds and that readers no longer see."""
        found = []
        for letter in kinds.numbered_letters():
            model = kinds.model_of(letter)
            if model is not Source:
                # What is scheduled anew was public before: since when, its row no longer tells.
                held = Q(publish_at__lte=self.made_at) | Q(publish_at__gt=timezone.now())
                gone = model.objects.gone().filter(held, withdrawn_at__gt=self.made_at)
                found += [f"{letter}{number}" for number in gone.order_by("number").values_list("number", flat=True)]
        return found


def root():
    return Path(settings.BUNDLE_ROOT)


def all_releases():
    """Every release, the newest first."""
    if not root().is_dir():
        return []
    versions = [entry.name for entry in root().iterdir() if re.fullmatch(VERSION, entry.name)]
    found = [release for version in versions if (release := by_version(version))]
    return sorted(found, key=lambda release: _in_order(release.version), reverse=True)


def _in_order(version):
    day, _point, count = version.partition(".")
    return day, int(count)


def by_version(version):
    """A finished release, or None."""
    folder = root() / version
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    gone = folder / GONE
    reason = json.loads(gone.read_text(encoding="utf-8"))["reason"] if gone.exists() else ""
    return Release(version, about, reason)


def newest():
    """The newest release that can still be had, or None."""
    return next((release for release in all_releases() if not release.is_withdrawn), None)


def withdraw(release, *, reason):
    """Take the files of a release away; its version stays, with the reason. First the reason, so that nothing is ever half gone."""
    (release.folder / GONE).write_text(json.dumps({"reason": reason}, ensure_ascii=False), encoding="utf-8")
    for path in release.folder.iterdir():
        if path.name not in (ABOUT, GONE):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
