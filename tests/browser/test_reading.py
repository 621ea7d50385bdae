"""Pages read by other means: printed, in forced colours, without motion, at twice the size, with wide letters, by their headings."""

import io

import pytest
from PIL import Image

from tests.browser.test_access import PAGES, violations

KINDS = [
    "", "events/", "agreements/", "initiatives/?sort=oldest", "trade/", "trade/mirror/", "trade/claims/", "trade/contradictions/", "trade/quotations/Q10/",
    "trade/charts/turnover/", "people/", "people/ilham-aliyev/", "places/tashkent/", "sources/", "sources/39/", "about/", "waiting/", "chain/", "counts/",
    "calendar/", "commitments/1/", "disagreements/", "map/", "timeline/", "search/", "search/?q=Shusha", "changes/", "data/", "data/codebook/",
    "agreements/treaty-on-allied-relations-2024/", "events/state-visit-ilham-aliyev-uzbekistan-2022/", "events/?kind=zzz", "nothing-here/",
]  # fmt: skip

# WCAG 1.4.12: the least that a reader may ask for.
SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"
# What a reader may lose: text that its own box cuts off, and a page or a part of it that is wider than the window.
CUT_OFF = """() => {
  const found = [], wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) found.push(["page", wide]);
  for (const node of document.querySelectorAll("body *")) {
    const style = getComputedStyle(node), box = node.getBoundingClientRect();
    const isHidden = !box.width || box.width <= 1 || box.height <= 1 || style.visibility == "hidden" || node.closest(`svg, .sr, select, .answer${matchMedia("print").matches ? "" : ", .scroll"}`);
    if (isHidden || !node.innerText?.trim()) continue;
    const cuts = ["hidden", "clip"];
    if (cuts.includes(style.overflowX) && node.scrollWidth > node.clientWidth + 1 || cuts.includes(style.overflowY) && node.scrollHeight > node.clientHeight + 1)
      found.push([node.outerHTML.slice(0, 90), node.scrollWidth - node.clientWidth, node.scrollHeight - node.clientHeight]);
    else if (box.right > innerWidth + 1 && !node.closest(".masthead details:not([open])"))
      found.push([node.outerHTML.slice(0, 90), Math.round(box.right - innerWidth)]);
  }
  return found.slice(0, 4);
}"""
# Lines of text that lie over each other, as a height that cannot grow makes them.
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll("main :is(h1, h2, h3, p, dt, dd, .tabs li, .chips li, .button)")].filter(node => node.innerText.trim())
    .map(node => [node, node.getBoundingClientRect()]).filter(([node, box]) => box.width > 1 && box.height > 1 && !node.closest(".sr, svg, .years"));
  const found = [];
  boxes.forEach(([one, a], at) => boxes.slice(at + 1, at + 6).forEach(([two, b]) => {
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top), across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    if (down > 4 && across > 4 && !one.contains(two) && !two.contains(one)) found.push([one.outerHTML.slice(0, 80), two.outerHTML.slice(0, 80)]);
  }));
  return found.slice(0, 3);
}"""


@pytest.fixture
def reader(browser, site):
    contexts = []

    def opened(**options):
        contexts.append(browser.new_context(**{"base_url": site, "viewport": {"width": 1280, "height": 800}} | options))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


def findings(page, lang, ask, paths=KINDS):
    found = {}
    for path in paths:
        page.goto(f"/{lang}/{path}")
        if said := ask(page):
            found[path] = said
    return found


@pytest.mark.parametrize("lang", ["en", "az", "uz", "ru"])
def test_wide_letters_and_lines_cut_nothing_off_on_a_telephone(reader, lang):
    def ask(page):
        # By the browser itself, for the policy of the site lets no style in.
        page.evaluate(
            "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }", SPACING
        )
        return page.evaluate(CUT_OFF) + page.evaluate(OVERLAPS)

    assert findings(reader(viewport={"width": 360, "height": 800}), lang, ask) == {}


@pytest.mark.parametrize(("lang", "width"), [("uz", 640), ("ru", 640), ("ru", 320)])
def test_at_twice_the_size_and_more_nothing_is_cut_off(reader, lang, width):
    """A window of 1280 px at 200 % is one of 640 px; at 400 % one of 320 px (WCAG 1.4.10)."""
    assert findings(reader(viewport={"width": width, "height": 400}), lang, lambda page: page.evaluate(CUT_OFF)) == {}


PAPER = {"width": 718, "height": 1000}


def test_printed_page_is_whole_and_without_what_paper_cannot_do(reader):
    def ask(page):
        page.emulate_media(media="print", color_scheme="dark")
        seen = page.evaluate(
            "[...document.querySelectorAll('nav:not(.overview-of-years), form, .skip, button')].filter(node => node.checkVisibility()).map(node => node.outerHTML.slice(0, 80))"
        )
        paper, ink = page.evaluate(
            "[getComputedStyle(document.documentElement).getPropertyValue('--paper'), getComputedStyle(document.body).color]"
        )
        dark = [] if ink == "rgb(20, 32, 43)" else [("not dark on light", paper, ink)]
        stuck = page.evaluate(
            "[...document.querySelectorAll('*')].filter(n => ['sticky', 'fixed'].includes(getComputedStyle(n).position)).map(n => n.className)"
        )
        return page.evaluate(CUT_OFF) + seen[:3] + dark + stuck[:3]

    assert findings(reader(viewport=PAPER), "en", ask) == {}


def test_printed_entry_shows_its_sources_with_their_addresses(reader):
    page = reader(viewport=PAPER)
    page.goto("/en/agreements/treaty-on-allied-relations-2024/")
    page.emulate_media(media="print")
    assert page.locator(".sources li").first.is_visible()
    assert page.locator(".cite .to-copy").first.is_visible()


def test_printed_list_says_what_was_asked_and_in_which_order(reader):
    page = reader(viewport=PAPER)
    page.goto("/en/events/?kind=state-visit&after=2020&sort=oldest")
    page.emulate_media(media="print")
    assert page.locator(".chips li").filter(visible=True).all_inner_texts() == ["State visit", "From 2020"]
    assert page.locator(".bar p").last.inner_text() == "oldest first"


@pytest.mark.parametrize("lang", ["en", "az", "uz", "ru"])
def test_years_of_trade_stand_whole_at_twice_the_size(reader, lang):
    page = reader(viewport={"width": 640, "height": 400})
    page.goto(f"/{lang}/trade/")
    assert page.locator(".scroll:has(.by-side)").evaluate("box => box.scrollWidth - box.clientWidth") == 0


# The darkest of what stands in a strip of paper along the left and right edge of a box, as its distance from the paper's own colour.
def shadows(box):
    picture = Image.open(io.BytesIO(box.screenshot())).convert("L")
    paper = max(picture.getcolors(picture.width * picture.height))[1]
    # Below the table's last rule nothing but paper and shadow stands.
    return [abs(picture.getpixel((x, picture.height - 4)) - paper) > 20 for x in (1, picture.width - 2)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_table_wider_than_its_box_says_so_at_the_edge_that_is_cut(reader, scheme):
    page = reader(color_scheme=scheme)
    page.goto("/en/trade/")
    box = page.locator(".scroll:has(.by-side)")
    seen = []
    for width, left in (("auto", 0), ("20rem", 0), ("20rem", 60), ("20rem", 999)):
        box.evaluate(
            "(box, [width, left]) => { box.style.width = width; box.style.paddingBottom = '9px'; box.scrollLeft = left; }", [width, left]
        )
        seen.append(shadows(box))
    assert seen == [[False, False], [False, True], [True, True], [True, False]]


def test_forced_colours_keep_what_colour_said(reader):
    """Marks keep their two inks, the present section and page keep a line, buttons and fields their edge."""

    def ask(page):
        return page.evaluate("""() => {
          const lost = [];
          for (const node of document.querySelectorAll(".mark, .m, .score .steps i, .years .stack *")) {
            const own = getComputedStyle(node), box = node.getBoundingClientRect();
            const paper = getComputedStyle(document.body).backgroundColor;
            const drawn = ![paper, "rgba(0, 0, 0, 0)"].includes(own.backgroundColor) || parseFloat(own.borderTopWidth) > 0 || own.boxShadow != "none";
            if (box.width && !drawn) lost.push(node.outerHTML.slice(0, 80));
          }
          for (const node of document.querySelectorAll(".sections [aria-current], .tabs [aria-current], .pager [aria-current], .tag, .note, .button, .chips a")) {
            const own = getComputedStyle(node);
            const edged = parseFloat(own.borderBottomWidth) > 0 || own.outlineStyle != "none";
            if (node.checkVisibility() && !edged) lost.push(node.outerHTML.slice(0, 80));
          }
          return lost.slice(0, 4);
        }""")

    page = reader(forced_colors="active")
    assert findings(page, "en", ask) == {}
    page.goto("/en/events/")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_nothing_moves_for_those_who_asked_for_no_motion(reader):
    moving = "[...document.querySelectorAll('*')].filter(n => { const s = getComputedStyle(n); return s.animationName != 'none' || s.transitionDuration.split(', ').some(d => parseFloat(d) > 0); }).map(n => n.outerHTML.slice(0, 80)).slice(0, 3)"
    assert findings(reader(reduced_motion="reduce"), "en", lambda page: page.evaluate(moving)) == {}


LANDMARKS = [
    "heading-order", "page-has-heading-one", "empty-heading", "region", "landmark-one-main", "landmark-main-is-top-level", "landmark-banner-is-top-level",
    "landmark-contentinfo-is-top-level", "landmark-no-duplicate-banner", "landmark-no-duplicate-contentinfo", "landmark-no-duplicate-main",
    "landmark-complementary-is-top-level", "landmark-unique",
]  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "az"])
def test_headings_lead_down_step_by_step_and_landmarks_hold_everything(reader, lang):
    def ask(page):
        levels = [
            int(level) for level in page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(node => node.tagName[1])")
        ]
        jumps = [(one, two) for one, two in zip(levels, levels[1:], strict=False) if two > one + 1]
        return (
            [(v["id"], v["nodes"][0]["html"][:90]) for v in violations(page, LANDMARKS)]
            + jumps
            + ([] if levels.count(1) == 1 else [levels])
        )

    assert findings(reader(), lang, ask, PAGES) == {}
