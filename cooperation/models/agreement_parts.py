"""What belongs to an agreement: its parties, signatories, steps, relations, references, texts and sources."""

import uuid
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cooperation import status as rule
from cooperation.models.agreement import Agreement
from cooperation.status import ActionKind, ActionSide
from record.intake.fields import PdfField
from record.models import Citation, Office, Organisation, Person, Place, Source
from record.models.fields import CountryField, EdtfField, bound, bounds_agree
from record.models.rules import office_belongs_to_its_person, one_of
from record.pair import country_name


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
        indexes = [
            models.Index(fields=["agreement", "organisation"], name="party_bodies_of_agreement"),
        ]

    def __str__(self):
        return country_name(self.country) or str(self.organisation or self.name)

    def clean(self):
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
        indexes = [
            models.Index(fields=["agreement", "person"], name="signatory_of_agreement"),
        ]

    def __str__(self):
        return str(self.person or self.organisation)

    def clean(self):
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
        indexes = [
            models.Index(fields=["agreement", "place"], name="action_places_of_agreement"),
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
            first=self.effective_from or self.date_from,
            known_by=None if self.date_to else min((s.published_to for s in self.sources.all() if s.published_to), default=None),
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

    # Of these no agreement can stand on both ends, not even through others.
    DIRECTED = (Kind.AMENDS, Kind.SUPERSEDES, Kind.IMPLEMENTS, Kind.EXTENDS)

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
        if self.other_id and self.kind in self.DIRECTED and self._closes_a_circle():
            raise ValidationError({"other": gettext("This would close a circle: the other agreement already leads back to this one.")})

    def _closes_a_circle(self):
        """Whether this agreement is reached from the other by relations of the same kind."""
        found, ahead = set(), {self.other_id}
        while ahead:
            found |= ahead
            rows = AgreementRelation.objects.filter(agreement__in=ahead, kind=self.kind).values_list("other", flat=True)
            ahead = set(rows) - found
        return self.agreement_id in found


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


def random_name(text, filename):
    """A name that says nothing and cannot be guessed. It is the end of the file's address too."""
    return f"documents/{uuid.uuid4().hex}.pdf"


class AgreementText(models.Model):
    """The text in one language: where it can be read, and whether it is the official one."""

    # The token of the preview on whose page it is shown, '' on all other pages.
    shown_by = ""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=3, help_text=_("ISO 639 code: en, az, uz, ru …"))
    official = models.BooleanField(_("official"), default=False)
    url = models.URLField(_("address"), max_length=500, blank=True)
    file = PdfField(
        _("file"), upload_to=random_name, blank=True, help_text=_("PDF without scripts, forms or files within it. It is served as it is.")
    )
    checksum = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    size = models.PositiveIntegerField(_("bytes"), default=0, editable=False)
    pages = models.PositiveSmallIntegerField(_("pages"), default=0, editable=False)

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")

    def __str__(self):
        return self.language

    def get_absolute_url(self):
        """Where the file is, for those who may see the agreement; '' where there is none."""
        if not self.file:
            return ""
        found = reverse("agreement-file", kwargs={"name": PurePath(self.file.name).stem})
        return f"{found}?preview={self.shown_by}" if self.shown_by else found


class AgreementCitation(Citation):
    """A source of an agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
