"""Works as BibTeX, in UTF-8: `@misc` for every style's sake, with the fields that BibLaTeX reads beside those of old styles."""

import re

from record import dates
from record.citing import sentences
from record.pair import pair

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_SPECIAL_TABLE = str.maketrans(_SPECIAL)
# An address is read as it stands; only what would end the field early is written otherwise.
_OF_ADDRESSES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def key(code):
    """What a text cites: uz-az-E12."""
    return f"{pair().first}-{pair().second}-{code}"


def escaped(text):
    """A text of one line in which nothing is a command of TeX."""
    return re.sub(r"\s+", " ", str(text)).strip().translate(_SPECIAL_TABLE)


def written(work):
    """The bytes of a file: the work, then each source that it rests on."""
    return "\n".join([_entry(work.code, _of_work(work)), *(_entry(one.code, _of_original(one)) for one in work.originals)]).encode()


def _entry(code, fields):
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields.items() if value]
    return "@misc{" + key(code) + ",\n" + ",\n".join(lines) + "\n}\n"


def _of_work(work):
    return {
        "title": f"{{{escaped(work.title)}}}",
        "howpublished": escaped(f"{work.record}, {sentences.entry(work)}"),
        **_date(work.changed),
        "version": work.version,
        "url": work.address.translate(_OF_ADDRESSES),
        "urldate": work.read,
        "type": escaped(work.genre),
        "eventdate": work.event,
        "venue": escaped(work.place),
        "origdate": work.originated,
        "keywords": ", ".join(map(escaped, work.keywords)),
        "note": escaped(sentences.resting_on(work)),
        "language": work.language,
    }


def _of_original(original):
    return {
        "author": f"{{{escaped(original.publisher)}}}",
        "title": f"{{{escaped(original.title)}}}",
        **_date(original.published),
        "url": original.where.translate(_OF_ADDRESSES),
        "urldate": original.read,
        "language": original.language,
    }


def _date(text):
    """The date as BibLaTeX reads it, EDTF and all, and the year and month of old styles where one of each is known."""
    span = dates.read(text) if text else None
    if span is None:
        return {}
    month = _MONTHS[span.first.month - 1] if not span.end and len(span.start) > len("2022") else ""
    return {"date": text, "year": span.start[:4], "month": month}
