"""A reader copies a citation with the keyboard; where that cannot work there is no button, and the sentence stands as ever."""

import pytest
from playwright.sync_api import expect

ENTRY = "agreements/treaty-on-allied-relations-2024/"
WORDS = {
    "en": ("Copy", "Copied", "Not copied; the sentence is selected."),
    "az": ("Kopyala", "Kopyalandı", "Kopyalanmadı; cümlə seçildi."),
    "uz": ("Nusxa olish", "Nusxa olindi", "Nusxa olinmadi; jumla belgilandi."),
    "ru": ("Копировать", "Скопировано", "Не скопировано; предложение выделено."),
}
WITHOUT = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
REFUSED = "navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("lang", WORDS)
def test_sentence_is_copied_by_keyboard_and_said_to_be(open_page, lang, width):
    copy, copied, _selected = WORDS[lang]
    page = open_page(f"/{lang}/{ENTRY}", width=width)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#cite > summary").press("Enter")
    styles, sentences, buttons = (page.locator(f"#cite {part}") for part in ("dt", ".to-copy", "dt button"))
    assert buttons.count() == sentences.count() == 3
    assert [button.inner_text().splitlines()[0] for button in styles.locator("span:not(.sr)").all()] == [copy] * 3
    assert all(button.bounding_box()["height"] >= 24 for button in buttons.all())
    page.keyboard.press("Tab")
    for at in range(3):
        expect(buttons.nth(at)).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#cite [role=status]")).to_have_text(copied)
        assert page.evaluate("navigator.clipboard.readText()") == sentences.nth(at).inner_text()
        page.keyboard.press("Tab")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_button_says_which_sentence_it_copies(open_page):
    plain = open_page(f"/en/{ENTRY}", javascript=False)
    styles = plain.locator("#cite dt").all_text_contents()
    page = open_page(f"/en/{ENTRY}")
    page.locator("#cite > summary").click()
    assert [page.get_by_role("button", name=f"Copy {style}", exact=True).count() for style in styles] == [1] * 3


@pytest.mark.parametrize("javascript", [True, False], ids=["no-clipboard", "no-script"])
def test_no_button_stands_where_it_could_not_work(open_page, javascript):
    page = open_page(f"/en/{ENTRY}", javascript=javascript)
    page.add_init_script(WITHOUT)
    page.reload()
    page.locator("#cite > summary").click()
    expect(page.locator("#cite .to-copy").first).to_be_visible()
    assert page.locator("#cite button").count() == 0


@pytest.mark.parametrize("lang", WORDS)
def test_refused_clipboard_leaves_the_sentence_selected_and_says_so(open_page, lang):
    page = open_page(f"/{lang}/{ENTRY}")
    page.add_init_script(REFUSED)
    page.reload()
    page.locator("#cite > summary").click()
    page.locator("#cite button").first.click()
    expect(page.locator("#cite [role=status]")).to_have_text(WORDS[lang][2])
    assert page.evaluate("getSelection().toString()").strip() == page.locator("#cite .to-copy").first.inner_text()
