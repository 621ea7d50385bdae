"""HTML, CSS and SVG are valid by the Nu Html Checker: every kind of page, and the desk. One run over all of them, for its start is slow."""

import re

import pytest

from tests.browser import checker
from tests.browser.running import BASE, PASSWORD
from tests.browser.test_access import PAGES

LANGS = ("en", "az")
MORE = ("nothing-here/", "agreements/?page=99", "topics/", "organisations/", "series/", "initiatives/?sort=oldest", "search/?q=%22")
DESK = ("", "events/event/", "events/event/?q=summit", "events/event/add/", "events/event/60/change/", "cooperation/agreement/add/")

# Valid by their specifications, which the checker does not know yet.
NOT_KNOWN_YET = (
    # CSS Containment 3: container queries.
    r"Unrecognized at-rule “@container”|Property “container-type” doesn't exist",
    # SVG 2.
    r"Property “(paint-order|vector-effect)” doesn't exist|Attribute “vector-effect” not allowed on element “path”",
    # CSS Masking 1: <position> / <size> after the repetition. CSS Values 4: a length of calc() from var().
    r"CSS: “mask”: Too many values|CSS: “max-height”: The types are incompatible",
)
# In the templates and widgets of Django's admin, which are not ours.
DJANGOS_OWN = (
    # The empty choice that Select2 takes for its placeholder.
    r"Element “option” without attribute “label” must not be empty",
    # The label of a hidden field, itself hidden.
    r"“for” attribute of the “label” element must be the ID of a non-hidden form control",
    # The list of models in the side bar has no cell under its hidden third heading.
    r"A table row was 2 columns wide",
)


def _save(context, address, folder):
    name = re.sub(r"\W+", "-", address).strip("-") + ".html"
    (folder / name).write_bytes(context.request.get(address, headers={"Accept": "text/html"}).body())


def _save_desk(context, folder):
    page = context.new_page()
    page.goto("/admin/login/")
    page.fill("#id_login, #id_username", "editor")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/admin/")
    for path in DESK:
        _save(context, f"/admin/{path}", folder)


def test_nothing_is_invalid_and_each_exception_is_still_needed(browser, site, tmp_path):
    """One run for both: each takes the pages, and most of a minute."""
    if not (jar := checker.find()):
        pytest.skip("the Nu Html Checker is not here: python -m tests.browser.checker")
    context = browser.new_context(base_url=site)
    for lang in LANGS:
        for path in (*PAGES, *MORE):
            _save(context, f"/{lang}/{path}", tmp_path)
    _save_desk(context, tmp_path)
    context.close()
    for file in (*BASE.glob("static/**/*.css"), *BASE.glob("static/**/*.svg")):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    said = checker.messages(jar, tmp_path)
    assert [message for message in said if not _is_excepted(message)] == []
    needed = [pattern for pattern in NOT_KNOWN_YET + DJANGOS_OWN if any(re.search(pattern, sentence) for _f, _l, _t, sentence, _e in said)]
    assert needed == list(NOT_KNOWN_YET + DJANGOS_OWN)


def _is_excepted(message):
    file, _line, _type, sentence, _extract = message
    patterns = NOT_KNOWN_YET + DJANGOS_OWN if file.startswith("admin") else NOT_KNOWN_YET
    return any(re.search(pattern, sentence) for pattern in patterns)
