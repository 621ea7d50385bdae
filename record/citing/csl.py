"""Works as CSL-JSON, the form that citation processors and reference managers share."""

import json

from record import dates
from record.citing import sentences
from record.citing.bibtex import key

TYPES = {"law": "legislation", "statistics": "dataset", "press": "article-newspaper", "academic": "article", "official": "webpage"}


def written(work):
    """The bytes of a file: the work, then each source that it rests on."""
    return json.dumps(items(work), ensure_ascii=False, indent=1).encode()


def items(work):
    """The work, then each source that it rests on."""
    return [_said(_of_work(work)), *(_said(_of_original(one)) for one in work.originals)]


def date(text):
    """A date in parts as far as they are known; two sets of parts for a range, and a mark for what is in doubt."""
    if not text:
        return None
    span = dates.read(text)
    parts = [[int(part) for part in end.split("-")] for end in (span.start, span.end) if end]
    return {"date-parts": parts} | ({"circa": True} if span.doubt else {})


def _said(item):
    return {name: value for name, value in item.items() if value}


def _of_work(work):
    return {
        "id": key(work.code),
        "type": "dataset" if work.is_data else "webpage",
        "title": work.title,
        "container-title": work.record,
        "genre": work.genre,
        "abstract": work.described,
        "number": work.code,
        "version": str(work.version),
        "issued": date(work.changed),
        "accessed": date(work.read),
        "event-date": date(work.event),
        "event-place": work.place,
        "original-date": date(work.originated),
        "URL": work.address,
        "language": work.language,
        "keyword": ", ".join(work.keywords),
        "note": sentences.resting_on(work),
    }


def _of_original(original):
    return {
        "id": key(original.code),
        "type": TYPES.get(original.kind, "document"),
        "title": original.title,
        "container-title": original.publisher if original.kind == "press" else "",
        "publisher": original.publisher,
        "issued": date(original.published),
        "accessed": date(original.read),
        "URL": original.where,
        "archive_location": original.archived if original.address else "",
        "language": original.language,
    }
