"""A site as `make run` makes it, in a folder of its own, for as long as somebody looks at it."""

import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from tests.redis_server import free_port

BASE = Path(__file__).resolve().parent.parent.parent
PASSWORD = "a-long-night-at-the-desk"


@contextmanager
def running(folder):
    """The address of a site on the shipped record, with an administrator: “editor” and PASSWORD."""
    port = free_port()
    own = {
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}", "MEDIA_ROOT": str(folder / "media"), "BUNDLE_ROOT": str(folder / "releases"),
        "DJANGO_SUPERUSER_USERNAME": "editor", "DJANGO_SUPERUSER_PASSWORD": PASSWORD, "DEBUG": "false",
    }  # fmt: skip
    env = {**os.environ, **own}
    subprocess.run([sys.executable, "-m", "relations_site.first_run"], cwd=BASE, env=env, check=True, stdout=subprocess.DEVNULL)
    command = [Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen([*command, "--no-access-log", "--log-level", "warning", "relations_site.wsgi:application"], cwd=BASE, env=env)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/healthz/", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(address, server, seconds=40):
    for _ in range(seconds * 10):
        try:
            return urllib.request.urlopen(address, timeout=2)
        except OSError:
            assert server.poll() is None, "the server stopped before it answered"
            time.sleep(0.1)
    raise AssertionError(f"{address} did not answer within {seconds} s")
