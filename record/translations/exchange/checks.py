"""What a translated text must keep of its original, whoever made it: links, placeholders, marks that can be read."""

import re
from collections import Counter

from django.utils.translation import gettext as _

from record import markup

_LINK = re.compile(r'<a href="([^"]*)"')
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
_LEFT_OVER = re.compile(r"\]\(|\*\*")
# Texts that are shown as Markdown; in all others its signs mean nothing.
MARKDOWN = ("body", "summary", "caveat", "result", "description", "assessment")


def against(passage, original, words):
    """Sentences against a translation, none if it keeps what it must."""
    found = []
    if Counter(_PLACEHOLDER.findall(original)) != Counter(_PLACEHOLDER.findall(words)):
        found.append(_("The placeholders are not those of the original."))
    if passage.name in MARKDOWN:
        found += _against_markdown(original, words)
    return found


def _against_markdown(original, words):
    if Counter(_LINK.findall(markup.html(original))) != Counter(_LINK.findall(markup.html(words))):
        return [_("The links do not lead where those of the original lead.")]
    if _LEFT_OVER.search(markup.plain(words)) and not _LEFT_OVER.search(markup.plain(original)):
        return [_("A mark of Markdown is not closed.")]
    return []
