"""A visitor searches with a keyboard that has none of the letters, with and without script."""

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_visitor_finds_a_person_by_a_wrong_spelling(open_page, javascript):
    page = open_page("/en/", width=1280, javascript=javascript)
    page.locator(".masthead").get_by_role("link", name="Search").click()
    page.get_by_label("What are you looking for?").fill("Mirzyoev")
    page.get_by_role("button", name="Find").click()
    expect(page).to_have_url(re.compile(r"/en/search/\?q=Mirzyoev$"))
    expect(page.locator(".hits mark").first).to_have_text("Mirziyoyev")
    page.locator(".tabs").get_by_role("link", name="Events").click()
    expect(page).to_have_url(re.compile(r"kind=event"))
    page.locator(".hits h2 a").first.click()
    expect(page.locator(".over")).to_contain_text(re.compile(r"E\d+"))


def test_suggestions_come_while_typing_and_are_chosen_with_the_arrow_keys(open_page):
    page = open_page("/en/search/", width=1280)
    box = page.get_by_role("combobox", name="What are you looking for?")
    expect(page.locator("body")).to_be_focused()
    box.press_sequentially("shavkat mirz", delay=10)
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Shavkat Mirziyoyev")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("-0$"))
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("shavkat mirz")
    box.press("ArrowDown")
    box.press("ArrowDown")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/(people|events)/"))


def test_mistyped_word_leads_on_by_what_was_meant(open_page):
    page = open_page("/en/search/?q=agrement", width=360)
    page.get_by_role("link", name="agreement", exact=True).click()
    expect(page.locator(".hits .row").first).to_be_visible()
