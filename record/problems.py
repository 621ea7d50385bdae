"""What is wrong with a request to a data outlet: problem details for JSON (RFC 9457), plain sentences for all others."""

import json

from django.http import HttpResponse
from django.utils.translation import gettext

from record import texts
from record.columns import LANGS

PLAIN = "text/plain; charset=utf-8"


def problem(status, title, *, detail="", errors=(), **more):
    """An answer of problem details. `errors` are (name in the question, sentence) pairs."""
    said = {"type": "about:blank", "title": title, "status": status}
    if detail:
        said["detail"] = detail
    if errors:
        said["errors"] = [{"name": name, "detail": sentence} for name, sentence in errors]
    return HttpResponse(json.dumps(said | more, ensure_ascii=False), status=status, content_type="application/problem+json")


def withdrawn(entry):
    """410 with the public reason, in every language that has it."""
    reasons = {lang: reason for lang in LANGS if (reason := getattr(entry, f"withdrawn_reason_{lang}", None))}
    return problem(410, gettext("This entry was withdrawn."), number=entry.code, reasons=reasons)


def withdrawn_in_words(entry):
    """410 for what is not JSON: one sentence, and the public reason in the reader's language or the best other one."""
    said = [gettext("This entry was withdrawn."), texts.best(entry, "withdrawn_reason").words]
    return HttpResponse(" ".join(filter(None, said)) + "\n", status=410, content_type=PLAIN)


def unanswerable(listing, *, as_json):
    """400 with every reason why a question cannot be answered."""
    reasons = [(name, str(error)) for name, errors in listing.form.errors.items() for error in errors]
    title = gettext("This question cannot be answered as it stands.")
    if as_json:
        return problem(400, title, errors=reasons)
    lines = [title, *(f"{name}: {sentence}" for name, sentence in reasons)]
    return HttpResponse("\n".join(lines) + "\n", status=400, content_type=PLAIN)


def no_such_page(number, last, *, as_json):
    """404 for a page behind the last one."""
    title = gettext("There is no page %(number)s: this list ends with page %(last)s.") % {"number": number, "last": last}
    return problem(404, title) if as_json else HttpResponse(title + "\n", status=404, content_type=PLAIN)


def is_for_programs(path):
    """Whether what stands at a path is asked by programs: JSON, in one form or another."""
    return path.endswith(".json") or path.startswith("/api/")


def unreadable(path):
    """400 for a question that no list reads, where the path is that of a data outlet; None where it is a page's."""
    title = gettext("This question cannot be answered as it stands.")
    if is_for_programs(path):
        return problem(400, title)
    return HttpResponse(title + "\n", status=400, content_type=PLAIN) if path.endswith((".csv", ".atom", ".ics")) else None
