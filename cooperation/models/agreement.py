"""Agreements: what was signed, by whom, and what happened to it since."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cooperation import status as rule
from cooperation.status import EntryIntoForce, Status
from cooperation.terms import Renewal, Term
from events.models import Event
from record import dates, durations
from record.models import Entry
from record.models.entry import EntryQuerySet, common_constraints, common_indexes
from record.models.fields import EdtfField, bound, bounds_agree
from record.pair import pair

# Whose date is uncertain has no wait to claim.
WAITING = models.Q(phase__status=Status.SIGNED, date_from__isnull=False) & ~models.Q(date__endswith="?")


def clause_duration(name, help_text):
    """A clause's duration; '' where it is not published."""
    return models.CharField(name, max_length=12, blank=True, validators=[durations.validate], help_text=help_text)


def covering(day, path=""):
    """The condition that a phase holds on a day."""
    first, last = f"{path}first", f"{path}last"
    return models.Q(**{f"{first}__lte": day}) & (
        models.Q(**{f"{last}__isnull": True}) | models.Q(**{f"{last}__isnull": False, f"{last}__gte": day})
    )


class AgreementQuerySet(EntryQuerySet):
    """Questions about agreements, as one would ask them."""

    def as_of(self, day=None):
        """Each with its `phase` of a day (today, if none is given): the stored status that filters, counts and orders."""
        day = day or datetime.date.today()
        return self.annotate(
            phase=models.FilteredRelation("phases", condition=covering(day, "phases__")),
            on_day=models.Value(day, output_field=models.DateField()),
        )

    def existing(self):
        """Of those seen as of a day, the ones that had begun by then; one without any date may always have."""
        begun = models.Q(phase__first__gt=datetime.date.min) | models.Q(date_to__lte=models.F("on_day"))
        return self.filter(begun | models.Q(date_from__isnull=True))

    def signed(self):
        """Of those seen as of a day, the ones signed by then, as far as their dates tell."""
        later = models.Q(date_from__isnull=False, date_from__gt=models.F("on_day"))
        return self.exclude(phase__status=Status.NEGOTIATED).exclude(later)

    def waiting(self):
        """Of those seen as of a day: signed and not in force since a day that the sources do not call uncertain."""
        return self.filter(WAITING)

    def waiting_longest(self):
        """Those that wait first, the oldest signature at the top; the rest newest first."""
        waiting = models.Case(models.When(WAITING, then=0), default=1)
        oldest = models.Case(models.When(WAITING, then="sort_day"), default=None)
        return self.order_by(waiting, oldest, "-sort_day", "-number")

    def between_states(self):
        """Those that states, governments or ministries signed, not parliaments, regions, companies or universities."""
        levels = Agreement.Level
        return self.filter(level__in=[levels.INTERSTATE, levels.INTERGOVERNMENTAL, levels.INTER_AGENCY])

    def of_the_two_alone(self):
        """Those to which no third state is a party."""
        own = (pair().first, pair().second)
        return self.exclude(parties__in=self.model.parties.rel.related_model.objects.exclude(country__in=("", *own)))

    def signed_at_place(self, place):
        return self.filter(actions__place=place).distinct()

    def signed_by(self, person):
        return self.filter(signatories__person=person).distinct()

    def involving(self, organisation):
        own = models.Q(parties__organisation=organisation) | models.Q(signatories__organisation=organisation)
        return self.filter(own).distinct()

    def for_list(self):
        """Everything that a row of a list shows, in a number of queries that does not grow."""
        seen = self if "on_day" in self.query.annotations else self.as_of()
        return (
            seen.without_texts()
            .select_related("phase")
            .prefetch_related(self._below("parties", "organisation"), self._below("actions", "place"))
        )

    def _below(self, name, *paths):
        """The rows below an agreement, read together with what they lead to."""
        rows = self.model._meta.get_field(name).related_model._default_manager
        return models.Prefetch(name, rows.select_related(*paths))


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

    Renewal = Renewal

    form = models.CharField(_("form"), max_length=20, choices=Form)
    binding = models.CharField(_("legal force"), max_length=8, choices=Binding, default=Binding.UNCLEAR)
    level = models.CharField(_("level"), max_length=20, choices=Level)
    text_languages = models.CharField(
        _("authentic languages"), max_length=60, blank=True, help_text=_("ISO 639 codes: az, uz, ru. Empty if not published.")
    )
    prevailing_language = models.CharField(_("prevailing language"), max_length=3, blank=True)
    documents = models.PositiveSmallIntegerField(
        _("number of documents"),
        null=True,
        blank=True,
        help_text=_("Where the entry stands for several: how many. Empty for one, and for a package whose number no source gives."),
    )
    package = models.ForeignKey(
        "self",
        verbose_name=_("one of the package"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contents",
        help_text=_("The package entry that stands for this document too: a count takes it once."),
    )
    duration = clause_duration(_("duration"), _("ISO 8601: P5Y for five years. Empty if not published."))
    stated_end = EdtfField(
        _("stated end"),
        bounds=("stated_end_from", "stated_end_to"),
        help_text=_("The last day, month or year for which the document is made, if it names one: 2026 for “2025–2026”."),
    )
    stated_end_from = bound()
    stated_end_to = bound()
    renewal = models.CharField(_("renewal"), max_length=12, choices=Renewal, default=Renewal.UNKNOWN)
    renewal_period = clause_duration(_("renewed for"), _("ISO 8601: P1Y."))
    notice_period = clause_duration(_("notice of termination"), _("ISO 8601: P6M."))
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
    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-sort_day", "-number"]
        constraints = [
            *common_constraints("agreement"),
            bounds_agree("stated_end", "stated_end_from", "stated_end_to", "agreement_stated_end_has_its_bounds"),
            models.CheckConstraint(
                condition=models.Q(documents__isnull=True) | models.Q(documents__isnull=False, documents__gt=0),
                name="agreement_stands_for_one_document_at_least",
            ),
            models.CheckConstraint(
                condition=models.Q(package__isnull=True) | models.Q(package__isnull=False) & ~models.Q(package=models.F("pk")),
                name="agreement_is_no_package_of_itself",
            ),
        ]
        indexes = common_indexes("agreement", "form", "binding", "level")

    def get_absolute_url(self):
        return reverse("agreement", kwargs={"slug": self.slug})

    @property
    def term(self):
        """The clauses on duration, renewal and notice, as the status rule reads them."""
        return Term(self.duration, self.renewal, self.renewal_period, self.notice_period, self.stated_end_to)

    @property
    def terms(self):
        """What the status rule asks beside the steps."""
        return {"binding": self.binding, "entry_into_force": self.entry_into_force, "term": self.term}

    def steps(self):
        """The actions as the status rule reads them."""
        return [action.as_step() for action in self.actions.all()]

    def standing(self, on=None):
        """The status on a day (today, if none is given), by the published rule."""
        return rule.standing(self.steps(), on=on or datetime.date.today(), **self.terms)

    @cached_property
    def status(self):
        """The status on the day as of which the row was read (today, if none), from its stored phase where that was read too."""
        phase = getattr(self, "phase", None)
        return Status(phase.status if phase else self.standing(getattr(self, "on_day", None)).status)

    def get_status_display(self):
        """The status in the reader's language."""
        return self.status.label

    def days_waiting(self, on=None):
        """Days since the signature, from the last day that its date allows, of one that waits; None for any other."""
        on = on or getattr(self, "on_day", None) or datetime.date.today()
        waits = self.status == Status.SIGNED and self.date_to and not self.date.endswith("?")
        return (on - self.date_to).days if waits else None

    def clean(self):
        super().clean()
        if self.package_id and (self.package_id == self.pk or self.package.form != self.Form.PACKAGE):
            raise ValidationError({"package": gettext("Name an entry whose form is a package of documents.")})

    def missing_for_publication(self):
        return [] if self.parties.exists() else [gettext("It has no parties.")]


class AgreementPhase(models.Model):
    """What an agreement is from one day to another, by the published rule. Derived from its steps; never typed.

    The phases of an agreement cover every day once: the first begins before all days, the last has no end.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="phases", editable=False)
    status = models.CharField(_("status"), max_length=24, choices=Status, editable=False)
    since = models.CharField(max_length=30, default="", blank=True, editable=False)
    first = models.DateField(editable=False)
    last = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["first"]
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="agreement_phase_status_is_known"),
            models.CheckConstraint(
                condition=models.Q(last__isnull=True) | models.Q(last__isnull=False, last__gte=models.F("first")),
                name="agreement_phase_ends_after_it_begins",
            ),
            models.UniqueConstraint(fields=["agreement", "first"], name="agreement_phase_begins_once"),
            models.UniqueConstraint(
                fields=["agreement"], condition=models.Q(last__isnull=True), name="agreement_has_one_phase_without_end"
            ),
        ]
        indexes = [models.Index(fields=["status", "first", "last", "agreement"], name="agreement_phase_of_a_day")]

    @staticmethod
    def today():
        """The condition of the phases that hold today."""
        return covering(datetime.date.today())

    def __str__(self):
        status = self.get_status_display()
        return status if self.first == datetime.date.min else f"{status}, {dates.spoken(self.first.isoformat())}"
