"""The published rule: what an agreement's dated actions say of it on a given day.

A pure function, so that it can be tested as a table and asked about any day. Dates known only to the month or year
count from their last possible day: the rule never claims force earlier than the sources prove.
"""

import datetime
from dataclasses import dataclass, field, replace

from django.db import models
from django.utils.translation import gettext_lazy as _

from cooperation.steps import PER_SIDE, Action, ActionKind, ActionSide, EntryIntoForce
from cooperation.terms import Renewal, Term

ONE_DAY = datetime.timedelta(days=1)
NO_TERM = Term()


class Status(models.TextChoices):
    """What a reader is told. Computed, never typed."""

    NEGOTIATED = "being-negotiated", _("being negotiated")
    SIGNED = "signed-not-in-force", _("signed, not in force")
    PROVISIONAL = "provisionally-applied", _("provisionally applied")
    IN_FORCE = "in-force", _("in force")
    SUSPENDED = "suspended", _("suspended")
    TERMINATED = "terminated", _("terminated")
    EXPIRED = "expired", _("expired")
    REPLACED = "replaced", _("replaced")
    POLITICAL = "no-entry-into-force", _("political document, not subject to entry into force")
    UNKNOWN = "not-known", _("not known")


@dataclass(frozen=True)
class Standing:
    """The answer: the status, since when (EDTF), by which action, and what is missing from which side."""

    status: str
    since: str = ""
    rests_on: Action | None = None
    missing: tuple = field(default=())


_AWAITING_CLAUSES = {EntryIntoForce.LAST_NOTICE, EntryIntoForce.RATIFICATION}

# An ending outranks force, and force outranks signature, whatever the order in which rows were typed.
_ENDINGS = {
    ActionKind.REPLACED: Status.REPLACED,
    ActionKind.TERMINATED: Status.TERMINATED,
    ActionKind.EXPIRED: Status.EXPIRED,
    ActionKind.NOTICE_TERMINATION: Status.TERMINATED,
}
# What a side does on the way to entry into force.
_APPROVALS = frozenset(PER_SIDE) - {ActionKind.NOTICE_TERMINATION}


def standing(actions, *, on, binding="unclear", entry_into_force=EntryIntoForce.UNKNOWN, term=NO_TERM):
    """What an agreement is on the day `on`, from its actions and clauses alone.

    1. Replaced, terminated or expired by that day: that is what it is; a notice of termination counts from its effect,
       where the sources or the clauses on notice and renewal give it.
    2. Its term over, by the last day that it names or by its duration from its entry into force: expired, unless it
       renews itself or was extended; where the duration is over and no clause on renewal is known, it is not known.
    3. Suspended and not resumed since: suspended.
    4. Signed, and entered into force by that day, or signed by both where the text says "on signature", or both notices
       that internal procedures are complete received, unless the text asks for something else: in force.
    5. Provisionally applied and not ended: provisionally applied.
    6. Signed: a political document (not binding, or without a clause that could bring it into force) enters into
       nothing; one that awaits steps (its clause asks for them, one side alone has taken them, or one of them is dated
       later) is signed and not in force, and each side's missing step is named; of any other, also of one that both sides approved without word of
       its entry into force, it is not known whether it is in force, and the rule says just that.
    7. Initialled only: being negotiated. Nothing dated at all: not known.
    """
    clause = _clause(binding, entry_into_force)
    actions = _with_effects(actions, clause, term)
    done = _done_by(actions, on)
    signed = _signature(actions, done)
    later = [a for a in actions if a.day and a.day > on]
    answer = _suspended(done) or _in_force(done, signed, clause, later) or _provisional(done)
    answer = answer or _signed(signed, done, later, clause) or _before_signature(done)
    return _ended(done) or _run_out(answer, _term_end(actions, on, clause, term), term, on) or answer


def phases(actions, *, binding="unclear", entry_into_force=EntryIntoForce.UNKNOWN, term=NO_TERM):
    """What an agreement was and will be, as (first day, last day or None, standing) rows that cover all days without a gap.

    What lies ahead follows from the steps and clauses known today.
    """
    clause = _clause(binding, entry_into_force)
    turns = {datetime.date.min, *(a.day for a in _placed(_with_effects(actions, clause, term)) if a.day)}
    ends = {_term_end(actions, day, clause, term) for day in turns} - {None, datetime.date.max}
    rows = []
    for day in sorted(turns | {end + ONE_DAY for end in ends}):
        now = standing(actions, on=day, binding=binding, entry_into_force=entry_into_force, term=term)
        if not rows or (now.status, now.since) != (rows[-1][1].status, rows[-1][1].since):
            rows.append((day, now))
    lasts = [first - ONE_DAY for first, _standing in rows[1:]] + [None]
    return [(first, last, now) for (first, now), last in zip(rows, lasts, strict=True)]


def term_end(actions, on, *, binding="unclear", entry_into_force=EntryIntoForce.UNKNOWN, term=NO_TERM):
    """The last day of the term as it is known on a day, extensions included; None where nothing says it."""
    return _term_end(actions, on, _clause(binding, entry_into_force), term)


def _clause(binding, entry_into_force):
    """What the text says of its entry into force; nothing brings a document into force that does not bind."""
    return EntryIntoForce.NOT_APPLICABLE if binding == "no" else entry_into_force


def _term_end(actions, on, clause, term):
    done = _done_by(actions, on)
    signed = _signature(actions, done)
    force = _in_force(done, signed, clause, [])
    if not (signed or force):
        return None
    start = force.rests_on.day if force and force.rests_on.date else None
    extended = sum(a.kind == ActionKind.EXTENDED for a in done)
    return term.last_day(start, extended)


