"""What the record rests on: sources, the citations that lead to them, and the disagreements between them."""

from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from record.folding import fold
from record.models.base import Numbered, Translated, Versioned
from record.models.entry import Confirmation
from record.models.fields import EdtfField, bound, bounds_agree
from record.pair import Side

web_address = URLValidator(schemes=["http", "https"])


class SourceQuerySet(models.QuerySet):
    """A source is public while something public rests on it."""

    def public(self, at=None):
        from record.kinds import seen_by_readers

        return seen_by_readers(self, at)

    def gone(self, at=None):
        """No source is withdrawn: it is public again as soon as something rests on it."""
        return self.none()

    def for_list(self):
        return self


class Source(Numbered, Versioned):
    """A law, a statement, a table or a report that somebody published."""

    LETTER = "S"

    class Kind(models.TextChoices):
        LAW = "law", _("law or treaty text")
        OFFICIAL = "official", _("official statement")
        STATISTICS = "statistics", _("statistics")
        PRESS = "press", _("press")
        ACADEMIC = "academic", _("academic")
        OTHER = "other", _("other")

    publisher = models.CharField(_("publisher"), max_length=200)
    title = models.CharField(_("title"), max_length=400)
    title_is_description = models.BooleanField(
        _("title is a description"), default=False, help_text=_("The title describes the page; it is not its headline.")
    )
    url = models.URLField(_("address"), max_length=500, blank=True, validators=[web_address])
    archived_url = models.URLField(_("archived address"), max_length=500, blank=True, validators=[web_address])
    published = EdtfField(pgettext_lazy("a source", "published"), bounds=("published_from", "published_to"))
    published_from = bound()
    published_to = bound()
    read_on = models.DateField(_("read on"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=3, help_text=_("ISO 639 code: en, az, uz, ru …"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PRESS)
    side = models.CharField(
        _("side"), max_length=15, choices=Side, help_text=_("Whose voice it is: a state's own media and offices count as its side.")
    )
    note = models.TextField(_("note"), blank=True)
    folded = models.TextField(default="", blank=True, editable=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["-number"]
        constraints = [
            bounds_agree("published", "published_from", "published_to", "source_published_has_its_bounds"),
            models.CheckConstraint(condition=models.Q(side__in=Side.values), name="source_side_is_known"),
        ]
        indexes = [models.Index(fields=["side", "kind"], name="source_side_kind")]

    def __str__(self):
        return f"{self.code} {self.publisher}: {self.title}"

    def save(self, *args, **kwargs):
        self.folded = fold(f"{self.publisher}\n{self.title}\n{self.url}")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("source", kwargs={"number": self.number})


class Statement(models.TextChoices):
    """Which statement of an entry a citation supports, or a disagreement is about."""

    ENTRY = "entry", _("the entry as a whole")
    DATE = "date", _("the date")
    PLACE = "place", _("the place")
    PARTICIPANTS = "participants", _("who took part")
    STATUS = "status", _("the status")
    NUMBER = "number", _("a number")
    FORM = "form", _("the form")
    NAME = "name", _("the name")
    OTHER = "other", _("another statement")


class Citation(models.Model):
    """Ties an entry, or one statement of it, to a source. One table per owner, with real keys."""

    source = models.ForeignKey(Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="%(class)ss")
    statement = models.CharField(_("supports"), max_length=12, choices=Statement, default=Statement.ENTRY)
    locator = models.CharField(_("where in the source"), max_length=120, blank=True, help_text=_("Page, article, paragraph."))
    quotation = models.TextField(_("quotation"), blank=True, help_text=_("The source's own words, never a paraphrase."))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self):
        return str(self.source)

    @classmethod
    def owner_field(cls):
        """The key to the row that this table of citations belongs to."""
        return next(f for f in cls._meta.fields if f.is_relation and f.name != "source")

    @classmethod
    def owner_model(cls):
        """The kind of row that this table of citations belongs to."""
        return cls.owner_field().related_model

    @property
    def owner(self):
        """The entry, or the quoted figure, that this citation belongs to."""
        return getattr(self, self.owner_field().name)


class DisagreementQuerySet(models.QuerySet):
    """A disagreement is public while something public carries it."""

    def public(self, at=None):
        from record.kinds import seen_by_readers

        return seen_by_readers(self, at)

    def for_list(self):
        return self


class Disagreement(Versioned, Translated):
    """One statement on which sources differ: every value is kept, one may be preferred with the reason."""

    TEXTS = ("label", "assessment")

    slug = models.SlugField(_("key"), max_length=100, unique=True)
    statement = models.CharField(pgettext_lazy("a disagreement", "about"), max_length=12, choices=Statement, default=Statement.OTHER)
    label = models.CharField(_("what is disputed"), max_length=250)
    assessment = models.TextField(_("why one is preferred, or none"), blank=True, help_text=_("Readers see this beside the values."))

    objects = DisagreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("disagreement")
        verbose_name_plural = _("disagreements")
        ordering = ["slug"]

    def __str__(self):
        return self.label or self.slug

    def carriers(self):
        """The public entries that carry it, where the list has read them."""
        return [entry for name, rows in vars(self).items() if name.startswith("carried_") for entry in rows]


class DisagreementValue(models.Model):
    """What some of the sources say. At most one value of a disagreement is preferred."""

    TEXTS = ("value",)

    disagreement = models.ForeignKey(Disagreement, on_delete=models.CASCADE, related_name="values")
    value = models.CharField(_("value"), max_length=300)
    preferred = models.BooleanField(_("preferred"), default=False)
    sources = models.ManyToManyField(Source, verbose_name=_("sources"), related_name="disagreement_values", blank=True)
    # Derived from the sides of its own sources: who says this value.
    confirmation = models.CharField(_("confirmed"), max_length=12, default=Confirmation.NONE, choices=Confirmation, editable=False)
    confirmed_by = models.CharField(max_length=15, default="", blank=True, editable=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("value")
        verbose_name_plural = _("values")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["disagreement"], condition=models.Q(preferred=True), name="disagreement_prefers_at_most_one_value"
            )
        ]

    def __str__(self):
        return self.value
