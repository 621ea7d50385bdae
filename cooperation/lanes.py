"""The path of an agreement in two lanes: joint steps in the middle, each side's own beside them, and what is missing."""

import datetime
from dataclasses import dataclass, field

from cooperation.status import ActionKind, ActionSide, Status

SIDES = (ActionSide.FIRST, ActionSide.JOINT, ActionSide.SECOND)


@dataclass(frozen=True)
class Step:
    """A step as the page shows it; one without an action is still missing."""

    label: str
    side: str
    action: object = None

    @property
    def is_missing(self):
        return self.action is None


@dataclass
class Row:
    """Steps of one day, by lane, in the order of SIDES."""

    date: str
    lanes: dict = field(default_factory=lambda: {side: [] for side in SIDES})

    def cells(self):
        return [(side, self.lanes[side]) for side in SIDES]


@dataclass(frozen=True)
class Path:
    """The whole path: rows of what was done, rows of what is missing, and the days since the signature."""

    rows: list
    missing: list
    days: int | None
    standing: object


def path_of(agreement, on=None):
    """The path of an agreement as it stands on a day (today, if none is given)."""
    on = on or datetime.date.today()
    standing = agreement.standing(on)
    return Path(_done(agreement), _missing(standing), days_waiting(agreement, standing, on), standing)


def days_waiting(agreement, standing, on):
    """Days since the signature of an agreement that is signed and not in force; None for any other."""
    if standing.status != Status.SIGNED or not agreement.date_to:
        return None
    return (on - agreement.date_to).days


def _done(agreement):
    rows = {}
    for action in sorted(agreement.actions.all(), key=lambda a: (a.date_from or datetime.date.max, a.position)):
        row = rows.setdefault(action.date, Row(action.date))
        row.lanes[action.side].append(Step(action.get_kind_display(), action.side, action))
    return list(rows.values())


def _missing(standing):
    rows, joint = [], Row("")
    own = Row("")
    for side, kind in standing.missing:
        step = Step(ActionKind(kind).label, side)
        (joint if side == ActionSide.JOINT else own).lanes[side].append(step)
    if any(own.lanes.values()):
        rows.append(own)
    return [*rows, joint] if any(joint.lanes.values()) else rows
