"""An answer of the interface as a browser shows it: its JSON in lines, its addresses as links."""

import json
import re

from django.utils.html import escape
from django.utils.safestring import mark_safe

_ADDRESS = re.compile(r"&quot;(https?://[^\s&]+(?:&amp;[^\s&;]+)*)&quot;")


def linked(content, origin):
    """The JSON with one member a line, escaped, its own addresses as links to the same answer for people."""
    text = json.dumps(json.loads(content), ensure_ascii=False, indent=2)
    return mark_safe(_ADDRESS.sub(lambda found: _link(found[1], origin), str(escape(text))))


def _link(address, origin):
    # Only this site's own: an address from the record may lead anywhere, and is shown as it stands.
    if not address.startswith(f"{origin}/"):
        return f"&quot;{address}&quot;"
    return f'&quot;<a href="{address}">{address}</a>&quot;'


def as_json(request):
    """The address of the same answer as JSON."""
    question = request.GET.copy()
    question["format"] = "json"
    return f"{request.path}?{question.urlencode()}"
