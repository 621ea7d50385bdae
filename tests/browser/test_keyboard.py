"""A reader with a keyboard alone gets everywhere, always sees where they are, and stays there when the page changes in place."""

import re

import pytest
from playwright.sync_api import expect

MOST_STOPS = 260
# What has the focus, whether it can be seen to have it, and what it says.
WHERE = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
  const lined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const inView = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return { isPage: at === document.body, seen: lined && inView, html: at.outerHTML.slice(0, 120) };
}"""


def seen(page):
    """Where the reader is; it has to be visible."""
    where = page.evaluate(WHERE)
    assert where["seen"], where["html"]
    return where


def tab_to(page, locator, key="Tab"):
    """Goes to an element by the keyboard, as far as it takes."""
    target = locator.first.element_handle()
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        if page.evaluate("target => target === document.activeElement", target):
            return seen(page)
    raise AssertionError(f"{locator} is not reached by {MOST_STOPS} times {key}")


def test_first_stop_skips_to_the_content(open_page):
    page = open_page("/en/events/")
    page.keyboard.press("Tab")
    seen(page)
    expect(page.locator(".skip").first).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", ["/ru/agreements/", "/uz/map/", "/az/timeline/", "/en/search/?q=trade", "/ru/trade/statistics/"])
def test_second_stop_skips_to_the_filters_which_stand_behind_the_rows(open_page, address, width):
    page = open_page(address, width=width)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    seen(page)
    expect(page.locator(".skip").nth(1)).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    seen(page)
    assert page.evaluate("document.activeElement.closest('.filters form') !== null")


def test_list_is_narrowed_in_place_and_an_entry_opened(open_page):
    page = open_page("/en/events/")
    tab_to(page, page.get_by_role("group", name="Kind").get_by_label("State visit"))
    page.keyboard.press("Space")
    expect(page.locator(".chips")).to_contain_text("State visit")
    expect(page.locator("[name=kind][value=state-visit]")).to_be_focused()
    seen(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "kind"
    tab_to(page, page.locator(".rows h3 a"), key="Shift+Tab")
    title = page.locator(".rows h3 a").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)


def test_last_chip_leaves_the_reader_at_the_heading(open_page):
    page = open_page("/en/events/?kind=state-visit")
    tab_to(page, page.locator(".chips a"))
    page.keyboard.press("Enter")
    expect(page.locator(".chips a")).to_have_count(0)
    expect(page.locator("h1")).to_be_focused()


def test_telephone_menu_and_filters_open_by_the_keyboard(open_page):
    page = open_page("/en/agreements/?status=signed-not-in-force", width=360)
    tab_to(page, page.locator(".menu > summary"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".languages a[lang=uz]"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/uz/agreements/\?status=signed-not-in-force$"))
    tab_to(page, page.locator("details.filters > summary"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('form.rail-form') !== null")
    seen(page)


def test_language_changes_and_the_question_stays(open_page):
    page = open_page("/en/agreements/?status=signed-not-in-force")
    tab_to(page, page.locator(".languages a[lang=ru]"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/ru/agreements/\?status=signed-not-in-force$"))


def test_year_of_the_timeline_is_opened_from_its_strip(open_page):
    page = open_page("/en/timeline/")
    tab_to(page, page.locator(".years a[aria-label^='2024']"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"year=2024"))
    tab_to(page, page.locator(".rows h5 a"))
    page.keyboard.press("Enter")
    expect(page.locator(".over")).to_contain_text(re.compile(r"[EAI]\d+"))


def test_mark_of_the_map_leads_nearer_and_then_into_the_list(open_page):
    page = open_page("/en/map/")
    tab_to(page, page.locator(".map .wide a[href*='zoom=1']"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"near=.*zoom=1#map$"))
    tab_to(page, page.locator(".map .wide a[href^='#place-']"))
    page.keyboard.press("Enter")
    expect(page.locator(".place-row:target")).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.place-row:target') !== null")
    seen(page)


def test_chart_opens_as_a_table(open_page):
    page = open_page("/en/trade/")
    tab_to(page, page.locator("details.figures-table > summary"))
    page.keyboard.press("Enter")
    expect(page.locator("details.figures-table table").first).to_be_visible()


def test_suggestion_is_reached_from_the_first_page(open_page):
    page = open_page("/en/")
    tab_to(page, page.locator(".masthead .find"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/")
    tab_to(page, page.get_by_label("What are you looking for?"))
    page.keyboard.type("shavkat mirz", delay=10)
    expect(page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/en/(people|events)/"))


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["/en/", "/ru/agreements/treaty-on-allied-relations-2024/", "/uz/trade/", "/az/timeline/?year=2024"])
def test_every_stop_of_a_page_is_seen(open_page, path, width):
    page = open_page(path, width=width)
    hidden = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        where = page.evaluate(WHERE)
        if where["isPage"]:
            break
        if not where["seen"]:
            hidden.append(where["html"])
    assert hidden == []
