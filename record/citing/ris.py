"""Works as RIS: a tag, two spaces, a hyphen, a value of one line; lines end as the format wants."""

import re

from record import dates
from record.citing import sentences
from record.citing.bibtex import key

_TYPES = {"law": "GEN", "statistics": "DATA", "press": "NEWS", "academic": "GEN"}
_WEB_PAGE = "ELEC"


def written(work):
    """The bytes of a file: the work, then each source that it rests on."""
    return "".join([_reference(_of_work(work)), *(_reference(_of_original(one)) for one in work.originals)]).encode()


def one_line(text):
    """A value as a line can hold it."""
    return re.sub(r"[\s\x00-\x1f\x7f\u2028\u2029]+", " ", str(text)).strip()


def _reference(tags):
    lines = [f"{tag}  - {one_line(value)}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _of_work(work):
    return [
        ("TY", "DATA" if work.is_data else _WEB_PAGE),
        ("ID", key(work.code)),
        ("TI", work.title),
        ("T2", work.record),
        ("PY", work.changed[:4]),
        ("DA", day(work.changed)),
        ("ET", work.version),
        ("M1", work.code),
        ("M3", work.genre),
        ("CY", work.place),
        ("OP", work.event or work.originated),
        ("UR", work.address),
        ("Y2", day(work.read)),
        ("LA", work.language),
        ("AB", work.described),
        *(("KW", word) for word in work.keywords),
        ("N1", sentences.resting_on(work)),
    ]


def _of_original(original):
    return [
        ("TY", _TYPES.get(original.kind, _WEB_PAGE)),
        ("ID", key(original.code)),
        ("TI", original.title),
        ("T2", original.publisher if original.kind == "press" else ""),
        ("PB", original.publisher),
        ("PY", original.published[:4]),
        ("DA", day(original.published)),
        ("UR", original.address or original.archived),
        ("Y2", day(original.read)),
        ("LA", original.language),
    ]


def day(text):
    """A date as year/month/day/other: what is not known stays empty, what no form has is told in words behind."""
    if not text:
        return ""
    span = dates.read(text)
    parts = [*span.start.split("-"), "", ""][:3]
    return "/".join([*parts, dates.spoken(text) if span.end or span.doubt else ""])
