"""Markdown with few marks: paragraphs, emphasis, links, lists, quotations, headings below the page's own, and source figures.

What the parser does not know it shows as it was typed; it never drops a word. `normalised` is what an editor's text goes through
before it is kept, and says what it took away. `[^S39]` is a source figure: it leans on the entry's citation of source S39, whatever
number that source has on the page.
"""

import re
import unicodedata
from functools import lru_cache
from html import unescape

import nh3
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "h3", "h4", "br", "hr", "sup"}
ATTRIBUTES = {"a": {"href"}, "sup": {"data-source"}}
_UNKNOWN = ["code", "fence", "html_block", "reference", "backticks", "html_inline", "image"]
_FIGURE = re.compile(r"\[\^(S[1-9][0-9]{0,8})\]")
_LIKE_A_FIGURE = re.compile(r"(?<!\\)\[\^[^\[\]\n]*\]")
_WITHIN_A_LINK = re.compile(r"\[[^\[\]\n]*(\[\^S[0-9]+\])[^\[\]\n]*\]\(")
_PLACE = re.compile(r'<sup data-source="(S[0-9]+)"></sup>')
# What an editor may not use, and what stands instead of it.
# Each of these reads a text once, whatever it holds: a class that could run over its own beginning would take hours over "[^[^[^…".
_TAG = re.compile(r"<!--|-->|</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>")
_WITHIN = r"(?:[^()\n]|\([^()\n]*\))*"
_IMAGE = re.compile(rf"!\[([^\[\]\n]*)\]\({_WITHIN}\)")
_OTHER_LINK = re.compile(rf"\[([^\[\]\n]*)\]\(\s*<?((?!https?:)[a-zA-Z][a-zA-Z0-9+.-]*:{_WITHIN})\)", re.IGNORECASE)
_FENCE = re.compile(r"^[ \t]*(?:```+|~~~+).*$\n?", re.MULTILINE)
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ufeff]")


def _figure(state, silent):
    """The parser's rule for a source figure."""
    found = _FIGURE.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("source_figure", "sup", 0).meta = {"code": found[1]}
    state.pos = found.end()
    return True


def _headings_below_the_page(state):
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3" if token.tag == "h1" else "h4"


def _made_parser():
    parser = MarkdownIt("commonmark", {"html": False}).disable(_UNKNOWN)
    parser.inline.ruler.before("link", "source_figure", _figure)
    parser.core.ruler.push("headings_below_the_page", _headings_below_the_page)
    parser.add_render_rule("source_figure", lambda _self, tokens, at, *_more: f'<sup data-source="{tokens[at].meta["code"]}"></sup>')
    return parser


_parser = _made_parser()


@lru_cache(maxsize=2000)
def _clean(words):
    rendered = _parser.render(words)
    return nh3.clean(rendered, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https"}, link_rel="noopener nofollow")


def html(words, figure=lambda code: ""):
    """Clean HTML of a Markdown text. Headings begin at h3; links lead to http and https only.

    `figure(code)` gives the HTML of a source figure; without it a text shows none.
    """
    return _PLACE.sub(lambda found: figure(found[1]), _clean(words)) if words else ""


def plain(words):
    """A Markdown text without its marks and figures."""
    return unescape(nh3.clean(html(words), tags=set())).strip()


def figures(words):
    """The numbers of the sources that a text leans on, S39, in the order of its figures."""
    inline = [child for token in _parser.parse(words or "") for child in token.children or ()]
    return [token.meta["code"] for token in inline if token.type == "source_figure"]


def misplaced_figures(words):
    """What looks like a source figure and is none: without a number of a source, or within a link."""
    understood, left = [f"[^{code}]" for code in figures(words)], []
    for found in _LIKE_A_FIGURE.findall(words or ""):
        if found in understood:
            understood.remove(found)
        else:
            left.append(found)
    return left + _WITHIN_A_LINK.findall(words or "")


def normalised(words):
    """(the text as it is kept, sentences on what was taken away). Doing it twice changes nothing more."""
    text = unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n"))
    told = []
    for take in (_without_the_invisible, _without_tags, _without_pictures, _without_other_links, _without_code):
        text, sentence = take(text)
        told += [sentence] if sentence else []
    lines = [line.rstrip() + ("  " if line.endswith("  ") and line.strip() else "") for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n").rstrip(), told


def _without_the_invisible(text):
    bare = _INVISIBLE.sub("", text)
    return bare, _("Invisible characters were removed.") if bare != text else ""


def _without_tags(text):
    """What taking one away brings together is taken away too, within reason: on the page no tag of a text is ever one."""
    removed = []
    for _again in range(5):
        if not (found := _TAG.findall(text)):
            break
        removed += found
        text = _TAG.sub("", text)
    shown = [mark.split("\n")[0][:40] for mark in dict.fromkeys(removed)]
    return text, _("HTML was removed: %(marks)s") % {"marks": ", ".join(shown)} if removed else ""


def _without_pictures(text):
    bare, number = _IMAGE.subn(r"\1", text)
    return bare, _("A picture within the text was replaced by its words: choose pictures under “Pictures”.") if number else ""


def _without_other_links(text):
    removed = [address for _words, address in _OTHER_LINK.findall(text)]
    sentence = _("Links lead to pages only (http, https); removed: %(addresses)s") % {"addresses": ", ".join(removed)}
    return _OTHER_LINK.sub(r"\1", text), sentence if removed else ""


def _without_code(text):
    bare = _FENCE.sub("", text)
    return bare, _("Marks of program code were removed.") if bare != text else ""
