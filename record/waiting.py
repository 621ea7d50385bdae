"""The queues of the ground floor: what waits among entries of every kind, sources and disagreements.

Which rows of a person's own came back to the person is read from history: it says who wrote a row first and who handed it in.
"""

import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from record import doubles, queues, roles
from record.linkcheck import keeping
from record.models import Confirmation, Disagreement, DisagreementValue, Source
from record.publishing import State, in_use, standing
from record.queues import Queue

# After so many days an entry is compared with its sources again.
LOOKED_AT_EVERY = datetime.timedelta(days=365)


def register_all():
    """The queues themselves, and what waits in the tables that every record has."""
    _name_queues()
    queues.wait("undecided", Disagreement, lambda user: _without_preference() & _without_assessment())
    queues.wait("dead-links", Source, keeping.waiting)


def entries(*models):
    """Called by each app for its kinds of entry: everything that waits among entries."""
    published(*models)
    for model in models:
        queues.wait("stale", model, _stale)
        queues.wait("doubles", model, _doubles(model))


def published(*models):
    """Called by each app for whatever is published by verbs: what its states and its sources make wait."""
    for model in models:
        _states(model)
        if hasattr(model, "confirmation"):
            _sources(model)


def _name_queues():
    for name, label, hint in (
        ("review", _("To review"), _("Handed in by an author: read it, then publish it or send it back.")),
        ("returned", _("Returned to me"), _("You handed these in, and they came back: mend them and hand them in again.")),
        ("drafts", _("My drafts"), _("Begun by you and not yet handed in.")),
        ("scheduled", _("Scheduled"), _("Readers see these from their moment on; nobody has to do anything.")),
        ("unsourced", _("Without source, or with one side only"), _("Look for a source of the side that says nothing yet.")),
        ("dead-links", _("Dead source links"), _("Failed on two different days: name an archived address, or say that it is fine.")),
        ("not-in-force", _("Signed over a year ago and not in force"), _("Look whether the missing step has been taken meanwhile.")),
        ("stale", _("Not looked at for a year"), _("Compare with the sources, then choose “Checked today”.")),
        ("undecided", _("Disagreement with neither a preferred value nor a reason"), _("Prefer one value, or say why none is preferred.")),
        ("doubles", _("Likely duplicates"), _("Keep one of the two, or say that they are different.")),
    ):
        queues.register(Queue(name, label, hint))


def _states(model):
    queues.wait("review", model, lambda user: standing(State.REVIEW))
    queues.wait("scheduled", model, lambda user: standing("scheduled"), next_at="publish_at")
    queues.wait("returned", model, lambda user: standing(State.DRAFT) & _written_by(model, user) & _handed_in(model))
    queues.wait("drafts", model, lambda user: standing(State.DRAFT) & _written_by(model, user) & ~_handed_in(model))


def _written_by(model, user):
    first = model.history.model.objects.filter(history_type="+", history_user_id=user.pk)
    return Q(Exists(first.filter(**{model._meta.pk.name: OuterRef("pk")})))


def _handed_in(model):
    handed = model.history.model.objects.filter(history_change_reason="submit")
    return Q(Exists(handed.filter(**{model._meta.pk.name: OuterRef("pk")})))


def _sources(model):
    queues.wait("unsourced", model, lambda user: in_use() & Q(confirmation=Confirmation.NONE), key="no-source", label=_("no source"))
    queues.wait("unsourced", model, lambda user: in_use() & Q(confirmation=Confirmation.ONE), key="one-side", label=_("one side only"))


def _stale(user):
    """Readers see it, and nobody has compared it with its sources for a year; what never was counts from its entry."""
    before = timezone.localdate() - LOOKED_AT_EVERY
    return standing(State.PUBLISHED) & (Q(checked_on__lt=before) | Q(checked_on__isnull=True, created_at__date__lt=before))


def _doubles(model):
    """For editors: whoever sees own entries only is told at entry, of those that he may see."""
    return lambda user: doubles.waiting(model) if roles.is_editor(user) else Q(pk__in=())


def _without_preference():
    return ~Q(Exists(DisagreementValue.objects.filter(disagreement=OuterRef("pk"), preferred=True)))


def _without_assessment():
    empty = Q()
    for lang, _name in settings.LANGUAGES:
        empty &= Q(**{f"assessment_{lang}__isnull": True}) | Q(**{f"assessment_{lang}": ""})
    return empty
