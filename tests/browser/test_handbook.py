"""The journey that makes the handbook's pictures, in every language: WRITE_PICTURES=1 keeps them in docs/handbook/pictures/."""

import io
import os
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from relations_site import handbook
from tests.browser.running import PASSWORD

WIDTH, HEIGHT, KEPT_WIDTH = 1120, 760, 960
OWN = {"en": "English", "az": "Azərbaycanca", "uz": "Oʻzbekcha", "ru": "Русский"}


class Camera:
    """A desk in one language, and its pictures."""

    def __init__(self, page, lang):
        self.page, self.lang, self.taken = page, lang, []
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        page.fill("#id_username", "editor")
        page.fill("#id_password", PASSWORD)
        page.locator("[type=submit]").first.click()
        page.locator(".own-language").get_by_role("button", name=OWN[lang]).click()
        expect(page.locator("html")).to_have_attribute("lang", lang)

    def take(self, name, at=None):
        """A picture of the window, as far down as the element `at` asks for."""
        if at is not None:
            at.evaluate("one => { one.scrollIntoView({ block: 'start' }); }")
        self.taken.append(name)
        shot = self.page.screenshot(animations="disabled")
        if os.environ.get("WRITE_PICTURES"):
            picture = Image.open(io.BytesIO(shot)).convert("RGB")
            picture.thumbnail((KEPT_WIDTH, KEPT_WIDTH))
            picture.save(handbook.FOLDER / "pictures" / f"{self.lang}-{name}.webp", "WEBP", quality=72, method=6)

    def open_first(self, path):
        self.page.goto(path)
        self.page.locator("#result_list tbody th a").first.click()
        self.page.wait_for_url(re.compile("/change/"))


@pytest.mark.parametrize("lang", OWN)
def test_the_handbook_shows_the_desk_of_today(open_page, lang):
    page = open_page("/admin/")
    camera = Camera(page, lang)
    page.goto("/admin/")
    camera.take("desk")
    page.goto("/admin/events/event/add/")
    camera.take("event-form")
    camera.open_first("/admin/cooperation/agreement/?q=allied+relations+2024")
    camera.take("agreement-steps", page.locator("#actions-group"))

    camera.open_first("/admin/events/event/?q=business+forum")
    entry = page.url.removesuffix("change/").partition("/change/")[0]
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    summary = page.locator(f"#id_summary_{lang}")
    summary.fill(summary.input_value().rpartition(", ")[0] + ".")
    page.locator("[name=_continue]").last.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto(f"{entry}/versions/")
    page.locator(".submit-row button").click()
    expect(page.locator(".differences").first).to_be_visible()
    camera.take("compare")
    page.goto(f"{entry}/translate/?to={'az' if lang == 'en' else lang}")
    camera.take("translate")

    shown = {name for one in handbook.chapters(lang) for name in re.findall(rf"pictures/{lang}-([\w-]+)\.webp", one.text)}
    assert set(camera.taken) == shown
