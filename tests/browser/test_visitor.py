"""A visitor filters events, opens one, follows it to an agreement and to a source, and changes the language."""

import re

import pytest
from playwright.sync_api import expect

WIDTHS = [360, 1280]


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("width", WIDTHS)
def test_visitor_follows_a_visit_to_what_was_signed_and_to_its_source(open_page, width, javascript):
    page = open_page("/en/", width=width, javascript=javascript)
    _section(page, width, "Events")
    if width < 900:
        page.locator("details.filters > summary").click()
    page.get_by_role("group", name="Kind").get_by_label("State visit").check()
    page.get_by_label("from", exact=True).fill("2022")
    page.get_by_role("button", name="Show results").click()
    expect(page).to_have_url(re.compile(r"kind=state-visit"))
    chips = page.locator(".chips")
    expect(chips).to_contain_text("State visit")
    expect(chips).to_contain_text("2022")
    rows = page.locator(".rows > .row")
    assert int(page.locator(".bar b").first.inner_text()) == rows.count() == 4

    page.get_by_role("link", name="State visit of Ilham Aliyev to Uzbekistan").last.click()
    expect(page.locator("h1")).to_have_text("State visit of Ilham Aliyev to Uzbekistan")
    page.get_by_role("link", name="Declaration on deepening strategic partnership").first.click()
    expect(page.locator(".over")).to_contain_text("A18")

    page.locator(".lede .ref a").first.click()
    expect(page).to_have_url(re.compile(r"#source-1$"))
    page.locator("#source-1 cite a").click()
    expect(page).to_have_url(re.compile(r"/en/sources/\d+/"))
    expect(page.get_by_role("link", name="Declaration on deepening strategic partnership").first).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_language_switch_stays_on_the_page_and_keeps_the_question(open_page, width):
    page = open_page("/en/agreements/?status=signed-not-in-force", width=width)
    found = page.locator(".bar b").first.inner_text()
    for lang, name, heading in [("uz", "Oʻzbekcha", "Bitimlar"), ("ru", "Русский", "Соглашения"), ("az", "Azərbaycanca", "Sazişlər")]:
        if width < 900:
            page.locator("details.menu > summary").click()
        page.locator(".languages").get_by_role("link", name=name).click()
        expect(page).to_have_url(re.compile(rf"/{lang}/agreements/\?status=signed-not-in-force$"))
        expect(page.locator("h1")).to_have_text(heading)
        expect(page.locator("html")).to_have_attribute("lang", lang)
        assert page.locator(".bar b").first.inner_text() == found


def test_front_door_opens_in_the_visitors_language(open_page):
    page = open_page("/", lang="uz")
    expect(page).to_have_url(re.compile(r"/uz/$"))


@pytest.mark.parametrize("lang", ["en", "az", "uz", "ru"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_its_window(open_page, width, lang):
    page = open_page(f"/{lang}/", width=width)
    for path in (
        "",
        "events/",
        "agreements/?sort=waiting",
        "trade/",
        "trade/mirror/",
        "trade/parts/",
        "trade/goods/",
        "trade/claims/",
        "trade/contradictions/",
        "trade/quotations/",
        "trade/charts/turnover/",
        "people/",
        "sources/",
        "about/",
        "waiting/",
        "chain/",
        "counts/",
        "calendar/",
        "commitments/",
        "commitments/1/",
        "disagreements/",
        "timeline/",
        "timeline/?year=2024",
        "agreements/treaty-on-allied-relations-2024/",
    ):
        page.goto(f"/{lang}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def _section(page, width, name):
    if width < 900:
        page.locator("details.menu > summary").click()
    page.locator(".sections").get_by_role("link", name=name).click()


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("lang", ["en", "az", "uz", "ru"])
def test_button_of_the_menu_stays_where_it_is_beside_the_name(open_page, lang, width):
    page = open_page(f"/{lang}/events/", width=width)
    menu, name = page.locator("details.menu > summary"), page.locator(".wordmark")
    shut = menu.bounding_box()
    menu.click()
    assert menu.bounding_box() == shut
    words = menu.locator(".when-open")
    expect(words).to_be_visible()
    expect(menu.locator(".when-shut")).not_to_be_visible()
    assert words.evaluate("one => one.scrollWidth <= one.clientWidth && one.getBoundingClientRect().right <= innerWidth")
    assert name.bounding_box()["x"] + name.bounding_box()["width"] < shut["x"]
    assert page.evaluate("document.documentElement.scrollWidth") == width