def _with_effects(actions, clause, term):
    """A notice of termination whose effect no source gives takes effect by the clauses, where they say when."""
    notices = [a for a in actions if a.kind == ActionKind.NOTICE_TERMINATION and a.day and not a.has_effect]
    if not notices:
        return actions
    end = _term_end(actions, datetime.date.max, clause, term)
    effects = {id(a): term.effect_of_notice(a.day, end) for a in notices}
    return [replace(a, day=effect, date=effect.isoformat(), has_effect=True) if (effect := effects.get(id(a))) else a for a in actions]


def _run_out(answer, end, term, on):
    if end is None or on <= end or term.renewal == Renewal.AUTOMATIC:
        return None
    return Standing(Status.EXPIRED if term.expires else Status.UNKNOWN, (end + ONE_DAY).isoformat(), answer.rests_on)


def _done_by(actions, on):
    """Steps taken by the day `on`, in order."""
    return sorted((a for a in _placed(actions) if a.day and a.day <= on), key=lambda a: (a.day, str(a.key)))


def _placed(actions):
    """The steps, one of unknown date from the day by which a source reports it, or from the last dated step on record."""
    known = max((a.day for a in actions if a.day), default=datetime.date.min)
    return [a if a.day or a.kind == ActionKind.SIGNED else replace(a, day=a.known_by or known) for a in actions]


def _last(done, *kinds):
    return next((a for a in reversed(done) if a.kind in kinds), None)


def _ended(done):
    ending = _last([a for a in done if a.kind != ActionKind.NOTICE_TERMINATION or a.has_effect], *_ENDINGS)
    revived = _last(done, ActionKind.EXTENDED, ActionKind.IN_FORCE)
    if ending and not (revived and (revived.first or revived.day) > ending.day):
        return Standing(_ENDINGS[ending.kind], ending.date, ending)
    return None


def _suspended(done):
    last = _last(done, ActionKind.SUSPENDED, ActionKind.RESUMED)
    return Standing(Status.SUSPENDED, last.date, last) if last and last.kind == ActionKind.SUSPENDED else None


def _signature(actions, done):
    """The step that completed the signature, or None: notes are exchanged on two days, and count from the second."""
    signatures = [a for a in actions if a.kind == ActionKind.SIGNED]
    if any(a.day and a not in done for a in signatures):
        return None
    return _last(done, ActionKind.SIGNED) or next(iter(signatures), None)


def _in_force(done, signed, clause, later):
    if any(a.kind == ActionKind.SIGNED for a in later):
        return None
    entered = _last(done, ActionKind.IN_FORCE)
    if not entered and signed and signed.day and clause == EntryIntoForce.SIGNATURE:
        entered = signed
    if not entered and signed and clause in (EntryIntoForce.LAST_NOTICE, EntryIntoForce.UNKNOWN):
        entered = _last_notice(done)
    return Standing(Status.IN_FORCE, entered.date, entered) if entered else None


def _last_notice(done):
    """The later of the two sides' first notices; None until both are there. A notice that is repeated changes nothing."""
    first = {}
    for notice in (a for a in done if a.kind == ActionKind.NOTICE_COMPLETE):
        first.setdefault(notice.side, notice)
    return max(first.values(), key=lambda a: a.day) if len(first) == len((ActionSide.FIRST, ActionSide.SECOND)) else None


def _provisional(done):
    last = _last(done, ActionKind.PROVISIONAL_BEGINS, ActionKind.PROVISIONAL_ENDS)
    begun = last and last.kind == ActionKind.PROVISIONAL_BEGINS
    return Standing(Status.PROVISIONAL, last.date, last) if begun else None


def _signed(signature, done, later, clause):
    if not signature:
        return None
    if clause == EntryIntoForce.NOT_APPLICABLE:
        return Standing(Status.POLITICAL, signature.date, signature)
    approved = {a.side for a in done if a.kind in _APPROVALS}
    still_to_come = any(a.kind in _APPROVALS or a.kind == ActionKind.IN_FORCE for a in later)
    if clause in _AWAITING_CLAUSES or len(approved) == 1 or still_to_come:
        return Standing(Status.SIGNED, signature.date, signature, missing_steps(done, clause))
    return Standing(Status.UNKNOWN, signature.date, signature)


def _before_signature(done):
    initialled = _last(done, ActionKind.INITIALLED)
    return Standing(Status.NEGOTIATED, initialled.date, initialled) if initialled else Standing(Status.UNKNOWN)


def missing_steps(done, clause):
    """What still has to happen, as (side, kind) pairs, from what each side has done.

    A ratified step or a notice covers the approvals before it. Where the clause is not known, no notice is asked for:
    a side of which no step at all is on record lacks the approval that the other one gave, and the entry into force is
    missing jointly.
    """
    awaited = {
        EntryIntoForce.RATIFICATION: ActionKind.RATIFIED,
        EntryIntoForce.LAST_NOTICE: ActionKind.NOTICE_COMPLETE,
    }.get(clause)
    by_parliament = {ActionKind.PARLIAMENT_APPROVAL, ActionKind.LAW_SIGNED, ActionKind.RATIFIED} & {a.kind for a in done}
    approval = ActionKind.PARLIAMENT_APPROVAL if awaited or by_parliament else ActionKind.GOVERNMENT_APPROVAL
    missing = []
    for side in (ActionSide.FIRST, ActionSide.SECOND):
        taken = {a.kind for a in done if a.side == side}
        if not taken & _APPROVALS:
            missing.append((side, approval))
        if awaited and awaited not in taken:
            missing.append((side, awaited))
    missing.append((ActionSide.JOINT, ActionKind.IN_FORCE))
    return tuple(missing)
