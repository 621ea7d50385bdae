"""Pictures of the pages at every width, in both colour schemes and all languages: to look at, one by one.

python -m tests.browser.screenshots                            # all of them, into var/screenshots/
python -m tests.browser.screenshots --only home,trade --width 360 --lang ru,uz --scheme dark
python -m tests.browser.screenshots --chosen                   # the few that README shows, into docs/screenshots/
python -m tests.browser.screenshots --site http://127.0.0.1:8000 --user NAME --password …   # of a site that runs already
"""

import argparse
import io
import tempfile
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.running import BASE, PASSWORD, running

WIDTHS, SCHEMES, LANGS = [360, 768, 1280, 1920], ["light", "dark"], ["en", "az", "uz", "ru"]
PAGES = {
    "home": "", "list": "events/", "filtered": "events/?level=heads-of-state&after=2022", "event": "events/state-visit-ilham-aliyev-uzbekistan-2022/",
    "agreement": "agreements/treaty-on-allied-relations-2024/", "initiative": "initiatives/azerbaijan-uzbekistan-investment-company/", "commitment": "commitments/1/",
    "trade": "trade/", "timeline": "timeline/", "map": "map/", "search": "search/?q=Shusha", "404": "nowhere/", "desk-event": "/admin/events/event/21/change/",
}  # fmt: skip
# Page, width, scheme, language: what README shows of them. Seen as a window, not whole.
CHOSEN = [
    ("home", 1280, "light", "en"), ("home", 360, "dark", "uz"), ("filtered", 1280, "light", "ru"), ("list", 360, "light", "az"),
    ("agreement", 1280, "light", "en"), ("event", 1280, "dark", "ru"), ("trade", 1280, "light", "az"), ("timeline", 768, "light", "uz"),
    ("map", 1280, "dark", "en"), ("search", 1280, "light", "ru"), ("404", 360, "light", "uz"), ("desk-event", 1280, "light", "en"),
]  # fmt: skip
LIMIT = 150_000
HEIGHTS = {360: 780, 768: 1000, 1280: 860, 1920: 1080}


def shots(arguments):
    """(page, width, scheme, language) of all that is asked for."""
    if arguments.chosen:
        return CHOSEN
    return [
        (name, width, scheme, lang)
        for name in arguments.only
        for width in arguments.width
        for scheme in arguments.scheme
        for lang in arguments.lang
    ]


@contextmanager
def site_of(arguments):
    """(address, user, password) of the site to look at: a given one, or one of our own on the shipped record."""
    if arguments.site:
        yield arguments.site, arguments.user, arguments.password
        return
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as address:
        yield address, "editor", PASSWORD


def logged_in(browser, address, user, password):
    """What the browser keeps of an editor's session."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/admin/login/?next=/admin/")
    page.fill("#id_username", user)
    page.fill("#id_password", password)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/admin/")
    return context.storage_state()


def picture(browser, address, shot, *, session, whole):
    """A PNG of a page, quiet: nothing loads, nothing moves."""
    name, width, scheme, lang = shot
    is_desk = PAGES[name].startswith("/")
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": HEIGHTS[width]}, color_scheme=scheme, reduced_motion="reduce",
        locale=lang, storage_state=session if is_desk else None,
    )  # fmt: skip
    if is_desk:
        context.add_cookies([{"name": "django_language", "value": lang, "url": address}])
    page = context.new_page()
    page.goto(PAGES[name] if is_desk else f"/{lang}/{PAGES[name]}", wait_until="networkidle")
    taken = page.screenshot(full_page=whole)
    context.close()
    return taken


def kept(png, path):
    """Writes a chosen picture as WebP: without loss if that is small, else as good as LIMIT lets it be."""
    image = Image.open(io.BytesIO(png))
    for options in ({"lossless": True}, *({"quality": quality} for quality in (90, 80, 65, 50))):
        image.save(path, "WEBP", method=6, **options)
        if path.stat().st_size <= LIMIT:
            return
    raise SystemExit(f"{path} does not fit into {LIMIT} bytes.")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    several = {"type": lambda text: text.split(",")}
    parser.add_argument("--only", default=list(PAGES), **several)
    parser.add_argument("--width", default=WIDTHS, type=lambda text: [int(width) for width in text.split(",")])
    parser.add_argument("--scheme", default=SCHEMES, **several)
    parser.add_argument("--lang", default=LANGS, **several)
    parser.add_argument("--chosen", action="store_true")
    for name in ("--site", "--user", "--password"):
        parser.add_argument(name)
    return parser.parse_args()


def main():
    asked = arguments()
    folder = BASE / ("docs/screenshots" if asked.chosen else "var/screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    with site_of(asked) as (address, user, password), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox", "--disable-gpu"])
        session = logged_in(browser, address, user, password) if any(PAGES[shot[0]].startswith("/") for shot in shots(asked)) else None
        for shot in shots(asked):
            path = folder / "{}-{}-{}-{}".format(*shot)
            png = picture(browser, address, shot, session=session, whole=not asked.chosen)
            kept(png, path.with_suffix(".webp")) if asked.chosen else path.with_suffix(".png").write_bytes(png)
        browser.close()
    print(f"{len(shots(asked))} pictures in {folder}")


if __name__ == "__main__":
    main()
