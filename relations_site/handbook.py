"""The handbook for editors: chapters by task in docs/handbook/, one folder a language, read in the desk and in the repository alike.

What stands in bold is on the screen in the same words; a test compares it with the interface of each language.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nh3
from django.conf import settings
from django.http import Http404
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.translation import get_language, gettext
from markdown_it import MarkdownIt

FOLDER = Path(settings.BASE_DIR) / "docs" / "handbook"
TAGS = {
    "p",
    "em",
    "strong",
    "a",
    "ul",
    "ol",
    "li",
    "h2",
    "h3",
    "blockquote",
    "img",
    "code",
    "pre",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height", "loading"}}
_parser = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Chapter:
    """One task: the name in its address, its title, the sentence below it, and its text in Markdown."""

    name: str
    title: str
    lead: str
    text: str


@lru_cache
def chapters(lang):
    """The chapters in a language, in the order of the numbers before their names."""
    return [_read(file) for file in sorted((FOLDER / lang).glob("[0-9][0-9]-*.md"))]


def _read(file):
    heading, lead, text = file.read_text(encoding="utf-8").split("\n\n", 2)
    return Chapter(file.stem[3:], heading.removeprefix("# ").strip(), " ".join(lead.replace("**", "").split()), text)


def html(text):
    """A chapter's text as clean HTML; pictures come from the static files, links between chapters lead to their pages in the desk."""
    rendered = _parser.render(text)
    rendered = re.sub(
        r'src="\.\./pictures/([\w-]+\.webp)"', lambda found: f'src="{static("handbook/" + found[1])}" loading="lazy"', rendered
    )
    rendered = re.sub(r'href="[0-9]{2}-([\w-]+)\.md(#[\w-]+)?"', lambda found: f'href="{chapter_address(found[1])}"', rendered)
    return nh3.clean(rendered, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https"}, link_rel="noopener")


def chapter_address(name):
    """Where a chapter stands in the desk."""
    return reverse("admin:handbook-chapter", args=[name])


def _page(site, request, template, title, **more):
    context = {**site.each_context(request), "title": title, "chapters": chapters(get_language()), **more}
    return TemplateResponse(request, template, context)


def contents(site, request):
    """The handbook's first page: its chapters."""
    return _page(site, request, "admin/handbook/contents.html", gettext("Handbook"))


def chapter(site, request, name):
    """One chapter, with the ones before and after it."""
    known = chapters(get_language())
    place = next((place for place, one in enumerate(known) if one.name == name), None)
    if place is None:
        raise Http404
    around = {"before": known[place - 1] if place else None, "after": known[place + 1] if place + 1 < len(known) else None}
    return _page(
        site, request, "admin/handbook/chapter.html", known[place].title, chapter=known[place], text=html(known[place].text), **around
    )


def urls(site):
    """The handbook's addresses in the desk, for whoever may enter it."""
    return [
        path("handbook/", site.admin_view(lambda request: contents(site, request)), name="handbook"),
        path("handbook/<slug:name>/", site.admin_view(lambda request, name: chapter(site, request, name)), name="handbook-chapter"),
    ]
