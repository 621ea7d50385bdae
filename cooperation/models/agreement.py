"""Agreements: what was signed, by whom, and what happened to it since."""

import datetime

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cooperation import status as rule
from cooperation.status import EntryIntoForce, Status
from events.models import Event
from record.models import Entry
from record.models.entry import EntryQuerySet, common_constraints, common_indexes
from record.models.fields import bound

# Whose date is uncertain has no wait to claim.
WAITING = models.Q(status=Status.SIGNED, date_from__isnull=False) & ~models.Q(date__endswith="?")


class AgreementQuerySet(EntryQuerySet):
    """Questions about agreements, as one would ask them."""

    def waiting(self):
        """Those signed and not in force since a day that the sources do not call uncertain."""
        return self.filter(WAITING)

    def waiting_longest(self):
        """Those that wait first, the oldest signature at the top; the rest newest first."""
        waiting = models.Case(models.When(WAITING, then=0), default=1)
        oldest = models.Case(models.When(WAITING, then="sort_day"), default=None)
        return self.order_by(waiting, oldest, "-sort_day", "-number")

    def signed_at_place(self, place):
        return self.filter(actions__place=place).distinct()

    def signed_by(self, person):
        return self.filter(signatories__person=person).distinct()

    def involving(self, organisation):
        own = models.Q(parties__organisation=organisation) | models.Q(signatories__organisation=organisation)
        return self.filter(own).distinct()

    def for_list(self):
        """Everything that a row of a list shows, in a number of queries that does not grow."""
        return self.without_texts().prefetch_related("parties__organisation", "actions__place")


class Agreement(Entry):
    """A document that the two states, or bodies of theirs, signed. `date` is its first signature's."""

    LETTER = "A"

    class Form(models.TextChoices):
        TREATY = "treaty", _("treaty")
        AGREEMENT = "agreement", _("agreement")
        DECLARATION = "declaration", _("declaration")
        JOINT_STATEMENT = "joint-statement", _("joint statement")
        PROTOCOL = "protocol", _("protocol")
        MEMORANDUM = "memorandum", _("memorandum of understanding")
        EXCHANGE_OF_NOTES = "exchange-of-notes", _("exchange of notes")
        ROADMAP = "roadmap", _("roadmap")
        PROGRAMME = "programme", _("programme")
        CONTRACT = "contract", _("contract")
        PACKAGE = "package", _("package of documents")

    class Binding(models.TextChoices):
        YES = "yes", _("legally binding")
        NO = "no", _("not legally binding")
        UNCLEAR = "unclear", _("legal force unclear")

    class Level(models.TextChoices):
        INTERSTATE = "interstate", _("interstate")
        INTERGOVERNMENTAL = "intergovernmental", _("intergovernmental")
        INTER_AGENCY = "inter-agency", _("inter-agency")
        REGIONAL = "regional", _("regional")
        PARLIAMENTARY = "parliamentary", _("parliamentary")
        COMPANY = "company", _("between companies")
        UNIVERSITY = "university", _("between universities")

    class Renewal(models.TextChoices):
        AUTOMATIC = "automatic", _("renewed automatically")
        BY_AGREEMENT = "by-agreement", _("renewed by agreement")
        NONE = "none", _("not renewed")
        UNKNOWN = "unknown", _("not known")

    form = models.CharField(_("form"), max_length=20, choices=Form)
    binding = models.CharField(_("legal force"), max_length=8, choices=Binding, default=Binding.UNCLEAR)
    level = models.CharField(_("level"), max_length=20, choices=Level)
    text_languages = models.CharField(
        _("authentic languages"), max_length=60, blank=True, help_text=_("ISO 639 codes: az, uz, ru. Empty if not published.")
    )
    prevailing_language = models.CharField(_("prevailing language"), max_length=3, blank=True)
    duration = models.CharField(
        _("duration"), max_length=12, blank=True, help_text=_("ISO 8601: P5Y for five years. Empty if not published.")
    )
    renewal = models.CharField(_("renewal"), max_length=12, choices=Renewal, default=Renewal.UNKNOWN)
    renewal_period = models.CharField(_("renewed for"), max_length=12, blank=True, help_text=_("ISO 8601: P1Y."))
    notice_period = models.CharField(_("notice of termination"), max_length=12, blank=True, help_text=_("ISO 8601: P6M."))
    entry_into_force = models.CharField(_("enters into force"), max_length=16, choices=EntryIntoForce, default=EntryIntoForce.UNKNOWN)
    entry_into_force_clause = models.TextField(_("entry-into-force clause"), blank=True, help_text=_("The document's own words."))
    signed_at = models.ForeignKey(
        Event,
        verbose_name=_("signed at"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="agreements",
        help_text=_("The event at which it was signed."),
    )
    events = models.ManyToManyField(
        Event,
        verbose_name=_("events in its life"),
        related_name="later_agreements",
        blank=True,
        help_text=_("Ratification, a first meeting under it, an anniversary."),
    )
    # Derived from the actions by cooperation.status, stored for filters and order only.
    status = models.CharField(_("status"), max_length=24, choices=Status, default=Status.UNKNOWN, editable=False)
    status_since = models.CharField(max_length=30, default="", blank=True, editable=False)
    in_force_from = bound()
    ended_on = bound()

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-sort_day", "-number"]
        constraints = [
            *common_constraints("agreement"),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="agreement_status_is_known"),
        ]
        indexes = [
            *common_indexes("agreement"),
            models.Index(fields=["status", "-sort_day", "-number"], name="agreement_status_newest"),
        ]

    def get_absolute_url(self):
        return reverse("agreement", kwargs={"slug": self.slug})

    def standing(self, on=None):
        """The status on a day (today, if none is given), by the published rule."""
        return rule.standing(
            [action.as_step() for action in self.actions.all()],
            on=on or datetime.date.today(),
            binding=self.binding,
            entry_into_force=self.entry_into_force,
        )

    def days_waiting(self, on=None):
        """Days since the signature, from the last day that its date allows, of one that waits; None for any other."""
        waits = self.status == Status.SIGNED and self.date_to and not self.date.endswith("?")
        return ((on or datetime.date.today()) - self.date_to).days if waits else None

    def missing_for_publication(self):
        return [] if self.parties.exists() else [gettext("It has no parties.")]
