"""The published rule: what an agreement's dated actions say of it on a given day.

A pure function, so that it can be tested as a table and asked about any day. Dates known only to the month or year
count from their last possible day: the rule never claims force earlier than the sources prove.
"""

import datetime
from dataclasses import dataclass, field, replace

from django.db import models
from django.utils.translation import gettext_lazy as _

from cooperation.terms import Renewal, Term
from record.pair import Side

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


class ActionKind(models.TextChoices):
    """A step in an agreement's life."""

    INITIALLED = "initialled", _("initialled")
    SIGNED = "signed", _("signed")
    PROVISIONAL_BEGINS = "provisional-application-begins", _("provisional application begins")
    PROVISIONAL_ENDS = "provisional-application-ends", _("provisional application ends")
    GOVERNMENT_APPROVAL = "government-approval", _("approved by the government or the president")
    PARLIAMENT_APPROVAL = "parliamentary-approval", _("approved by parliament")
    LAW_SIGNED = "law-signed", _("law signed")
    RATIFIED = "ratified", _("ratified")
    NOTICE_COMPLETE = "notice-of-completion", _("notice that internal procedures are complete")
    IN_FORCE = "entered-into-force", _("entered into force")
    AMENDED = "amended", _("amended")
    EXTENDED = "extended", _("extended")
    SUSPENDED = "suspended", _("suspended")
    RESUMED = "resumed", _("resumed")
    NOTICE_TERMINATION = "notice-of-termination", _("notice of termination")
    REPLACED = "replaced", _("replaced")
    EXPIRED = "expired", _("expired")
    TERMINATED = "terminated", _("terminated")
    REGISTERED = "registered-with-un", _("registered with the United Nations")


class ActionSide(models.TextChoices):
    """Who took a step."""

    JOINT = "joint", _("both sides together")
    FIRST = Side.FIRST.value, _("first country")
    SECOND = Side.SECOND.value, _("second country")


# Steps that one side takes by itself; every other kind is taken jointly.
PER_SIDE = (
    ActionKind.GOVERNMENT_APPROVAL,
    ActionKind.PARLIAMENT_APPROVAL,
    ActionKind.LAW_SIGNED,
    ActionKind.RATIFIED,
    ActionKind.NOTICE_COMPLETE,
    ActionKind.NOTICE_TERMINATION,
)


class EntryIntoForce(models.TextChoices):
    """What the document itself says of its entry into force."""

    SIGNATURE = "on-signature", _("on signature")
    LAST_NOTICE = "on-last-notice", _("on the last notice that internal procedures are complete")
    RATIFICATION = "on-ratification", _("on the exchange of instruments of ratification")
    NOT_APPLICABLE = "not-applicable", _("does not apply: a political document")
    UNKNOWN = "unknown", _("not known")


