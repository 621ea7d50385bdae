"""An editor sets up the second factor, comes back with a code of the app, and with a recovery code that works once."""

import base64
import hashlib
import hmac
import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.running import PASSWORD, running


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site of its own: the account of the others stays as they know it. Whoever publishes must have a second factor here."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("REQUIRE_SECOND_FACTOR", "true")
        with running(tmp_path_factory.mktemp("second-factor")) as address:
            yield address


def shown_by_the_app(secret, *, steps=0):
    """The six digits that an authenticator app makes of a secret (RFC 6238), some steps of thirty seconds from now."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, (int(time.time()) // 30 + steps).to_bytes(8), hashlib.sha1)
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def give_password(page):
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


def give_code(page, code):
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.get_by_label("code").fill(code)
    page.get_by_role("button", name="Log in", exact=True).click()


def opens_nothing(page):
    """Whoever has given a password alone is asked for the code, whatever the address."""
    page.goto("/admin/events/event/")
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    expect(page.locator("#result_list")).to_have_count(0)


def log_out(page):
    page.goto("/admin/")
    page.get_by_role("button", name="Log out").click()
    page.goto("/admin/")
    expect(page.get_by_role("button", name="Log in", exact=True)).to_be_visible()


def test_editor_sets_up_the_second_factor_and_logs_in_with_a_code_and_once_with_a_recovery_code(open_page):
    page = open_page("/admin/")
    give_password(page)

    # Before the desk opens, the factor is set up: with the secret as it is written there.
    expect(page).to_have_url(re.compile(r"/admin/account/second-factor/set-up/$"))
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("code").fill(shown_by_the_app(secret, steps=-40))
    page.get_by_role("button", name="Set up").click()
    expect(page.locator(".errorlist")).to_be_visible()
    assert page.locator("code.secret").inner_text() == secret
    page.get_by_label("code").fill(shown_by_the_app(secret))
    page.get_by_role("button", name="Set up").click()
    page.goto("/admin/account/")
    page.get_by_role("link", name="Show the recovery codes").click()
    codes = page.locator(".codes code").all_inner_texts()
    assert len(set(codes)) == 10

    # The password alone opens nothing any more; with the next code of the app the desk is open.
    log_out(page)
    give_password(page)
    opens_nothing(page)
    give_code(page, shown_by_the_app(secret, steps=1))
    expect(page.get_by_role("link", name="New event")).to_be_visible()

    # Without the telephone a recovery code opens it, once.
    log_out(page)
    give_password(page)
    give_code(page, codes[0])
    expect(page.get_by_role("link", name="New event")).to_be_visible()
    page.goto("/admin/account/recovery-codes/")
    assert page.locator(".codes code").all_inner_texts() == codes[1:]
    log_out(page)
    give_password(page)
    give_code(page, codes[0])
    expect(page.locator(".errorlist")).to_be_visible()
    opens_nothing(page)
