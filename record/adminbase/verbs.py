"""The verbs of publishing as an editor meets them: buttons, and sentences about what happened."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from record import dates, publishing, rights
from record.adminbase import reasons
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
        Verb("send_back", _("Save and send back"), "note"),
    ],
    State.PUBLISHED: [Verb("withdraw", _("Save and withdraw"), "reason")],
    State.WITHDRAWN: [Verb("restore", _("Save and return to draft"))],
}
SCHEDULED = [
    Verb("publish", _("Save and publish now")),
    Verb("schedule", _("Save and move to"), "moment"),
    Verb("unschedule", _("Save and take off the schedule")),
]

DONE = {
    "submit": _("Submitted for review."),
    "publish": _("Published: readers see it now."),
    "schedule": _("Scheduled: readers see it from that moment on."),
    "unschedule": _("Taken off the schedule: it is a draft again."),
    "withdraw": _("Withdrawn: its address now says so."),
    "send_back": _("Sent back to its author with your note."),
    "restore": _("Back in draft."),
}

REFUSED = {
    "submit": _("Not submitted for review: %(reason)s"),
    "publish": _("Not published: %(reason)s"),
    "schedule": _("Not scheduled: %(reason)s"),
    "unschedule": _("Not taken off the schedule: %(reason)s"),
    "withdraw": _("Not withdrawn: %(reason)s"),
    "send_back": _("Not sent back: %(reason)s"),
    "restore": _("Not returned to draft: %(reason)s"),
}


def verbs_for(user, entry):
    """The buttons that a person may press for an entry in its present state; for a new one, those of a draft."""
    if entry is None:
        return [verb for verb in VERBS[State.DRAFT] if _may_press_at_once(verb, user)]
    if not rights.may_change(user, entry):
        return []
    verbs = SCHEDULED if entry.is_scheduled else VERBS[entry.state]
    return [verb for verb in verbs if not rights.against(verb.name, entry, user)]


def _may_press_at_once(verb, user):
    return rights.may_take_step(verb.name, user) and (verb.name == "submit" or not settings.FOUR_EYES)


def run_verb(name, entry, request):
    """Run a verb on a saved entry; the level and the words for the editor: success, or every reason against it."""
    try:
        if name not in DONE:
            raise publishing.Refused([gettext("There is no such step.")])
        getattr(publishing, name)(entry, by=request.user, **said_with(name, request.POST))
    except publishing.Refused as refused:
        return messages.ERROR, str(REFUSED.get(name, _("Not done: %(reason)s"))) % {"reason": " ".join(refused.reasons)}
    return messages.SUCCESS, str(DONE[name])


def saved_as(entry):
    """What became of a form whose step was refused: it was saved all the same."""
    return gettext("Saved as a draft.") if entry.is_draft else gettext("Saved.")


def said_with(name, post):
    """What was said with a verb: the moment, the reason for readers (by language, or a text in the original one), or the note."""
    said = {
        "schedule": lambda: {"at": _moment(post.get("_moment", ""))},
        "withdraw": lambda: {"reason": reasons.given(post, reasons.WITHDRAWAL) or post.get("_reason", "")},
        "send_back": lambda: {"note": post.get("_note", "")},
    }
    return said[name]() if name in said else {}


def _moment(text):
    """A moment of the site's clock; None where none is named, or none that there is."""
    try:
        moment = parse_datetime(text)
        # Compared and stored in UTC: the ends of the calendar have none.
        return moment and (timezone.make_aware(moment) if timezone.is_naive(moment) else moment).astimezone(timezone.get_default_timezone())
    except (ValueError, OverflowError):
        return None


def moment_in_words(moment):
    """A moment of the site's clock, with the name of its zone."""
    here = timezone.localtime(moment)
    return f"{dates.spoken(here.date().isoformat())}, {here:%H:%M} ({zone(here)})"


def zone(moment=None):
    """The site's time zone as an editor knows it: its name, and how far it is from UTC."""
    offset = (moment or timezone.localtime()).strftime("%z")
    return f"{settings.TIME_ZONE}, UTC{offset[:3]}:{offset[3:]}"
