"""Initiatives: what was begun, built or kept going, and which document or meeting created it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cooperation.models.agreement import Agreement
from events.models import Event
from record.models import Citation, Entry, Organisation, Person, Place
from record.models.entry import EntryQuerySet, common_constraints, common_indexes
from record.models.fields import CountryField, EdtfField, bound, bounds_agree


class InitiativeQuerySet(EntryQuerySet):
    """Questions about initiatives, as one would ask them."""

    def at_place(self, place):
        return self.filter(place=place)

    def for_list(self):
        """Everything that a row of a list shows, in a number of queries that does not grow."""
        return self.without_texts().select_related("place").prefetch_related("partners__organisation", "partners__person")


class Initiative(Entry):
    """Something built, founded or kept going. `date` is its actual start."""

    LETTER = "I"
    TEXTS = (*Entry.TEXTS, "result")

    class Kind(models.TextChoices):
        SCHOOL = "school", _("school")
        UNIVERSITY_PARTNERSHIP = "university-partnership", _("university partnership")
        LANGUAGE = "language-or-culture-department", _("language or culture department")
        CULTURAL_CENTRE = "cultural-centre", _("cultural centre")
        PARK_OR_MONUMENT = "park-or-monument", _("park or monument")
        EXCHANGE = "exchange-programme", _("exchange programme")
        RECOGNITION = "recognition-of-qualifications", _("recognition of qualifications")
        FESTIVAL = "festival-or-cultural-days", _("festival or cultural days")
        JOINT_RESEARCH = "joint-research", _("joint research")
        TWIN_CITIES = "twin-cities", _("twin cities")
        INDUSTRIAL_PARK = "industrial-park", _("industrial park")
        TECHNOPARK = "technopark", _("technopark")
        FUND = "investment-fund", _("investment fund")
        CORRIDOR = "transport-corridor", _("transport corridor")
        RECONSTRUCTION = "reconstruction-project", _("reconstruction project")
        SECURITY = "security-cooperation", _("security cooperation")
        OTHER = "other", _("other")

    class Status(models.TextChoices):
        IDEA = "idea", _("idea")
        AGREED = "agreed", _("agreed")
        UNDER_WAY = "under-way", _("under way")
        COMPLETED = "completed", _("completed")
        SUSPENDED = "suspended", _("suspended")
        CANCELLED = "cancelled", _("cancelled")
        CLOSED = "closed", _("closed")

    kind = models.CharField(_("kind"), max_length=32, choices=Kind)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    planned_start = EdtfField(_("planned start"), bounds=("planned_start_from", "planned_start_to"))
    planned_start_from = bound()
    planned_start_to = bound()
    planned_end = EdtfField(_("planned end"), bounds=("planned_end_from", "planned_end_to"))
    planned_end_from = bound()
    planned_end_to = bound()
    end = EdtfField(_("actual end"), bounds=("end_from", "end_to"))
    end_from = bound()
    end_to = bound()
    place = models.ForeignKey(Place, verbose_name=_("place"), null=True, blank=True, on_delete=models.PROTECT, related_name="initiatives")
    built_by = CountryField(_("built or run by"), help_text=_("The country that builds it. Empty if both do."))
    stands_in = CountryField(_("stands in"), help_text=_("The country in which it stands. Empty if in both or in none."))
    agreements = models.ManyToManyField(
        Agreement, verbose_name=_("created by"), related_name="initiatives", blank=True, help_text=_("The documents that created it.")
    )
    events = models.ManyToManyField(Event, verbose_name=_("events in its life"), related_name="initiatives", blank=True)
    related = models.ManyToManyField("self", verbose_name=_("related initiatives"), blank=True)
    result = models.TextField(_("result"), blank=True, help_text=_("What stands today, or what came of it."))

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["-sort_day", "-number"]
        constraints = [
            *common_constraints("initiative"),
            bounds_agree("planned_start", "planned_start_from", "planned_start_to", "initiative_planned_start_has_its_bounds"),
            bounds_agree("planned_end", "planned_end_from", "planned_end_to", "initiative_planned_end_has_its_bounds"),
            bounds_agree("end", "end_from", "end_to", "initiative_end_has_its_bounds"),
        ]
        indexes = common_indexes("initiative", "kind", "status", "place", "stands_in", "built_by")

    def get_absolute_url(self):
        return reverse("initiative", kwargs={"slug": self.slug})


class Partner(models.Model):
    """Who carries an initiative, and how."""

    class Role(models.TextChoices):
        FUNDING = "funding", _("funding")
        ACCOUNTABLE = "accountable", _("accountable")
        IMPLEMENTING = "implementing", _("implementing")
        HOSTING = "hosting", _("hosting")
        PARTNER = "partner", _("partner")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.PROTECT, related_name="partnerships"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT, related_name="partnerships"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.PARTNER)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, person__isnull=True)
                | models.Q(organisation__isnull=True, person__isnull=False),
                name="partner_is_a_person_or_an_organisation",
            )
        ]
        indexes = [
            models.Index(fields=["initiative", "organisation"], name="partner_bodies_of_initiative"),
            models.Index(fields=["initiative", "person"], name="partner_people_of_initiative"),
        ]

    def __str__(self):
        return str(self.organisation or self.person)

    def clean(self):
        from record.models.rules import one_of

        one_of(self, "organisation", "person")


class InitiativeCitation(Citation):
    """A source of an initiative."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
