"""The states of an entry, who may see it when, and the verbs that change it.

`public(at)` is the only name of visibility: no other code writes a state in a query. A state changes by one verb,
which checks every rule first, refuses with every reason at once, and writes history in its own transaction.
"""

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from record.bulk import insert_select


class State(models.TextChoices):
    """What an editor has said of an entry. Scheduled is published with a moment still to come."""

    DRAFT = "draft", _("draft")
    REVIEW = "in-review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Refused(Exception):
    """A verb's guards said no; `reasons` lists every sentence, in the editor's language."""

    def __init__(self, reasons):
        self.reasons = [str(reason) for reason in reasons]
        super().__init__(" ".join(self.reasons))


class PublicQuerySet(models.QuerySet):
    """A queryset that knows who may appear."""

    def public(self, at=None):
        """What a reader may see at a moment (now, if none is given)."""
        return self.filter(state=State.PUBLISHED, publish_at__lte=at or timezone.now())

    def gone(self, at=None):
        """What readers once saw and what has been withdrawn since."""
        return self.filter(state=State.WITHDRAWN, withdrawn_at__lte=at or timezone.now(), publish_at__isnull=False)


class Publishable(models.Model):
    """State, and the moments that belong to it. Written by the verbs below and by nobody else."""

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    publish_at = models.DateTimeField(_("public since"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_reason = models.TextField(_("public reason of the withdrawal"), blank=True)

    class Meta:
        abstract = True

    def is_public(self, at=None):
        """The same rule as `PublicQuerySet.public`, for a row in hand."""
        return self.state == State.PUBLISHED and self.publish_at <= (at or timezone.now())

    @property
    def is_scheduled(self):
        return self.state == State.PUBLISHED and self.publish_at > timezone.now()

    def missing_for_publication(self):
        """Sentences on what this kind of entry still lacks; a kind states its own."""
        return []


def next_moment(at):
    """When the next scheduled row becomes public by itself, after the moment `at`; None if none is scheduled."""
    models_of_it = [model for model in apps.get_models() if issubclass(model, Publishable) and not hasattr(model, "history_id")]
    found = [
        m._base_manager.filter(state=State.PUBLISHED, publish_at__gt=at).aggregate(n=models.Min("publish_at"))["n"] for m in models_of_it
    ]
    return min(filter(None, found), default=None)


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


def reasons_against_publishing(entry):
    """Every reason why an entry may not be seen by readers yet; empty when it may."""
    reasons = []
    lang = getattr(entry, "original_language", None)
    for name, sentence in (
        ("title", gettext("It has no title in its original language.")),
        ("summary", gettext("It has no summary in its original language.")),
    ):
        if hasattr(entry, name) and not getattr(entry, f"{name}_{lang}", None):
            reasons.append(sentence)
    if hasattr(entry, "citations") and not entry.citations.exists():
        reasons.append(gettext("It has no source: add at least one citation."))
    reasons += [str(reason) for reason in entry.missing_for_publication()]
    return reasons


def submit(entry, *, by):
    """Hand a draft in for review. Raises Refused."""
    _only_from(entry, {State.DRAFT}, gettext("Only a draft can be submitted for review."))
    _move(entry, State.REVIEW, by=by, reason="submit")


def publish(entry, *, by, at=None):
    """Make an entry public now, or from the moment `at` on. Raises Refused with every reason."""
    _only_from(entry, {State.DRAFT, State.REVIEW, State.PUBLISHED}, gettext("A withdrawn entry must be restored first."))
    now = timezone.now()
    if at and at > now and entry.is_public(now):
        raise Refused([gettext("It is public already: withdraw it first.")])
    if reasons := reasons_against_publishing(entry):
        raise Refused(reasons)
    for lang, _name in settings.LANGUAGES:
        setattr(entry, f"withdrawn_reason_{lang}", None)
    entry.publish_at = at or (entry.publish_at if entry.is_public(now) else now)
    _move(entry, State.PUBLISHED, by=by, reason="schedule" if entry.publish_at > now else "publish")


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


def schedule(entry, *, by, at):
    """Make an entry public from a coming moment on. Raises Refused when the moment has passed."""
    if at <= timezone.now():
        raise Refused([gettext("The moment of publication has already passed.")])
    publish(entry, by=by, at=at)


def withdraw(entry, *, by, reason):
    """Take an entry back: its address answers 410 with the reason, a text or a mapping of language to text."""
    _only_from(entry, {State.PUBLISHED}, gettext("Only a published entry can be withdrawn."))
    reasons = reason if isinstance(reason, dict) else {getattr(entry, "original_language", settings.LANGUAGE_CODE): reason}
    if not any(text.strip() for text in reasons.values()):
        raise Refused([gettext("Say in one sentence why it is withdrawn: readers will see it.")])
    if entry.is_scheduled:
        entry.publish_at = _first_seen(entry)
    for lang, text in reasons.items():
        setattr(entry, f"withdrawn_reason_{lang}", text)
    entry.withdrawn_at = timezone.now()
    _move(entry, State.WITHDRAWN, by=by, reason="withdraw")


def _first_seen(entry):
    """Since when readers saw an entry before it was scheduled anew; None if they never did."""
    now = timezone.now()
    seen = entry.history.filter(state=State.PUBLISHED, publish_at__lte=now, history_date__lte=now)
    return seen.aggregate(first=models.Min("publish_at"))["first"]


def restore(entry, *, by):
    """Bring an entry that is in review or withdrawn back to draft, where it can be worked on."""
    _only_from(entry, {State.REVIEW, State.WITHDRAWN}, gettext("Only an entry in review or withdrawn can go back to draft."))
    entry.withdrawn_at = None
    _move(entry, State.DRAFT, by=by, reason="restore")


def _only_from(entry, states, sentence):
    if entry.state not in states:
        raise Refused([sentence])


@transaction.atomic
def _move(entry, state, *, by, reason):
    entry.state = state
    entry._history_user = by
    entry._change_reason = reason
    entry.save()
