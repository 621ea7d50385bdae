"""A form of the desk on a telephone: its steps stand whole, and what stands fast lies over nothing."""

import pytest

from tests.browser.running import PASSWORD
from tests.browser.test_editor import Desk

BUTTONS = """bar => [...bar.querySelectorAll(":is(button, input[type=submit], a, summary)")].filter(one => one.checkVisibility({contentVisibilityAuto: true}))
  .map(one => [one.value || one.textContent.trim(), one.getBoundingClientRect().toJSON(), getComputedStyle(one).position,
               one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight + 1])"""


@pytest.mark.parametrize("lang", ["en", "az", "uz", "ru"])
@pytest.mark.parametrize(("path", "fixed"), [("add/", ["publish", "_save"]), ("22/change/", ["_save"])])
def test_steps_of_a_form_on_a_telephone_are_whole_and_never_scroll_sideways(open_page, path, fixed, lang):
    page = open_page("/admin/", width=360, lang=lang)
    page.fill("#id_username", "editor")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/admin/")
    page.goto(f"/admin/events/event/{path}")
    bar = page.locator(".verb-bar")
    steps = bar.evaluate(BUTTONS)
    assert [words for words, _box, _position, is_cut in steps if is_cut] == []
    assert all(box["left"] >= 0 and box["right"] <= 360 and box["height"] >= 24 for _words, box, _position, _cut in steps)
    held = [box for _words, box, position, _cut in steps if position == "fixed"]
    assert len(held) == len(fixed)
    assert all(box["bottom"] <= 900 for box in held)
    assert len(held) < 2 or held[1]["right"] < held[0]["left"]
    # At the end of the form nothing lies under what stands fast.
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    ends = [box["bottom"] for _words, box, position, _cut in bar.evaluate(BUTTONS) if position != "fixed"]
    assert max(ends) < held[0]["top"]
    assert bar.evaluate("bar => bar.scrollWidth <= bar.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_field_that_is_reached_by_keyboard_on_a_telephone_is_not_under_the_bar(open_page):
    page = open_page("/admin/", width=360)
    Desk(page).log_in()
    page.goto("/admin/events/event/add/")
    top = page.locator(".verb-bar [name=_save]").bounding_box()["y"]
    page.locator("#id_slug").focus()
    for _ in range(25):
        page.keyboard.press("Tab")
        box = page.evaluate("(() => { const own = document.activeElement.getBoundingClientRect(); return [own.top, own.bottom]; })()")
        assert box[0] < top
