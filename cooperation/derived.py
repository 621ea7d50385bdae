"""Columns of an agreement that follow from its actions: stored for filters and order, computed here only."""

import datetime

from cooperation.models import Agreement
from cooperation.status import ActionKind, Status

ENDINGS = {Status.TERMINATED, Status.EXPIRED, Status.REPLACED}


def derived_of(agreement, on=None):
    """Every derived column of an agreement on a day (today, if none is given), from its actions."""
    actions = list(agreement.actions.all())
    standing = agreement.standing(on or datetime.date.today())
    entered = [a for a in actions if a.kind == ActionKind.IN_FORCE and a.as_step().day]
    in_force = min((a.as_step().day for a in entered), default=None)
    if in_force is None and standing.status == Status.IN_FORCE and standing.rests_on.date:
        in_force = standing.rests_on.day
    return {
        "status": standing.status,
        "status_since": standing.since,
        "in_force_from": in_force,
        "ended_on": standing.rests_on.day if standing.status in ENDINGS else None,
    }


def refresh_agreement(agreement):
    """Store what follows from the actions, and the date of the first signature as the agreement's own date."""
    signed = sorted((a for a in agreement.actions.all() if a.kind == ActionKind.SIGNED and a.date), key=lambda a: a.date_from)
    if signed and agreement.date != signed[0].date:
        agreement.date = signed[0].date
        agreement.save()
    columns = derived_of(agreement)
    Agreement._base_manager.filter(pk=agreement.pk).update(**columns)
    for name, value in columns.items():
        setattr(agreement, name, value)


def wrongly_derived():
    """(agreement, column, what it should be) for every stored value that disagrees with the rule."""
    for agreement in Agreement._base_manager.prefetch_related("actions"):
        for name, value in derived_of(agreement).items():
            if getattr(agreement, name) != value:
                yield agreement, name, value
