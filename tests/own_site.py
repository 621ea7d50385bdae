"""A site of its own for tests that must not touch the tests' database: a copy of the record, folders, and what runs it."""

import os
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

BASE = Path(__file__).resolve().parent.parent


def copied(name):
    """A database with what the tests' own holds; its DATABASE_URL. `name` is a path that does not exist yet."""
    # Within a transaction SQLite would wait for its end for ever: tests that are marked with django_db cannot have one.
    assert not connection.in_atomic_block
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(f"{name}.sqlite3")) as target:
            connection.connection.backup(target)
            target.execute("PRAGMA journal_mode = wal")
        return f"sqlite:///{name}.sqlite3"
    source = connection.settings_dict["NAME"]
    connection.close()
    return empty(name, f'TEMPLATE "{source}"')


def empty(name, how=""):
    """A database that holds nothing; its DATABASE_URL."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}.sqlite3"
    database = f"own_{os.getpid()}_{time.monotonic_ns()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{database}" {how}')
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()


def drop(url):
    """Take a database away that `copied` or `empty` made; SQLite's goes with its folder."""
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{urlsplit(url).path[1:]}" WITH (FORCE)')


def environment(url, folder, **more):
    """The variables of a site with its files in a folder."""
    own = {"DATABASE_URL": url, "MEDIA_ROOT": folder / "media", "BUNDLE_ROOT": folder / "releases", "BACKUP_ROOT": folder / "backups"}
    return {
        **os.environ,
        "DEBUG": "false",
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
        **{name: str(value) for name, value in {**own, **more}.items()},
    }


def run(env, *command, check=True):
    """The finished process of `python COMMAND` in an environment."""
    done = subprocess.run([sys.executable, *map(str, command)], cwd=BASE, env=env, capture_output=True, text=True)
    assert not check or done.returncode == 0, done.stderr[-2000:]
    return done


@contextmanager
def served(env, port, log, *options):
    """A server that answers at a port of this machine when the block begins; `options` are granian's."""
    command = [Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), *options]
    with log.open("w") as file:
        server = subprocess.Popen(
            [*command, "--no-access-log", "--log-level", "warning", "relations_site.wsgi:application"],
            cwd=BASE, env=env, stdout=file, stderr=file,
        )  # fmt: skip
        try:
            for _ in range(600):
                assert server.poll() is None, log.read_text()[-2000:]
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/", timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield server
        finally:
            server.terminate()
            server.wait(timeout=30)
