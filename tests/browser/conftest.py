"""A running site, and a real browser that tolerates no error on the console."""

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser import chromium
from tests.browser.running import running

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"]
# A promise is kept or not; how soon it is kept on a busy machine is no part of it.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of a running site on the shipped record, with an administrator."""
    with running(tmp_path_factory.mktemp("site")) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        yield found
        found.close()


def is_fault(message, refused):
    """Whether what the console says is an error that no journey expects."""
    return message.type == "error" and not (refused and "400" in message.text)


@pytest.fixture
def open_page(browser, site):
    """`open_page(path, width=…, javascript=…)`: a fresh visitor's page; any message of an error fails the test.

    `refused`: the journey asks a malformed question, whose status 400 the browser notes.
    """
    contexts, faults = [], []

    def opened(path, *, width=1280, javascript=True, lang="en", refused=False):
        context = browser.new_context(base_url=site, viewport={"width": width, "height": 900}, java_script_enabled=javascript, locale=lang)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text) if is_fault(message, refused) else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: faults.append(request.url) if not request.url.startswith((site, "data:")) else None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []
