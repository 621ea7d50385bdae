"""Two forms of one entry, open at once: the later one, without scripts, is shown what both changed, chooses, and saves in one go."""

from playwright.sync_api import expect

from tests.browser.running import PASSWORD


def _opened(open_page, *, javascript):
    page = open_page("/admin/login/?next=/admin/events/event/60/change/", javascript=javascript, width=1280 if javascript else 360)
    page.fill("#id_username, #id_login", "editor")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/change/")
    return page


def test_later_of_two_forms_is_shown_what_both_changed_and_keeps_every_keystroke(open_page):
    first, second = _opened(open_page, javascript=True), _opened(open_page, javascript=False)
    first.fill("#id_title_en", "Title of the first")
    first.fill("#id_caveat_en", "Caveat of the first.")
    first.click("input[name=_save] >> nth=0")
    expect(first.locator(".messagelist")).to_contain_text("was changed successfully")

    second.fill("#id_title_en", "Title of the second")
    second.fill("#id_summary_en", "Summary of the second.")
    second.click("input[name=_save] >> nth=0")
    merge = second.locator(".merge")
    expect(merge).to_contain_text("Taken over already, since only the other changed it: what is uncertain (English)")
    expect(merge).to_contain_text("Take theirs: Title of the first")
    assert second.input_value("#id_title_en") == "Title of the second"
    assert second.evaluate("document.documentElement.scrollWidth") == 360

    second.check("input[name='_keep-title_en'][value=theirs]")
    second.click("input[name=_save] >> nth=0")
    expect(second.locator(".messagelist")).to_contain_text("was changed successfully")
    second.goto("/admin/events/event/60/change/")
    said = [second.input_value(f"#id_{name}_en") for name in ("title", "summary", "caveat")]
    assert said == ["Title of the first", "Summary of the second.", "Caveat of the first."]
    code = second.locator(".field-code .readonly").first.inner_text().strip()
    second.goto(f"/en/changes/{code}/")
    expect(second.locator(".told")).to_contain_text("Summary of the second.")
