"""A worker that is killed costs the requests that it had, and no other: the site goes on and has its workers again."""

import os
import re
import signal
import threading
import time
import urllib.request
from http.client import HTTPException
from pathlib import Path

from django.conf import settings

from tests import own_site, redis_server

PAGE = "/en/agreements/"


def options():
    """How the service in deploy/ is told to run, without where."""
    words = re.search(
        r"^ExecStart=\S+/granian (.*) relations_site", (settings.BASE_DIR / "deploy/systemd/record.service").read_text(), re.M
    )[1]
    return re.sub(r"--(interface|host|port|pid-file|log-level) \S+|--no-access-log", "", words).split()


def workers(server):
    return {int(pid) for pid in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()}


class Reader(threading.Thread):
    """Asks for a page all the time: what arrives is told apart from what broke on the way."""

    def __init__(self, address):
        super().__init__()
        self._address, self._end, self.pages, self.broken = address, threading.Event(), [], 0

    def run(self):
        while not self._end.is_set():
            try:
                with urllib.request.urlopen(self._address, timeout=30) as answer:
                    self.pages.append(answer.read())
            except (OSError, HTTPException):
                self.broken += 1

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_exc):
        self._end.set()
        self.join()


def test_killed_worker_is_replaced_and_readers_get_whole_pages(databases, tmp_path):
    env = own_site.environment(databases("site", full=True), tmp_path)
    port = redis_server.free_port()
    with own_site.served(env, port, tmp_path / "log", *options()) as server:
        address = f"http://127.0.0.1:{port}{PAGE}"
        page = urllib.request.urlopen(address, timeout=30).read()
        with Reader(address) as reader:
            before = workers(server)
            assert len(before) == 2
            os.kill(min(before), signal.SIGKILL)
            wait_until(lambda: len(workers(server)) == 2 and min(before) not in workers(server))
            seen = len(reader.pages)
            wait_until(lambda: len(reader.pages) > seen + 20)
        assert set(reader.pages) == {page}
        assert reader.broken <= 10
        assert server.poll() is None


def wait_until(is_so, seconds=120):
    """Fails where it never comes; how soon it comes is no promise."""
    for _ in range(seconds * 10):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError("it never came")
