"""The path of an agreement in two lanes: joint steps in the middle, each side's own beside them, and what is missing."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cooperation.status import ActionKind, ActionSide, Status

# A step that is still missing is named as a thing to come, never as a thing done.
TO_COME = {
    ActionKind.GOVERNMENT_APPROVAL: _("approval by the government or the president"),
    ActionKind.PARLIAMENT_APPROVAL: _("approval by parliament"),
    ActionKind.RATIFIED: _("ratification"),
    ActionKind.NOTICE_COMPLETE: _("notice that internal procedures are complete"),
    ActionKind.IN_FORCE: _("entry into force"),
}
LANES = {ActionSide.FIRST: "first", ActionSide.JOINT: "joint", ActionSide.SECOND: "second"}


@dataclass(frozen=True)
class Step:
    """A step as the page shows it, in its lane; one without an action is still missing."""

    label: str
    side: str
    action: object = None

    @property
    def lane(self):
        return LANES[self.side]

    @property
    def is_missing(self):
        return self.action is None


@dataclass(frozen=True)
class Path:
    """What was done, then what is missing; the days since the signature, while it waits; and how it stands."""

    steps: list
    days: int | None
    standing: object

    @property
    def by_side(self):
        """(side, its steps taken, its steps missing) of the two states."""
        rows = []
        for side in (ActionSide.FIRST, ActionSide.SECOND):
            own = [step for step in self.steps if step.side == side]
            rows.append((side, [s for s in own if not s.is_missing], [s for s in own if s.is_missing]))
        return rows

    @property
    def missing_sides(self):
        """The sides whose own steps are missing."""
        sides = dict.fromkeys(step.side for step in self.steps if step.is_missing)
        return [side for side in sides if side != ActionSide.JOINT]

    @property
    def idle_sides(self):
        """The sides of which no step at all is on record."""
        taken = {step.side for step in self.steps if not step.is_missing}
        return [side for side in self.missing_sides if side not in taken]


def path_of(agreement, on=None):
    """The path of an agreement as it stands on a day (today, if none is given)."""
    on = on or datetime.date.today()
    standing = agreement.standing(on)
    order = sorted(agreement.actions.all(), key=lambda a: (a.date_from or datetime.date.max, a.position))
    done = [Step(action.get_kind_display(), action.side, action) for action in order]
    missing = [Step(TO_COME[kind], side) for side, kind in standing.missing]
    waits = standing.status == Status.SIGNED
    return Path(done + missing, agreement.days_waiting(on) if waits else None, standing)
