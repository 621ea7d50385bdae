"""What follows from an agreement's steps, stored for filters and order and computed here only: its phases and its date."""

from django.db import transaction

from cooperation import status as rule
from cooperation.models import Agreement, AgreementPhase
from cooperation.status import ActionKind
from record.history import snapshots


def phases_of(agreement):
    """The phases of an agreement by the rule, not stored."""
    found = rule.phases(agreement.steps(), **agreement.terms)
    return [AgreementPhase(agreement=agreement, status=now.status, since=now.since, first=first, last=last) for first, last, now in found]


@transaction.atomic
def refresh_agreement(agreement):
    """Store what follows from the steps, and the date of the first signature as the agreement's own date."""
    signed = sorted((a for a in agreement.actions.all() if a.kind == ActionKind.SIGNED and a.date), key=lambda a: a.date_from)
    if signed and agreement.date != signed[0].date:
        agreement.date = signed[0].date
        agreement.save()
    fresh = phases_of(agreement)
    if _said(agreement.phases.all()) != _said(fresh):
        agreement.phases.all().delete()
        AgreementPhase.objects.bulk_create(fresh)
    agreement.__dict__.pop("status", None)


def as_of(agreement, day):
    """An agreement in memory, with the phases that follow from the steps that it holds, looked at as of a day."""
    agreement.on_day, phases = day, phases_of(agreement)
    snapshots.put(agreement, "phases", phases)
    agreement.phase = next((phase for phase in phases if phase.first <= day and (phase.last is None or phase.last >= day)), None)
    return agreement


def wrongly_derived():
    """(agreement, what is stored, what the rule says) for every agreement whose stored phases disagree with the rule."""
    for agreement in Agreement._base_manager.prefetch_related("actions__sources", "phases"):
        stored, fresh = _said(agreement.phases.all()), _said(phases_of(agreement))
        if stored != fresh:
            yield agreement, stored, fresh


def _said(phases):
    return [(phase.status, phase.since, phase.first, phase.last) for phase in phases]
