"""A site as `make run` makes it, in a folder of its own, and a real browser that tolerates no error on the console."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import chromium

BASE = Path(__file__).resolve().parent.parent.parent
PASSWORD = "a-long-night-at-the-desk"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"]


def _free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of a running site on the shipped record, with an administrator."""
    folder = tmp_path_factory.mktemp("site")
    port = _free_port()
    own = {
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}", "MEDIA_ROOT": str(folder / "media"),
        "DJANGO_SUPERUSER_USERNAME": "editor", "DJANGO_SUPERUSER_PASSWORD": PASSWORD, "DEBUG": "false",
    }  # fmt: skip
    env = {**os.environ, **own}
    subprocess.run([sys.executable, "-m", "relations_site.first_run"], cwd=BASE, env=env, check=True, stdout=subprocess.DEVNULL)
    command = [Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen([*command, "--no-access-log", "--log-level", "warning", "relations_site.wsgi:application"], cwd=BASE, env=env)
    address = f"http://127.0.0.1:{port}"
    _wait(f"{address}/healthz/", server)
    yield address
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


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def open_page(browser, site):
    """`open_page(path, width=…, javascript=…)`: a fresh visitor's page; any message of an error fails the test."""
    contexts, faults = [], []

    def opened(path, *, width=1280, javascript=True, lang="en"):
        context = browser.new_context(base_url=site, viewport={"width": width, "height": 900}, java_script_enabled=javascript, locale=lang)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: faults.append(request.url) if not request.url.startswith((site, "data:")) else None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []
