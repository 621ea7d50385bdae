"""Steps of an agreement that cannot all be right, told to its editor. The status rule answers all the same."""

from django.utils.translation import gettext as _

from cooperation.status import ActionKind, ActionSide
from record import durations
from record.dates import spoken

ENDINGS = (ActionKind.TERMINATED, ActionKind.EXPIRED, ActionKind.REPLACED)
# What cannot happen before the other has.
FOLLOWS = {
    ActionKind.IN_FORCE: (ActionKind.SIGNED,),
    ActionKind.RATIFIED: (ActionKind.SIGNED,),
    ActionKind.NOTICE_COMPLETE: (ActionKind.SIGNED,),
    ActionKind.NOTICE_TERMINATION: (ActionKind.SIGNED,),
    ActionKind.PROVISIONAL_ENDS: (ActionKind.PROVISIONAL_BEGINS,),
    ActionKind.RESUMED: (ActionKind.SUSPENDED,),
    ActionKind.SUSPENDED: (ActionKind.SIGNED,),
    ActionKind.AMENDED: (ActionKind.SIGNED,),
    ActionKind.TERMINATED: (ActionKind.SIGNED,),
    ActionKind.REPLACED: (ActionKind.SIGNED,),
    ActionKind.EXPIRED: (ActionKind.SIGNED,),
}


def contradictions(actions, *, binding="unclear", term=None):
    """Every contradiction among steps as a sentence, in the editor's language; [] where there is none.

    Only known days contradict each other: a step without a day is never held against another.
    """
    found = [*_out_of_order(actions), *_said_twice(actions), *_after_the_end(actions)]
    if binding == "no" and any(a.kind == ActionKind.IN_FORCE for a in actions):
        found.append(_("It is entered as not legally binding, and yet as having entered into force."))
    signed = min((a.day for a in actions if a.kind == ActionKind.SIGNED and a.day), default=None)
    if term and term.stated_end and signed and term.stated_end < signed:
        found.append(_("Its stated end lies before its signature."))
    entered = min((a.day for a in actions if a.kind == ActionKind.IN_FORCE and a.day), default=None)
    if term and term.stated_end and term.duration and entered and durations.after(entered, term.duration).year != term.stated_end.year:
        found.append(_("Its stated end is another one than its duration gives."))
    return found


def _out_of_order(actions):
    for action in actions:
        for kind in FOLLOWS.get(action.kind, ()):
            firsts = [a.day for a in actions if a.kind == kind]
            if action.day and firsts and all(firsts) and action.day < min(firsts):
                words = {"later": _name(action), "date": spoken(action.date), "earlier": ActionKind(kind).label}
                yield _("“%(later)s” (%(date)s) lies before “%(earlier)s”.") % words


def _said_twice(actions):
    """Steps that are taken once, and once by each side, with different days."""
    for kind in (ActionKind.IN_FORCE, ActionKind.TERMINATED, ActionKind.RATIFIED, ActionKind.REPLACED):
        for side in ActionSide:
            days = {a.day for a in actions if a.kind == kind and a.side == side and a.day}
            if len(days) > 1:
                yield _("“%(step)s” is entered with different days.") % {"step": ActionKind(kind).label}


def _after_the_end(actions):
    """Life after an ending that nothing prolonged."""
    ends = [a for a in actions if a.kind in ENDINGS and a.day]
    for end in ends[:1]:
        later = [a for a in actions if a.day and a.day > end.day and a.kind not in (*ENDINGS, ActionKind.REGISTERED)]
        revived = any(a.kind in (ActionKind.EXTENDED, ActionKind.IN_FORCE) for a in later)
        if later and not revived:
            yield _("“%(later)s” follows “%(end)s”.") % {"later": _name(later[0]), "end": _name(end)}


def _name(action):
    return ActionKind(action.kind).label


def contradictions_of(agreement):
    """The same for an agreement with its steps and clauses as they are stored."""
    return contradictions(agreement.steps(), binding=agreement.binding, term=agreement.term)
