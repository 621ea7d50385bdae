"""A list answers while its question is being asked, and loses neither the reader's place, nor a letter, nor the way back."""

import re

import pytest
from playwright.sync_api import expect


def number(page):
    return int(page.locator(".bar b").first.inner_text())


def test_choice_narrows_in_place_and_the_way_back_widens_again(open_page):
    page = open_page("/en/events/")
    whole = number(page)
    page.evaluate("document.body.dataset.same = 'yes'")
    page.get_by_role("group", name="Kind").get_by_label("State visit").check()
    expect(page).to_have_url(re.compile(r"/en/events/\?kind=state-visit$"))
    expect(page.locator(".chips")).to_contain_text("State visit")
    narrow = number(page)
    assert 0 < narrow < whole
    # Counts beside the other choices follow, the language switch keeps the question, and it was said.
    expect(page.locator(".languages a[lang=ru]")).to_have_attribute("href", "/ru/events/?kind=state-visit")
    expect(page.locator(".listing > [role=status]")).to_contain_text(str(narrow))
    assert page.evaluate("document.activeElement.value") == "state-visit"

    page.get_by_label("from", exact=True).fill("2022")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile(r"kind=state-visit&after=2022$|after=2022&kind=state-visit$"))
    page.go_back()
    expect(page.locator(".bar b").first).to_have_text(str(narrow))
    assert page.get_by_label("from", exact=True).input_value() == ""
    page.go_back()
    expect(page.locator(".bar b").first).to_have_text(str(whole))
    expect(page.get_by_label("State visit", exact=False).first).not_to_be_checked()
    page.go_forward()
    expect(page.locator(".bar b").first).to_have_text(str(narrow))
    assert page.evaluate("document.body.dataset.same") == "yes"


def test_typing_keeps_every_letter_and_is_one_step_back(open_page):
    page = open_page("/en/events/")
    whole = number(page)
    box = page.locator("#filter-q")
    box.click()
    page.keyboard.type("summ", delay=20)
    expect(page).to_have_url(re.compile(r"q=summ$"))
    page.keyboard.type("it", delay=20)
    expect(page).to_have_url(re.compile(r"q=summit$"))
    expect(page.locator(".chips")).to_contain_text("summit")
    assert box.input_value() == "summit"
    assert page.evaluate("document.activeElement.id") == "filter-q"
    page.go_back()
    expect(page.locator(".bar b").first).to_have_text(str(whole))


def test_malformed_day_is_said_beside_its_field_in_place(open_page):
    page = open_page("/ru/agreements/", refused=True)
    page.locator("input[name=after]").fill("2022-13")
    page.keyboard.press("Enter")
    expect(page.locator("#error-after")).to_be_visible()
    expect(page.locator(".rows")).to_have_count(0)


def test_removed_chip_leaves_the_reader_at_the_next_one(open_page):
    page = open_page("/uz/events/?kind=state-visit&kind=summit&after=2010")
    chips = page.locator(".chips a:not(.reset)")
    before = chips.count()
    chips.first.focus()
    page.keyboard.press("Enter")
    expect(chips).to_have_count(before - 1)
    assert page.evaluate("document.activeElement.closest('.chips') !== null")


@pytest.mark.parametrize("path", ["/en/timeline/", "/en/map/", "/en/trade/quotations/", "/en/commitments/"])
def test_every_list_with_filters_answers_in_place(open_page, path):
    page = open_page(path)
    page.evaluate("document.body.dataset.same = 'yes'")
    if (summary := page.locator("details.filters > summary")).is_visible():
        summary.click()
    page.locator(".rail-form input[type=checkbox]:not(:disabled):visible").first.check()
    expect(page.locator(".chips a").first).to_be_visible()
    assert page.evaluate("document.body.dataset.same") == "yes"


def test_telephone_shows_the_results_when_the_button_is_pressed(open_page):
    page = open_page("/en/events/", width=360)
    page.locator("details.filters > summary").click()
    page.get_by_role("group", name="Kind").get_by_label("State visit").check()
    expect(page.locator("details.filters > summary")).to_contain_text("1")
    page.get_by_role("button", name="Show results").click()
    expect(page.locator("details.filters")).not_to_have_attribute("open", "")
    expect(page.locator("h1")).to_be_in_viewport()
