"""Agreements: what was signed, by whom, and what happened to it since."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cooperation import status as rule
from cooperation.status import ActionKind, ActionSide, EntryIntoForce, Status
from events.models import Event
from record.models import Citation, Entry, Office, Organisation, Person, Place, Source
from record.models.entry import EntryQuerySet, common_constraints, common_indexes
from record.models.fields import CountryField, EdtfField, bound, bounds_agree

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


class Party(models.Model):
    """One of those between whom an agreement stands: a state, a body, or a name where no row exists."""

    TEXTS = ("name",)

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    country = CountryField(pgettext_lazy("a country", "state"))
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.PROTECT, related_name="agreements"
    )
    name = models.CharField(_("other party"), max_length=200, blank=True, help_text=_("Where neither a state nor a listed body fits."))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(country="", organisation__isnull=True, name="")
                & (models.Q(country="") | models.Q(organisation__isnull=True)),
                name="party_is_a_state_or_a_body_or_a_name",
            )
        ]

    def __str__(self):
        from record.pair import country_name

        return country_name(self.country) or str(self.organisation or self.name)

    def clean(self):
        from record.models.rules import one_of

        one_of(self, "country", "organisation", "name")


class Signatory(models.Model):
    """Who signed, in which office, for which side."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatories")
    person = models.ForeignKey(Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT, related_name="signatures")
    office = models.ForeignKey(
        Office, verbose_name=_("office held then"), null=True, blank=True, on_delete=models.PROTECT, related_name="signatures"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.PROTECT, related_name="signatures"
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | models.Q(organisation__isnull=False),
                name="signatory_is_somebody",
            )
        ]

    def __str__(self):
        return str(self.person or self.organisation)

    def clean(self):
        from record.models.rules import office_belongs_to_its_person

        office_belongs_to_its_person(self)


class AgreementAction(models.Model):
    """A step in the life of an agreement: who did what on which day, by which sources."""

    TEXTS = ("note",)

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="actions")
    kind = models.CharField(_("step"), max_length=32, choices=ActionKind)
    side = models.CharField(_("taken by"), max_length=15, choices=ActionSide, default=ActionSide.JOINT)
    date = EdtfField(_("date"), bounds=("date_from", "date_to"))
    date_from = bound()
    date_to = bound()
    effective = EdtfField(_("takes effect"), bounds=("effective_from", "effective_to"))
    effective_from = bound()
    effective_to = bound()
    place = models.ForeignKey(Place, verbose_name=_("place"), null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    note = models.CharField(_("note"), max_length=300, blank=True)
    sources = models.ManyToManyField(Source, verbose_name=_("sources"), related_name="actions", blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["date_from", "position", "pk"]
        constraints = [
            bounds_agree("date", "date_from", "date_to", "agreement_action_date_has_its_bounds"),
            bounds_agree("effective", "effective_from", "effective_to", "agreement_action_effect_has_its_bounds"),
            models.CheckConstraint(condition=models.Q(side__in=ActionSide.values), name="agreement_action_side_is_known"),
            models.CheckConstraint(
                condition=models.Q(kind__in=rule.PER_SIDE, side__in=[ActionSide.FIRST, ActionSide.SECOND])
                | (~models.Q(kind__in=rule.PER_SIDE) & models.Q(side=ActionSide.JOINT)),
                name="agreement_action_is_joint_or_of_one_side",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.date}"

    def as_step(self):
        """The step as the status rule reads it: it counts from its effect, where one is given."""
        return rule.Action(
            kind=self.kind,
            side=self.side,
            day=self.effective_to or self.date_to,
            date=self.effective or self.date,
            key=self.pk,
            has_effect=bool(self.effective),
        )

    def clean(self):
        own = self.kind in rule.PER_SIDE
        if self.kind and own == (self.side == ActionSide.JOINT):
            sentence = gettext("One side takes this step: say which.") if own else gettext("Both sides take this step together.")
            raise ValidationError({"side": sentence})


class AgreementRelation(models.Model):
    """How one agreement stands to another; the inverse is shown on the other."""

    class Kind(models.TextChoices):
        AMENDS = "amends", _("amends")
        SUPERSEDES = "supersedes", _("supersedes")
        IMPLEMENTS = "implements", _("implements")
        EXTENDS = "extends", _("extends")
        CITES = "cites", _("cites")
        RELATED = "related", _("is related to")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("relation"), max_length=12, choices=Kind)
    other = models.ForeignKey(Agreement, verbose_name=_("other agreement"), on_delete=models.CASCADE, related_name="inverse_relations")

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations to other agreements")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "kind", "other"], name="agreement_relation_is_said_once"),
            models.CheckConstraint(condition=~models.Q(agreement=models.F("other")), name="agreement_relation_is_to_another"),
        ]

    def __str__(self):
        return f"{self.agreement} {self.get_kind_display()} {self.other}"

    def clean(self):
        if self.other_id and self.other_id == self.agreement_id:
            raise ValidationError({"other": gettext("An agreement has no relation to itself.")})


class AgreementReference(models.Model):
    """Where the text is registered or printed: the UN Treaty Series, a gazette, a national database."""

    class Kind(models.TextChoices):
        UNTS = "unts", _("United Nations Treaty Series")
        GAZETTE = "gazette", _("official gazette")
        DATABASE = "national-database", _("national database")
        OTHER = "other", _("other")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="references")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    value = models.CharField(_("reference"), max_length=120)
    url = models.URLField(_("address"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")

    def __str__(self):
        return f"{self.get_kind_display()}: {self.value}"


class AgreementText(models.Model):
    """The text in one language: where it can be read, and whether it is the official one."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=3)
    official = models.BooleanField(_("official"), default=False)
    url = models.URLField(_("address"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to="agreements", blank=True, editable=False)
    checksum = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")

    def __str__(self):
        return self.language


class AgreementCitation(Citation):
    """A source of an agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
