"""A status as a question to the database: which rows, and how many."""

from django.db.models import Count, Q

from record.publishing import Publishable, in_use
from record.translations.passages import LANGS
from record.translations.rule import OPEN, Status


def condition(lang, status):
    """The rows whose texts in a language have this status; the same rule as `rule.status_of`, for the database."""
    mark, old = f"translation_{lang}", Q(outdated_languages__contains=lang)
    if status == Status.MISSING:
        return (Q(**{f"{mark}__isnull": True}) | Q(**{mark: ""})) & ~Q(original_language=lang)
    if status == Status.OUTDATED:
        return old & Q(**{f"{mark}__in": (Status.MACHINE, Status.REVIEWED)})
    return Q(**{mark: status}) & (Q() if status == Status.ORIGINAL else ~old)


def waiting(model, lang, status):
    """The rows of a kind whose texts have a status that somebody has to do something about; nobody reads what was withdrawn."""
    return condition(lang, status) & (in_use() if issubclass(model, Publishable) else Q())


def counts(model):
    """{(language, status): number of rows} of what is still to be done for a kind, in one query."""
    wanted = {(lang, status): f"{lang}_{status.value}" for lang in LANGS for status in OPEN}
    asked = {name: Count("pk", filter=waiting(model, lang, status)) for (lang, status), name in wanted.items()}
    found = model._base_manager.aggregate(**asked)
    return {key: found[name] for key, name in wanted.items()}
