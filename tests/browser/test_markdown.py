"""An editor writes a text with marks, cites a source within it, sees what readers will see, and they do."""

from playwright.sync_api import expect

from tests.browser.test_editor import Desk


def test_editor_marks_a_text_by_keyboard_cites_a_source_and_sees_the_preview(open_page):
    page = open_page("/admin/")
    desk = Desk(page)
    desk.log_in()
    page.goto("/admin/events/event/add/")
    for field, value in (("kind", "summit"), ("level", "ministers"), ("host", "online")):
        page.select_option(f"#id_{field}", value)
    page.fill("#id_date", "2026-02")
    page.fill("#id_title_en", "Meeting on tariffs")
    page.fill("#id_summary_en", "The ministers met online.")
    text = page.locator("#id_body_en")
    box = page.locator(".markdown", has=text)
    text.fill("The tariff is lower.")
    text.press("Control+A")
    text.press("Control+b")
    assert text.input_value() == "**The tariff is lower.**"
    text.press("Control+z")
    assert text.input_value() == "The tariff is lower."

    # Cited before the row is saved: the list offers what the form holds now.
    desk.add_row("citations")
    desk.choose("id_citations-0-source", "Xinhua", "Xinhua")
    text.press("Control+End")
    box.get_by_label("Source of this statement").focus()
    box.get_by_role("button", name="Cite").click()
    assert text.input_value().startswith("The tariff is lower.[^S")

    box.get_by_role("button", name="Preview").click()
    preview = box.get_by_role("region", name="Preview")
    expect(preview.locator("sup")).to_have_text("1")
    text.press("Control+End")
    page.keyboard.type(" <b>Soon</b>")
    expect(preview).to_contain_text("Soon")
    expect(box.get_by_role("status")).to_contain_text("HTML was removed: <b>, </b>")

    # The bar is one stop of the Tab key; arrows lead on.
    box.get_by_role("button", name="Bold").focus()
    page.keyboard.press("ArrowRight")
    expect(box.get_by_role("button", name="Italic")).to_be_focused()

    page.get_by_role("button", name="Save and publish", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("HTML was removed: <b>, </b>")
    reader = open_page("/en/events/meeting-on-tariffs/")
    expect(reader.locator(".prose")).to_have_text("The tariff is lower.1 Soon")
    reader.locator(".prose sup a").click()
    assert reader.evaluate("document.querySelector(':target').id") == "source-1"
