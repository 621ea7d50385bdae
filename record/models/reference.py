"""The reference tables that every kind of entry shares. Each row has a page of everything that involves it."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from record import durations
from record.folding import fold
from record.models.base import Translated, Versioned
from record.models.fields import CountryField, EdtfField, bound, bounds_agree
from record.models.rules import not_within_itself


class Named(Versioned, Translated):
    """A row with a name in every language and a page of its own."""

    TEXTS = ("name", "description")
    PATH = ""

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=250)
    description = models.TextField(_("description"), blank=True)
    other_spellings = models.TextField(
        _("other spellings"), blank=True, help_text=_("One a line: forms that readers may type or meet elsewhere.")
    )
    folded = models.TextField(default="", blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name or self.slug

    def get_absolute_url(self):
        return reverse(f"{self._meta.model_name}", kwargs={"slug": self.slug})

    def save(self, *args, **kwargs):
        names = [getattr(self, f"name_{lang}", None) or "" for lang in ("en", "az", "uz", "ru")]
        self.folded = fold("\n".join([*names, self.other_spellings]))
        super().save(*args, **kwargs)


class Topic(Named):
    """A subject under which entries are found."""

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["slug"]


class Place(Named):
    """Somewhere that something happened, stands or was signed."""

    class Kind(models.TextChoices):
        CITY = "city", _("city")
        DISTRICT = "district", _("district")
        REGION = "region", _("region")
        BUILDING = "building", _("building")
        SITE = "site", _("site")
        SQUARE = "square", _("square")
        MONUMENT = "monument", _("monument")
        SCHOOL = "school", _("school")
        UNIVERSITY = "university", _("university")
        CULTURAL_CENTRE = "cultural-centre", _("cultural centre")
        TRAINING_RANGE = "training-range", _("training range")
        RESORT = "resort", _("resort")
        ONLINE = "online", _("online")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.CITY)
    country = CountryField(_("country"))
    part_of = models.ForeignKey("self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    coordinates_precision = models.CharField(
        _("precision of the coordinates"), max_length=80, blank=True, help_text=_("For example: city centre.")
    )

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__isnull=False, longitude__isnull=False, latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_coordinates_come_in_pairs",
            ),
        ]

    def clean(self):
        super().clean()
        not_within_itself(self)


class Person(Named):
    """Somebody who took part, signed, or after whom something is named."""

    country = CountryField(_("country"))

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["slug"]


class Organisation(Named):
    """A body that took part, signed, funds or hosts."""

    class Kind(models.TextChoices):
        STATE_BODY = "state-body", _("state body")
        PARLIAMENT = "parliament", _("parliament")
        MINISTRY = "ministry", _("ministry")
        EMBASSY = "embassy", _("embassy")
        AGENCY = "agency", _("agency")
        INTERGOVERNMENTAL = "intergovernmental-body", _("intergovernmental body")
        INTERPARLIAMENTARY = "interparliamentary-body", _("interparliamentary body")
        INTERNATIONAL = "international-organisation", _("international organisation")
        COMPANY = "company", _("company")
        FUND = "fund", _("fund")
        UNIVERSITY = "university", _("university")
        RESEARCH = "research-institute", _("research institute")
        CULTURAL_CENTRE = "cultural-centre", _("cultural centre")
        OTHER = "other", _("other")

    class Scope(models.TextChoices):
        NATIONAL = "national", _("of one country")
        JOINT = "joint", _("joint")
        INTERNATIONAL = "international", _("international")

    kind = models.CharField(_("kind"), max_length=30, choices=Kind, default=Kind.OTHER)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    country = CountryField(_("country"))
    scope = models.CharField(_("scope"), max_length=15, choices=Scope, default=Scope.NATIONAL)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["slug"]


class Office(Versioned):
    """An office that a person held, as dated as the sources make it."""

    TEXTS = ("title",)

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="offices")
    title = models.CharField(_("office"), max_length=250)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.PROTECT, related_name="offices"
    )
    country = CountryField(_("country"))
    start = EdtfField(_("from"), bounds=("start_from", "start_to"))
    start_from = bound()
    start_to = bound()
    end = EdtfField(_("until"), bounds=("end_from", "end_to"))
    end_from = bound()
    end_to = bound()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["start_from", "pk"]
        constraints = [
            bounds_agree("start", "start_from", "start_to", "office_start_has_its_bounds"),
            bounds_agree("end", "end_from", "end_to", "office_end_has_its_bounds"),
        ]

    def __str__(self):
        return f"{self.person}, {self.title}"


class Series(Named):
    """Events that repeat under one name: the sessions of a body, the rounds of a forum."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.PROTECT, related_name="series"
    )
    meets_every = models.CharField(
        _("meets every"),
        max_length=12,
        blank=True,
        validators=[durations.validate],
        help_text=_("ISO 8601: P1Y for once a year, P6M for twice. Empty if no source gives it."),
    )
    meets_every_source = models.ForeignKey(
        "record.Source",
        verbose_name=_("source of the interval"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="series",
    )

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(meets_every="", meets_every_source__isnull=True)
                | ~models.Q(meets_every="") & models.Q(meets_every_source__isnull=False),
                name="series_interval_has_its_source",
            )
        ]

    def clean(self):
        super().clean()
        if bool(self.meets_every) != bool(self.meets_every_source_id):
            raise ValidationError({"meets_every_source": gettext("An interval and the source that gives it belong together.")})
