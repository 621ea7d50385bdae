"""The states of an entry, who may see it when, and the verbs that change it.

`public(at)` is the only name of visibility: no other code writes a state in a query. A state changes by one verb,
which checks every rule first, refuses with every reason at once, and writes history in its own transaction.
"""

import datetime
from functools import cache

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from record import answers, history, letters
from record.bulk import insert_select
from record.guards import reasons_against, reasons_against_publishing

__all__ = ["reasons_against", "reasons_against_publishing"]


class State(models.TextChoices):
    """What an editor has said of an entry. Scheduled is published with a moment still to come."""

    DRAFT = "draft", _("draft")
    REVIEW = "in-review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


# How the note of a draft that was sent back begins in its history.
SENT_BACK = "send back: "


class Refused(Exception):
    """A verb's guards said no; `reasons` lists every sentence, in the editor's language."""

    def __init__(self, reasons):
        self.reasons = [str(reason) for reason in reasons]
        super().__init__(" ".join(self.reasons))


class PublicQuerySet(models.QuerySet):
    """A queryset that knows who may appear."""

    def public(self, at=None):
        """What a reader may see at a moment (now, if none is given)."""
        return self.filter(state__spelled=State.PUBLISHED, publish_at__lte=at or answers.moment())

    def scheduled(self, at=None):
        """What becomes public by itself after a moment (after now, if none is given)."""
        return self.filter(state__spelled=State.PUBLISHED, publish_at__gt=at or answers.moment())

    def drafts(self):
        """What is still being written."""
        return self.filter(state=State.DRAFT)

    def in_review(self):
        """What waits for an editor."""
        return self.filter(state=State.REVIEW)

    def withdrawn(self):
        """What stands withdrawn, whether readers ever saw it or not."""
        return self.filter(state=State.WITHDRAWN)

    def gone(self, at=None):
        """What readers once saw and what was withdrawn since, until it is public again: its address never becomes unknown.

        `publish_at` of a row that is not published tells that readers once saw it.
        """
        at = at or answers.moment()
        scheduled_anew = models.Q(state__spelled=State.PUBLISHED, publish_at__gt=at)
        unpublished = ~models.Q(state__spelled=State.PUBLISHED) & models.Q(publish_at__isnull=False)
        return self.filter(scheduled_anew | unpublished, withdrawn_at__lte=at)


