"""Asking one of the two states whether an entry is right.

An answer changes nothing by itself: it waits for an editor, who may make a source of it. No code here writes a text, a date or
a state of an entry.
"""

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from record import confirmation, roles, tokens, translations
from record.models import Answer, ConfirmationRequest, Outcome
from record.publishing import Refused, State

LONGEST = {"text": 5000, "name": 150, "office": 200}


class Overtaken(Exception):
    """The entry was changed after the page was opened on which somebody answered; nothing was kept."""


def ask(entry, *, by, side, asked, language):
    """A new request as (row, token); the token is told once and not kept. Raises Refused with every reason."""
    reasons = _may_not_handle(by)
    if entry.state == State.WITHDRAWN:
        reasons.append(gettext("It was withdrawn: nobody is asked about it."))
    if side not in dict(ConfirmationRequest.SIDES):
        reasons.append(gettext("Choose which of the two states is asked."))
    if not asked.strip():
        reasons.append(gettext("Name the ministry or office that is asked."))
    if language not in dict(settings.LANGUAGES):
        reasons.append(gettext("Choose the language in which it is asked."))
    else:
        reasons += _unfit_text(entry, language)
    if reasons:
        raise Refused(reasons)
    token = tokens.new()
    request = ConfirmationRequest(
        digest=tokens.digest(token),
        letter=entry.LETTER,
        number=entry.number,
        side=side,
        asked=asked.strip()[:200],
        language=language,
        made_by=by,
        expires_at=timezone.now() + datetime.timedelta(days=settings.CONFIRMATION_DAYS),
    )
    _save(request, by=by, reason="ask")
    return request, token


def _unfit_text(entry, language):
    """Why nobody can be asked in a language: what they would confirm is not what the record says."""
    names = {"language": dict(settings.LANGUAGES)[language]}
    if not translations.has_text(entry, language):
        return [gettext("There is no text in %(language)s.") % names]
    if translations.state_of(entry, language).status == translations.Status.OUTDATED:
        return [gettext("The text in %(language)s is older than the original: bring it up to date first.") % names]
    return []


def revoke(request, *, by):
    """Take a request back before it is answered. Raises Refused."""
    reasons = _may_not_handle(by)
    if request.answer:
        reasons.append(gettext("It has been answered already."))
    if reasons:
        raise Refused(reasons)
    request.revoked_at, request.revoked_by = timezone.now(), by
    _save(request, by=by, reason="revoke")


def given(token):
    """The request that a token was given out for, whether or not it still works, or None."""
    digest = tokens.digest(token)
    return ConfirmationRequest.objects.filter(digest=digest).first() if digest else None


def request_of(token):
    """The request that a token opens, answered or not, or None: it was never given out, has expired, or was taken back."""
    request = given(token)
    return request if request and request.works() else None


def unanswered(token):
    """The request that a token opens and that still waits for its answer, or None."""
    request = request_of(token)
    return request if request and not request.answer else None


def answer(request, entry, *, version, said):
    """Keep an answer and end the request. `said` maps answer, text, name, office, email; `version` is what was read.

    Raises Overtaken where the entry was changed since, and StaleObject where another answer came first.
    """
    if version != entry.version:
        raise Overtaken
    for name in ("answer", "text", "name", "office", "email"):
        setattr(request, name, said.get(name, ""))
    request.answered_at, request.entry_version = timezone.now(), version
    _save(request, by=None, reason="answer")


def text_read(request, entry):
    """The status of the text that was read by whoever answered, as it was then; None where it is not known."""
    version, lang = request.entry_version, request.language
    row = entry if version == entry.version else entry.history.filter(version=version).order_by("-history_id").first()
    mark = getattr(row, f"translation_{lang}", None) or ""
    return translations.status_of(mark, is_outdated=lang in row.outdated_languages.split()) if row else None


def says_the_same(request, said):
    """Whether an answer that is sent again, as by a double click, is the one that was kept."""
    return all(getattr(request, name) == said.get(name, "") for name in ("answer", "text", "name", "office", "email"))


@transaction.atomic
def accept(request, entry, *, by, source, citation):
    """Make a source of an answer, and let the entry rest on it too; readers see it if and when they see the entry.

    `source` is a new row as the editor left it, `citation` the fields of the tie to the entry. Raises Refused with every
    reason, and StaleObject where somebody else handled the answer meanwhile.
    """
    reasons = _may_not_handle(by)
    if not request.is_to_handle:
        reasons.append(gettext("This answer has been handled already."))
    if request.answer == Answer.DECLINE:
        reasons.append(gettext("They made no statement: there is nothing to cite."))
    if reasons:
        raise Refused(reasons)
    source.kind, source.side = source.Kind.OFFICIAL, request.side
    source._history_user = by
    source.save()
    entry.citations.create(source=source, **citation)
    # One version more: whoever has the entry open is told that it changed.
    entry._history_user, entry._change_reason = by, "answer accepted"
    entry.save()
    confirmation.refresh(entry)
    request.source = source
    _handled(request, Outcome.ACCEPTED, by=by)
    return source


def set_aside(request, *, by):
    """Say that nothing comes of an answer; it stays on file. Raises Refused."""
    reasons = _may_not_handle(by)
    if not request.is_to_handle:
        reasons.append(gettext("This answer has been handled already."))
    if reasons:
        raise Refused(reasons)
    _handled(request, Outcome.SET_ASIDE, by=by)


def _handled(request, outcome, *, by):
    request.outcome, request.handled_by, request.handled_at = outcome, by, timezone.now()
    _save(request, by=by, reason=outcome)


def _may_not_handle(by):
    allowed = by is None or roles.is_editor(by)
    return [] if allowed else [gettext("Only an editor asks for confirmations and handles the answers.")]


def _save(request, *, by, reason):
    request._history_user, request._change_reason = by, reason
    request.save()
