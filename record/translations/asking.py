"""A status as a question to the database: which rows, and how many."""

from itertools import product

from django.db.models import Count, Q

from record.publishing import Publishable, in_use
from record.translations.passages import LANGS, long_names_of
from record.translations.rule import LONG, WORK, Status


def condition(lang, status):
    """The rows whose texts in a language have this status; the same rule as `rule.status_of`, for the database."""
    mark, old = f"translation_{lang}", Q(outdated_languages__contains=lang)
    if status == Status.MISSING:
        return (Q(**{f"{mark}__isnull": True}) | Q(**{mark: ""})) & ~Q(original_language=lang)
    if status == Status.OUTDATED:
        return old & Q(**{f"{mark}__in": (Status.MACHINE, Status.REVIEWED)})
    return Q(**{mark: status}) & (Q() if status == Status.ORIGINAL else ~old)


def without_long(model, lang):
    """The rows of a kind that a language has, without a long text that the original has."""
    lacking = Q(pk__in=())
    for original, name in product(LANGS, long_names_of(model)):
        own = f"{name}_{lang}"
        there = Q(original_language=original, **{f"{name}_{original}__gt": ""})
        lacking |= there & (Q(**{f"{own}__isnull": True}) | Q(**{own: ""}))
    return Q(**{f"translation_{lang}__in": (Status.MACHINE, Status.REVIEWED)}) & lacking


def waiting(model, lang, work):
    """The rows of a kind about which somebody has to do something in a language (WORK); nobody reads what was withdrawn."""
    found = without_long(model, lang) if work == LONG else condition(lang, work)
    return found & (in_use() if issubclass(model, Publishable) else Q())


def counts(model):
    """{(language, what is to be done): number of rows} of a kind, in one query."""
    wanted = {(lang, work): f"{lang}_{work}" for lang in LANGS for work in WORK}
    asked = {name: Count("pk", filter=waiting(model, lang, work)) for (lang, work), name in wanted.items()}
    found = model._base_manager.aggregate(**asked)
    return {key: found[name] for key, name in wanted.items()}