class Publishable(models.Model):
    """State, and the moments that belong to it. Written by the verbs below and by nobody else."""

    # Whether its page can also be shown before readers see it, and sent to a state with the question whether it is right.
    CAN_BE_PREVIEWED = False

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    publish_at = models.DateTimeField(_("public since"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_reason = models.TextField(_("public reason of the withdrawal"), blank=True)

    class Meta:
        abstract = True

    # What only editors see; a change of these alone is told to nobody.
    FOR_EDITORS = ()

    def is_public(self, at=None):
        """The same rule as `PublicQuerySet.public`, for a row in hand."""
        return self.state == State.PUBLISHED and self.publish_at <= (at or answers.present())

    @property
    def is_unpublished(self):
        """Whether readers are yet to see it: a draft, in review, or scheduled; not what was withdrawn."""
        return self.state in {State.DRAFT, State.REVIEW} or self.is_scheduled

    @property
    def is_scheduled(self):
        return self.state == State.PUBLISHED and self.publish_at > answers.present()

    @property
    def is_draft(self):
        return self.state == State.DRAFT

    @property
    def is_in_review(self):
        return self.state == State.REVIEW

    @property
    def is_withdrawn(self):
        return self.state == State.WITHDRAWN

    def missing_for_publication(self):
        """Sentences on what this kind of entry still lacks; a kind states its own."""
        return []


@cache
def lettered_models():
    """{letter: model} of everything that is published and withdrawn, by the letter of its numbers."""
    return {model.LETTER: model for model in apps.get_models() if issubclass(model, Publishable) and not hasattr(model, "history_id")}


def standing(state, at=None):
    """The condition under which an editor says that a row is in a state; “scheduled” is apart from “published”."""
    at = at or answers.moment()
    if state == "scheduled":
        return models.Q(state__spelled=State.PUBLISHED, publish_at__gt=at)
    return models.Q(state__spelled=State.PUBLISHED, publish_at__lte=at) if state == State.PUBLISHED else models.Q(state=state)


def in_use():
    """The condition that a row is still meant to be read, now or one day: all but what was withdrawn."""
    return ~models.Q(state=State.WITHDRAWN)


def next_moment(at):
    """When the next scheduled row becomes public by itself, after the moment `at`; None if none is scheduled."""
    asked, first = connection.ops.adapt_datetimefield_value(at), _first_scheduled()
    with connection.cursor() as cursor:
        cursor.execute(first, [asked] * first.count("%s"))
        found = [moment for (moment,) in cursor.fetchall() if moment is not None]
    return min((_moment(moment) for moment in found), default=None)


@cache
def _first_scheduled():
    """One statement for the first scheduled row of every kind. Put together once: it is asked after every commit."""
    tables = [connection.ops.quote_name(model._meta.db_table) for model in lettered_models().values()]
    return " UNION ALL ".join(
        f"SELECT MIN(publish_at) FROM {table} WHERE state = '{State.PUBLISHED}' AND publish_at > %s" for table in tables
    )


def _moment(stored):
    """A moment as a database gives it: SQLite has only text, in UTC."""
    return stored if isinstance(stored, datetime.datetime) else parse_datetime(stored).replace(tzinfo=datetime.UTC)


def state_constraints(kind):
    """The database refuses a published row without its moment and a withdrawn one without its own."""
    return [
        models.CheckConstraint(condition=models.Q(state__in=State.values), name=f"{kind}_state_is_known"),
        models.CheckConstraint(
            condition=~models.Q(state=State.PUBLISHED) | models.Q(publish_at__isnull=False),
            name=f"{kind}_published_has_its_moment",
        ),
        models.CheckConstraint(
            condition=~models.Q(state=State.WITHDRAWN) | models.Q(withdrawn_at__isnull=False),
            name=f"{kind}_withdrawn_has_its_moment",
        ),
    ]


def add_published(model, *, select, params=(), columns, at=None):
    """Add rows that readers see at once, from a query (see `insert_select`); returns how many.

    For kinds of which publication asks nothing beyond what the database checks: a draft of them could be published as it
    is. Who did it is kept by the caller, in a row of its own and in the same transaction; a first version of each row is
    written down when the row is first changed.
    """
    if hasattr(model, "citations") or model.missing_for_publication is not Publishable.missing_for_publication:
        raise TypeError(f"{model.__name__} is published one by one, by publish().")
    given = {"state": State.PUBLISHED, "publish_at": at or timezone.now(), "version": 1}
    return insert_select(model, select=select, params=params, columns=columns, given=given)


def submit(entry, *, by):
    """Hand a draft in for review. Raises Refused."""
    _refuse(reasons_against("submit", entry, by=by))
    _move(entry, State.REVIEW, by=by, verb="submit")


def publish(entry, *, by, at=None):
    """Make an entry public now, or from the moment `at` on. Raises Refused with every reason."""
    now = timezone.now()
    if at and at > now:
        schedule(entry, by=by, at=at)
        return
    _refuse(reasons_against("publish", entry, by=by))
    _forget_withdrawal(entry)
    entry.publish_at = at or now
    _move(entry, State.PUBLISHED, by=by, verb="publish")


def schedule(entry, *, by, at):
    """Make an entry public from a coming moment on, or move that moment. Raises Refused with every reason.

    What readers once saw says until then that it was withdrawn, and why.
    """
    _refuse(reasons_against("schedule", entry, by=by, at=at))
    entry.publish_at = at
    _move(entry, State.PUBLISHED, by=by, verb="schedule")


def unschedule(entry, *, by):
    """Take an entry off the schedule, back to draft. Raises Refused."""
    _refuse(reasons_against("unschedule", entry, by=by))
    entry.publish_at = first_seen(entry)
    _move(entry, State.DRAFT, by=by, verb="unschedule")


def withdraw(entry, *, by, reason):
    """Take an entry back: its address answers 410 with the reason, a text or a mapping of language to text. Raises Refused."""
    reasons = reason if isinstance(reason, dict) else {getattr(entry, "original_language", settings.LANGUAGE_CODE): reason}
    _refuse(reasons_against("withdraw", entry, by=by, reason=reasons))
    if entry.is_scheduled:
        entry.publish_at = first_seen(entry)
    _forget_withdrawal(entry)
    for lang, text in reasons.items():
        setattr(entry, f"withdrawn_reason_{lang}", text)
    entry.withdrawn_at = timezone.now()
    _move(entry, State.WITHDRAWN, by=by, verb="withdraw")


def send_back(entry, *, by, note):
    """Return an entry in review to its author, with a note on what is to be done. Raises Refused."""
    _refuse(reasons_against("send_back", entry, by=by, note=note))
    _move(entry, State.DRAFT, by=by, verb="send_back", note=note.strip())


def restore(entry, *, by):
    """Bring an entry that is in review or withdrawn back to draft, where it can be worked on. Raises Refused.

    What readers once saw goes on saying that it was withdrawn, and why, until it is public again.
    """
    _refuse(reasons_against("restore", entry, by=by))
    if entry.publish_at is None:
        _forget_withdrawal(entry)
    _move(entry, State.DRAFT, by=by, verb="restore")


def note_to_author(entry):
    """What an editor asked for when the draft was last sent back; '' once it is submitted again, or where nothing was asked."""
    if not entry.is_draft:
        return ""
    steps = entry.history.filter(history_change_reason__isnull=False).exclude(history_change_reason="")
    last = steps.order_by("-history_date", "-history_id").values_list("history_change_reason", flat=True).first() or ""
    return last.removeprefix(SENT_BACK) if last.startswith(SENT_BACK) else ""


def first_seen(entry):
    """Since when readers could see an entry for the first time; None if they never did."""
    versions = [*entry.history.order_by("history_date", "history_id").values_list("history_date", "state", "publish_at")]
    ends = [begun for begun, _state, _moment in versions[1:]] + [timezone.now()]
    seen = [max(begun, moment) for (begun, state, moment), end in zip(versions, ends, strict=True) if _was_seen(state, moment, end)]
    return min(seen, default=None)


def _was_seen(state, moment, end):
    """Whether a version that said this was public before it ended."""
    return state == State.PUBLISHED and moment <= end


def _forget_withdrawal(entry):
    entry.withdrawn_at = None
    for lang, _name in settings.LANGUAGES:
        setattr(entry, f"withdrawn_reason_{lang}", None)


def _refuse(reasons):
    if reasons:
        raise Refused(reasons)


def _move(entry, state, *, by, verb, note=""):
    with history.version(by=by, verb=verb):
        entry.state = state
        entry._history_user = by
        entry._change_reason = f"{SENT_BACK}{note}" if note else verb
        entry.save()
        letters.announce(verb, entry, by=by)
