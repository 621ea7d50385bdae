"""A worker that is killed costs the requests that it had, and no other: the site goes on and has its workers again."""

import os
import re
import signal
import time
import urllib.request
from http.client import HTTPException
from pathlib import Path

import pytest
from django.conf import settings

from tests import own_site, redis_server
from tests.meanwhile import meanwhile

pytestmark = pytest.mark.one_engine

PAGE = "/en/agreements/"


def options():
    """How the service in deploy/ is told to run, without where."""
    words = re.search(
        r"^ExecStart=\S+/granian (.*) relations_site", (settings.BASE_DIR / "deploy/systemd/record.service").read_text(), re.M
    )[1]
    return re.sub(r"--(interface|host|port|pid-file|log-level) \S+|--no-access-log", "", words).split()


def workers(server):
    return {int(pid) for pid in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()}


def page_at(address):
    """The bytes of a page, or nothing where the line broke."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.read()
    except (OSError, HTTPException):
        return None


def test_killed_worker_is_replaced_and_readers_get_whole_pages(databases, tmp_path):
    env = own_site.environment(databases("site", full=True), tmp_path)
    port = redis_server.free_port()
    with own_site.served(env, port, tmp_path / "log", *options()) as server:
        address = f"http://127.0.0.1:{port}{PAGE}"
        page = page_at(address)
        with meanwhile(lambda: page_at(address)) as pages:
            before = workers(server)
            assert len(before) == 2
            os.kill(min(before), signal.SIGKILL)
            wait_until(lambda: len(workers(server)) == 2 and min(before) not in workers(server))
            seen = len(pages)
            wait_until(lambda: len(pages) > seen + 20)
        assert page and {*pages} <= {page, None}
        assert pages.count(None) <= 10
        assert server.poll() is None


def wait_until(is_so, seconds=120):
    """Fails where it never comes; how soon it comes is no promise."""
    for _ in range(seconds * 10):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError("it never came")
