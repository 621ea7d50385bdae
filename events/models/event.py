"""Events: visits, sessions, forums, ceremonies, calls."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from record.models import Citation, Entry, Office, Organisation, Person, Place, Series
from record.models.entry import EntryQuerySet, common_constraints, common_indexes
from record.models.rules import not_within_itself, office_belongs_to_its_person, one_of


class EventQuerySet(EntryQuerySet):
    """Questions about events, as one would ask them."""

    def at_place(self, place):
        return self.filter(place=place)

    def attended_by(self, person):
        return self.filter(participants__person=person).distinct()

    def involving(self, organisation):
        return self.filter(participants__organisation=organisation).distinct()

    def in_series(self, series):
        return self.filter(series=series)

    def hosted_by(self, host):
        return self.filter(host=host)

    def for_list(self):
        """Everything that a row of a list shows, in a number of queries that does not grow."""
        return self.without_texts().select_related("place", "series").prefetch_related("participants__person", "participants__organisation")


class Event(Entry):
    """Something that happened on a day, a few days, or in a month that the sources name."""

    LETTER = "E"

    class Kind(models.TextChoices):
        STATE_VISIT = "state-visit", _("state visit")
        OFFICIAL_VISIT = "official-visit", _("official visit")
        WORKING_VISIT = "working-visit", _("working visit")
        SUMMIT = "summit", _("summit")
        SIDELINES = "meeting-on-the-sidelines", _("meeting on the sidelines")
        INTERSTATE_COUNCIL = "interstate-council", _("interstate council")
        COMMISSION = "intergovernmental-commission", _("intergovernmental commission")
        PARLIAMENTARY_FORUM = "parliamentary-forum", _("parliamentary forum")
        MINISTERIAL = "ministerial-meeting", _("ministerial meeting")
        CONSULTATIONS = "political-consultations", _("political consultations")
        BUSINESS_FORUM = "business-forum", _("business forum")
        REGIONAL_FORUM = "regional-forum", _("regional forum")
        ACADEMIC_FORUM = "academic-forum", _("rectors’ or academic forum")
        OPENING = "opening-ceremony", _("opening ceremony")
        CULTURAL_DAYS = "cultural-days", _("cultural days")
        EXHIBITION = "exhibition-or-festival", _("exhibition or festival")
        EXERCISE = "military-exercise", _("military exercise")
        CALL = "telephone-call", _("telephone call")
        OTHER = "other", _("other")

    class Level(models.TextChoices):
        HEADS_OF_STATE = "heads-of-state", _("heads of state")
        HEADS_OF_GOVERNMENT = "heads-of-government", _("heads of government")
        PARLIAMENT = "parliament", _("parliament")
        FOREIGN_MINISTERS = "foreign-ministers", _("foreign ministers")
        MINISTERS = "ministers", _("ministers")
        DEPUTIES = "deputies", _("deputy ministers")
        REGIONS = "regions", _("regions")
        INSTITUTIONS = "institutions", _("institutions")

    class Host(models.TextChoices):
        FIRST = "first-country", _("first country")
        SECOND = "second-country", _("second country")
        THIRD = "third-country", _("third country")
        ONLINE = "online", _("online")
        UNKNOWN = "unknown", _("not known")

    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    level = models.CharField(_("level"), max_length=20, choices=Level, help_text=_("The highest level that took part."))
    host = models.CharField(_("host"), max_length=15, choices=Host, default=Host.UNKNOWN)
    place = models.ForeignKey(Place, verbose_name=_("place"), null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    part_of = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="parts",
        help_text=_("The larger event, for example the visit during which a council met."),
    )
    series = models.ForeignKey(Series, verbose_name=_("series"), null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    ordinal = models.PositiveSmallIntegerField(
        _("number in the series"), null=True, blank=True, help_text=_("2 for “2nd session”. Empty if no source numbers it.")
    )
    date_is_of_report = models.BooleanField(
        _("date of the report"), default=False, help_text=_("The source's own date; the day of the event is not given.")
    )
    related = models.ManyToManyField("self", verbose_name=_("related events"), blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-sort_day", "-number"]
        constraints = [
            *common_constraints("event"),
            models.CheckConstraint(
                condition=models.Q(ordinal__isnull=True) | models.Q(series__isnull=False, ordinal__gte=1),
                name="event_ordinal_needs_a_series",
            ),
            models.UniqueConstraint(
                fields=["series", "ordinal"], condition=models.Q(ordinal__isnull=False), name="event_ordinal_is_used_once"
            ),
            models.CheckConstraint(
                condition=models.Q(part_of__isnull=True) | ~models.Q(part_of=models.F("id")),
                name="event_is_not_part_of_itself",
            ),
        ]
        indexes = common_indexes("event", "kind", "level", "host", "place", "series")

    def is_ahead(self, on=None):
        """Whether it is still to come, or may be, on a day (today, if none is given)."""
        return self.date_to is not None and self.date_to > (on or datetime.date.today())

    def get_absolute_url(self):
        return reverse("event", kwargs={"slug": self.slug})

    def clean(self):
        super().clean()
        not_within_itself(self)
        if self.ordinal and not self.series_id:
            raise ValidationError({"ordinal": _("A number needs its series: choose one.")})


class Participant(models.Model):
    """Somebody, in the office held then, or a body, at an event."""

    class Role(models.TextChoices):
        PARTICIPANT = "participant", _("took part")
        HOST = "host", _("host")
        ORGANISER = "organiser", _("organiser")
        SPEAKER = "speaker", _("speaker")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )
    office = models.ForeignKey(
        Office, verbose_name=_("office held then"), null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="participations",
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.PARTICIPANT)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, organisation__isnull=True)
                | models.Q(person__isnull=True, organisation__isnull=False, office__isnull=True),
                name="participant_is_a_person_or_an_organisation",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "person"], name="participant_people_of_event"),
            models.Index(fields=["event", "organisation"], name="participant_bodies_of_event"),
        ]

    def __str__(self):
        return str(self.person or self.organisation)

    def clean(self):
        one_of(self, "person", "organisation")
        office_belongs_to_its_person(self)


class EventCitation(Citation):
    """A source of an event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
