"""The codebook, docs/records.md, as programs read it: what every table and every field of the record is."""

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings

FILE = Path(settings.BASE_DIR) / "docs" / "records.md"
# What readers look for first; and the tables that the site keeps for itself, which stand in the file alone.
FIRST = ("Event", "Agreement", "Initiative", "Commitment", "TradeFigure", "QuotedFigure", "Source")
OWN = {"FormerAddress", "FrozenSelection", "NumberSeries", "SearchEntry", "SearchTerm", "TradeImport", "Change", "Revision", "JournalLine"}
OWN |= {"ConfirmationRequest", "DeskLanguage", "LikelyDouble", "LinkCheck", "PreviewLink", "Submission", "Upload"}
_FIELD = re.compile(r"^- `(\w+)`(\*?) \(([^)]*)\): (.*)$", re.MULTILINE)


@lru_cache
def _sections():
    found = {}
    for section in re.split(r"^## ", FILE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _line, rest = section.partition("\n")
        first = _FIELD.search(rest)
        words = " ".join(rest[: first.start() if first else None].split())
        found[name] = (words, {field: (f"{kind}{star}", sentence) for field, star, kind, sentence in _FIELD.findall(rest)})
    return found


def tables():
    """(name of the table, what it is, [(name of the field, type, what it is)]) of the whole codebook."""
    found = [(name, words, [(field, *told) for field, told in fields.items()]) for name, (words, fields) in _sections().items()]
    rank = {name: place for place, name in enumerate(FIRST)}
    return sorted((row for row in found if row[0] not in OWN), key=lambda row: rank.get(row[0], len(rank)))


def table(model):
    """What a table is. Raises KeyError where the codebook does not know it."""
    return _sections()[model.__name__][0]


def field(model, name):
    """What a field is; the language of a text is left out of its name. Raises KeyError where the codebook does not know it."""
    fields = _sections()[model.__name__][1]
    return fields[name if name in fields else name[:-3]][1]
