"""No serious finding of axe-core (WCAG 2.2 AA) on any kind of page, narrow and wide, light and dark, in every language."""

from pathlib import Path

import pytest

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = [
    "", "events/", "events/?kind=zzz", "events/?q=qwertyuiop", "search/", "search/?q=Shusha", "search/?q=agrement", "agreements/?status=in-force", "initiatives/", "trade/", "trade/mirror/", "trade/parts/", "trade/goods/",
    "trade/claims/", "trade/contradictions/", "trade/quotations/?measure=value", "trade/quotations/Q10/", "trade/statistics/", "trade/statistics/T1/",
    "trade/charts/turnover/", "trade/charts/part-years/embed/", "trade/?after=soon", "people/",
    "people/ilham-aliyev/", "places/tashkent/", "series/supreme-interstate-council/", "sources/", "sources/39/", "about/",
    "waiting/", "chain/", "chain/documents/", "counts/", "calendar/", "calendar/?after=x", "commitments/", "commitments/1/", "disagreements/",
    "map/", "map/?near=shusha&zoom=1", "map/?near=x", "map/embed/", "events/embed/?kind=summit", "timeline/embed/",
    "agreements/treaty-on-allied-relations-2024/embed/",
    "timeline/", "timeline/?year=2024&sort=oldest", "timeline/?year=x", "timeline/?year=undated",
    "data/", "data/api/", "data/codebook/", "../api/v1/events/?limit=2", "../api/v1/", "../admin/login/",
    "changes/", "changes/?what=zzz", "changes/E22/", "events/state-visit-ilham-aliyev-uzbekistan-2022/?on=2024-01-01", "agreements/?on=2024-01-01", "agreements/treaty-on-allied-relations-2024/", "events/state-visit-ilham-aliyev-uzbekistan-2022/",
]  # fmt: skip


def violations(page, rules):
    """What axe-core finds; of what it finds in order it need not tell."""
    page.evaluate(AXE)
    return page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(told => told.violations)", rules)


@pytest.mark.parametrize(
    ("lang", "width", "scheme"), [("en", 1280, "light"), ("ru", 1280, "dark"), ("uz", 360, "light"), ("az", 360, "dark")]
)
def test_axe_finds_nothing_serious(browser, site, lang, width, scheme):
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    found = []
    for path in PAGES:
        page.goto(f"/{lang}/{path}")
        serious = [v for v in violations(page, RULES) if v["impact"] in ("serious", "critical")]
        found += [(path, v["id"], v["nodes"][0]["html"][:120]) for v in serious]
    context.close()
    assert found == []
