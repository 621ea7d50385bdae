"""Making a release: everything is written under another name, and shows only when it is whole."""

import fcntl
import hashlib
import json
import shutil
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path

from django.utils import timezone
from django.utils.translation import override

from record.csvfile import moment
from relations_site import codebook
from relations_site.bundle import package, releases
from relations_site.bundle.files import Database, digest
from relations_site.bundle.reading import Reader

UNFINISHED = ".making-"
LICENCE = """The texts of the record may be used under the licence CC BY 4.0:
https://creativecommons.org/licenses/by/4.0/
Facts and figures belong to everybody; quotations belong to their sources.

Name the record, the version of this release and the address at which you found it.
"""


class Busy(Exception):
    """Another process is making a release."""


def make(*, at=None, anyway=False, progress=lambda rows: None):
    """Make a release of what is public at a moment (now, if none is given). Returns it, and whether it is new.

    Where nothing has changed since the newest one, that one is returned. Raises Busy.
    """
    at = at or timezone.now()
    with _alone(), override("en"):
        before = releases.newest()
        with _folder() as folder:
            rows = _tables(folder, at, progress)
            content = hashlib.sha256("".join(digest(folder / f"{name}.csv") for name in rows).encode()).hexdigest()
            if before and before.about["content"] == content and not anyway:
                return before, False
            version = _next_version(at)
            _describe(folder, rows, version, at)
            _finish(folder, rows, version, at, content)
            folder.rename(releases.root() / version)
    return releases.by_version(version), True


@contextmanager
def _alone():
    releases.root().mkdir(parents=True, exist_ok=True)
    with (releases.root() / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        yield


@contextmanager
def _folder():
    """A folder of its own; it goes away unless it was given a name, and so do those that a killed process left."""
    for left in releases.root().glob(f"{UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=releases.root()))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tables(folder, at, progress):
    """Write the database and every CSV file; {name: number of rows}."""
    working = folder / "working.sqlite"
    database = Database(working, package.schemas())
    try:
        for name, rows, roots in Reader(at).parts():
            database.add(name, rows)
            progress(roots)
        database.leave_out_what_leads_nowhere()
        database.write_to(folder / releases.DATABASE)
        return {name: database.write_csv(name, folder / f"{name}.csv") for name in database.schemas}
    finally:
        database.close()
        working.unlink()


def _next_version(at):
    day = timezone.localdate(at).isoformat()
    taken = [int(release.version.partition(".")[2]) for release in releases.all_releases() if release.version.startswith(f"{day}.")]
    return f"{day}.{max(taken, default=0) + 1}"


def _describe(folder, rows, version, at):
    files = {name: (path.stat().st_size, digest(path), count) for name, count in rows.items() for path in [folder / f"{name}.csv"]}
    told = package.described(files, version=version, made_at=moment(at))
    (folder / releases.PACKAGE).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    shutil.copyfile(codebook.FILE, folder / releases.CODEBOOK)
    (folder / releases.LICENCE).write_text(LICENCE, encoding="utf-8")


def _finish(folder, rows, version, at, content):
    """The whole as one file, the checksums, and what the release says of itself."""
    names = sorted(path.name for path in folder.iterdir())
    with zipfile.ZipFile(folder / releases.WHOLE, "w", zipfile.ZIP_DEFLATED) as whole:
        for name in names:
            whole.write(folder / name, f"record-{version}/{name}")
    files = {name: {"bytes": (folder / name).stat().st_size, "sha256": digest(folder / name)} for name in [*names, releases.WHOLE]}
    sums = "".join(f"{told['sha256']}  {name}\n" for name, told in files.items())
    (folder / releases.SUMS).write_text(sums, encoding="utf-8")
    files[releases.SUMS] = {"bytes": len(sums), "sha256": hashlib.sha256(sums.encode()).hexdigest()}
    about = {"version": version, "made_at": at.isoformat(), "content": content, "rows": rows, "files": files}
    (folder / releases.ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