@dataclass(frozen=True)
class Action:
    """One dated step. `day` is the last day that the source's date allows, None where no date is known.

    `has_effect`: `day` and `date` are those on which the step takes effect, which the source gives apart.
    """

    kind: str
    side: str = ActionSide.JOINT
    day: datetime.date | None = None
    date: str = ""
    key: object = None
    has_effect: bool = False


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
       where the sources give it.
    2. Its term over, by the last day that it names or by its duration from its entry into force: expired, unless it
       renews itself or was extended; where the duration is over and no clause on renewal is known, it is not known.
    3. Suspended and not resumed since: suspended.
    4. Entered into force by that day, or signed by both where the text says "on signature", or both notices received
       where the text asks for them: in force.
    5. Provisionally applied and not ended: provisionally applied.
    6. Signed: a political document (not binding, or without a clause that could bring it into force) enters into
       nothing; one that awaits steps (its clause asks for them, one side alone has taken them, or one of them is dated
       later) is signed and not in force, and each side's missing step is named; of any other, also of one that both sides approved without word of
       its entry into force, it is not known whether it is in force, and the rule says just that.
    7. Initialled only: being negotiated. Nothing dated at all: not known.
    """
    done = _done_by(actions, on)
    signed = _signature(actions, done)
    answer = _suspended(done) or _in_force(done, signed, entry_into_force) or _provisional(done)
    later = [a for a in actions if a.day and a.day > on]
    answer = answer or _signed(signed, done, later, binding, entry_into_force) or _before_signature(done)
    return _ended(done) or _run_out(answer, term_end(actions, on, entry_into_force, term), term, on) or answer


def phases(actions, *, entry_into_force=EntryIntoForce.UNKNOWN, term=NO_TERM, **terms):
    """What an agreement was and will be, as (first day, last day or None, standing) rows that cover all days without a gap.

    What lies ahead follows from the steps and clauses known today.
    """
    turns = {datetime.date.min, *(a.day for a in actions if a.day)}
    ends = {term_end(actions, day, entry_into_force, term) for day in turns} - {None}
    days = sorted(turns | {end + ONE_DAY for end in ends})
    rows = []
    for day in days:
        now = standing(actions, on=day, entry_into_force=entry_into_force, term=term, **terms)
        if not rows or (now.status, now.since) != (rows[-1][1].status, rows[-1][1].since):
            rows.append((day, now))
    lasts = [first - ONE_DAY for first, _standing in rows[1:]] + [None]
    return [(first, last, now) for (first, now), last in zip(rows, lasts, strict=True)]


def term_end(actions, on, entry_into_force, term):
    """The last day of the term as it is known on a day, extensions included; None where nothing says it."""
    done = _done_by(actions, on)
    signed = _signature(actions, done)
    force = _in_force(done, signed, entry_into_force)
    if not (signed or force):
        return None
    start = force.rests_on.day if force and force.rests_on.date else None
    extended = sum(a.kind == ActionKind.EXTENDED for a in done)
    return term.last_day(start, extended)


def _run_out(answer, end, term, on):
    if end is None or on <= end or term.renewal == Renewal.AUTOMATIC:
        return None
    return Standing(Status.EXPIRED if term.expires else Status.UNKNOWN, (end + ONE_DAY).isoformat(), answer.rests_on)


def _done_by(actions, on):
    """Steps taken by the day `on`, in order. A step of unknown date is taken to follow the signature at once."""
    signatures = [a.day for a in actions if a.kind == ActionKind.SIGNED and a.day]
    signed = min(signatures, default=datetime.date.min)
    dated = [a if a.day or a.kind == ActionKind.SIGNED else replace(a, day=signed) for a in actions]
    return sorted((a for a in dated if a.day and a.day <= on), key=lambda a: (a.day, str(a.key)))


def _last(done, *kinds):
    return next((a for a in reversed(done) if a.kind in kinds), None)


def _ended(done):
    ending = _last([a for a in done if a.kind != ActionKind.NOTICE_TERMINATION or a.has_effect], *_ENDINGS)
    revived = _last(done, ActionKind.EXTENDED, ActionKind.IN_FORCE)
    if ending and not (revived and revived.day > ending.day):
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


def _in_force(done, signed, clause):
    entered = _last(done, ActionKind.IN_FORCE)
    if not entered and signed and signed.day and clause == EntryIntoForce.SIGNATURE:
        entered = signed
    if not entered and signed and clause == EntryIntoForce.LAST_NOTICE:
        entered = _last_notice(done)
    return Standing(Status.IN_FORCE, entered.date, entered) if entered else None


def _last_notice(done):
    notices = [a for a in done if a.kind == ActionKind.NOTICE_COMPLETE]
    return notices[-1] if {a.side for a in notices} >= {ActionSide.FIRST, ActionSide.SECOND} else None


def _provisional(done):
    last = _last(done, ActionKind.PROVISIONAL_BEGINS, ActionKind.PROVISIONAL_ENDS)
    begun = last and last.kind == ActionKind.PROVISIONAL_BEGINS
    return Standing(Status.PROVISIONAL, last.date, last) if begun else None


def _signed(signature, done, later, binding, clause):
    if not signature:
        return None
    if binding == "no" or clause == EntryIntoForce.NOT_APPLICABLE:
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
