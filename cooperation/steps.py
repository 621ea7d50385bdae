"""The steps of an agreement's life in the words of treaty practice: what was done, by whom, on which day."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from record.pair import Side


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

    `first` is the first day that the date allows, where it is another.
    `has_effect`: `day` and `date` are those on which the step takes effect, which the source gives apart.
    `known_by`: the day by which a source reports it, for a step whose own day no source gives.
    """

    kind: str
    side: str = ActionSide.JOINT
    day: datetime.date | None = None
    date: str = ""
    key: object = None
    has_effect: bool = False
    first: datetime.date | None = None
    known_by: datetime.date | None = None
