"""The verbs of publishing as an editor meets them: buttons, and sentences about what happened."""

from dataclasses import dataclass

from django.contrib import messages
from django.utils.dateparse import parse_datetime
from django.utils.timezone import get_current_timezone, is_naive, make_aware
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from record import publishing
from record.publishing import State


@dataclass(frozen=True)
class Verb:
    """A button: what it is called, and which field it needs beside it."""

    name: str
    label: str
    needs: str = ""


VERBS = {
    State.DRAFT: [
        Verb("submit", _("Save and submit for review")),
        Verb("publish", _("Save and publish")),
        Verb("schedule", _("Save and publish at"), "moment"),
    ],
    State.REVIEW: [
        Verb("publish", _("Save and publish")),
        Verb("schedule", _("Save and publish at"), "moment"),
        Verb("restore", _("Save and return to draft")),
    ],
    State.PUBLISHED: [Verb("withdraw", _("Save and withdraw"), "reason")],
    State.WITHDRAWN: [Verb("restore", _("Save and return to draft"))],
}

DONE = {
    "submit": _("Submitted for review."),
    "publish": _("Published: readers see it now."),
    "schedule": _("Scheduled: readers see it from that moment on."),
    "withdraw": _("Withdrawn: its address now says so."),
    "restore": _("Back in draft."),
}


def verbs_for(user, entry):
    """The buttons for an entry's present state; for a new one, those of a draft."""
    if entry and entry.is_scheduled:
        return [*VERBS[State.DRAFT][1:], *VERBS[State.PUBLISHED]]
    return VERBS[entry.state if entry else State.DRAFT]


def run_verb(name, entry, request):
    """Run a verb on a saved entry; (level, sentence) pairs for the editor: success, or every reason against it."""
    try:
        _perform(name, entry, request)
    except publishing.Refused as refused:
        return [(messages.ERROR, gettext("Not done: %(reason)s") % {"reason": reason}) for reason in refused.reasons]
    return [(messages.SUCCESS, str(DONE[name]))]


def _perform(name, entry, request):
    if name == "schedule":
        publishing.schedule(entry, by=request.user, at=_moment(request.POST.get("_moment", "")))
    elif name == "withdraw":
        publishing.withdraw(entry, by=request.user, reason=request.POST.get("_reason", ""))
    elif name in DONE:
        getattr(publishing, name)(entry, by=request.user)
    else:
        raise publishing.Refused([gettext("There is no such step.")])


def _moment(text):
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise publishing.Refused([gettext("Say from which day and hour readers may see it.")])
    return make_aware(moment, get_current_timezone()) if is_naive(moment) else moment
