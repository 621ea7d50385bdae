"""What readers are told of: entries, by the letters of their numbers, and what entries share: sources, disagreements, names.

What entries share is neither published nor withdrawn. Readers see it while a public entry leads to it, and are told when it is
corrected then. A name has no number that readers know; in the history it goes by its key, with a letter of its own.
"""

from functools import cache

from record import kinds
from record.models import Disagreement, Organisation, Person, Place, Series, Source, Topic
from record.publishing import lettered_models

SHARED = {"S": Source, "D": Disagreement, "P": Person, "L": Place, "O": Organisation, "R": Series, "B": Topic}


@cache
def subjects():
    """{letter: model} of all that a change may be of."""
    return {**lettered_models(), **SHARED}


def is_shared(model):
    return model in SHARED.values()


def about(row):
    """How a change names the row that it is of; a version of a row names its row."""
    model = getattr(row, "instance_type", type(row))
    letter = next(letter for letter, known in subjects().items() if known is model)
    return {"letter": letter, "number": getattr(row, key_of(model) if key_of(model) != "pk" else "id")}


def key_of(model):
    """The field whose value is the number of a change."""
    return "number" if getattr(model, "LETTER", "") else "pk"


def public_rows(model, at=None):
    """The rows that readers see."""
    return kinds.seen_by_readers(model._base_manager.all(), at) if is_shared(model) else model.objects.public(at)


def known_rows(model, at=None):
    """Those of which readers may hear: what they see, and what they know to be withdrawn."""
    return public_rows(model, at) if is_shared(model) else model.objects.public(at) | model.objects.gone(at)


def is_seen(row):
    """Whether readers see a row that entries share."""
    return is_shared(type(row)) and public_rows(type(row)).filter(pk=row.pk).exists()


def title_in(row, lang):
    """What a row is called in a language, '' where it has no words in it."""
    if isinstance(row, Source):
        return row.title if lang == row.language else ""
    return next((words for name in ("title", "name", "label") if (words := getattr(row, f"{name}_{lang}", None))), "")
