"""Markdown with few marks, cleaned: paragraphs, emphasis, links, lists, quotations, headings below the page's own."""

from functools import lru_cache
from html import unescape

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "h3", "h4", "br", "hr"}
_parser = MarkdownIt("commonmark", {"html": False})


@lru_cache(maxsize=2000)
def html(words):
    """Clean HTML of a Markdown text. Headings begin at h3; links lead to http and https only."""
    if not words:
        return ""
    rendered = _parser.render(words)
    for low, high in (("h4", "h6"), ("h3", "h5"), ("h2", "h4"), ("h1", "h3")):
        rendered = rendered.replace(f"<{low}>", f"<{high}>").replace(f"</{low}>", f"</{high}>")
    rendered = rendered.replace("h5>", "h4>").replace("h6>", "h4>")
    return nh3.clean(rendered, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https"}, link_rel="noopener nofollow")


def plain(words):
    """A Markdown text without its marks."""
    return unescape(nh3.clean(html(words), tags=set())).strip()
