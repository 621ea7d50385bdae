"""An entry of the record: what every event, agreement and initiative has."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from record import dates, publishing
from record.folding import fold
from record.models.base import Numbered, Translated, Versioned
from record.models.fields import EdtfField, bound
from record.pair import Side

# Ends of addresses that are pages of their own.
RESERVED = ("embed",)
# Where undated entries stand in the order of days: after everything else.
UNDATED = datetime.date.min


class Confirmation(models.TextChoices):
    """Who stands behind an entry, computed from the sides of its sources."""

    BOTH = "both-sides", _("confirmed by both sides")
    ONE = "one-side", _("confirmed by one side")
    OTHERS = "others-only", _("reported by others only")
    NONE = "no-source", _("no source")

    @classmethod
    def from_sides(cls, sides):
        """The rule: both states' sources, one state's, only third parties', or none at all."""
        sides = set(sides)
        if {Side.FIRST, Side.SECOND} <= sides:
            return cls.BOTH
        if sides & {Side.FIRST, Side.SECOND}:
            return cls.ONE
        return cls.OTHERS if sides else cls.NONE


class EntryQuerySet(publishing.PublicQuerySet):
    """Questions that every kind of entry understands."""

    def newest_first(self):
        return self.order_by("-sort_day", "-number")

    def oldest_first(self):
        """What has no date stands last: an order leaves nothing out."""
        return self.order_by(models.F("date_from").asc(nulls_last=True), "number")

    def dated(self):
        return self.filter(date_from__isnull=False)

    def on_topic(self, topic):
        return self.filter(topics=topic)

    def without_texts(self):
        """Leave the long columns in the database: a list needs titles only.

        And what every save changes: an editor's note leaves the pages of lists standing (see `record.answers`).
        """
        bases = [f"translation_basis_{lang}" for lang in ("en", "az", "uz", "ru")]
        bodies = ["body", "body_en", "body_az", "body_uz", "body_ru"]
        return self.defer(*bodies, "folded", "editor_note", "version", "modified_at", "translation_basis", *bases)


class Entry(Numbered, Versioned, Translated, publishing.Publishable):
    """Number, dates, texts, sources and state: what an event, an agreement and an initiative share."""

    CAN_BE_PREVIEWED = True
    # What `record.texts` shows in the reader's language or the best other one.
    TEXTS = ("title", "summary", "body", "caveat", "withdrawn_reason")
    FOR_EDITORS = ("editor_note",)

    title = models.CharField(_("title"), max_length=300, blank=True)
    slug = models.SlugField(
        _("address"),
        max_length=100,
        unique=True,
        help_text=_("The readable end of the page's address. If you change it, the old one leads to the new one."),
    )
    summary = models.TextField(_("summary"), blank=True, help_text=_("One or two sentences: who did what, when, where."))
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown. Optional."))
    caveat = models.TextField(
        _("what is uncertain"), blank=True, help_text=_("What the sources leave open. Readers see it beside the text.")
    )
    date = EdtfField(_("date"), bounds=("date_from", "date_to"))
    date_from = bound()
    date_to = bound()
    sort_day = models.DateField(default=UNDATED, editable=False)
    topics = models.ManyToManyField("record.Topic", verbose_name=_("topics"), related_name="%(class)ss", blank=True)
    pictures = models.ManyToManyField("record.Picture", verbose_name=_("pictures"), related_name="%(class)ss", blank=True)
    disagreements = models.ManyToManyField(
        "record.Disagreement", verbose_name=_("disagreements between sources"), related_name="%(class)ss", blank=True
    )
    confirmation = models.CharField(_("confirmed"), max_length=12, choices=Confirmation, default=Confirmation.NONE, editable=False)
    # Whose sources confirm it, where one side's alone do.
    confirmed_by = models.CharField(max_length=15, default="", blank=True, editable=False)
    checked_on = models.DateField(
        _("last checked"), null=True, blank=True, help_text=_("The day on which somebody last compared the entry with its sources.")
    )
    editor_note = models.TextField(_("note for editors"), blank=True, help_text=_("Never shown to readers."))
    folded = models.TextField(default="", blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    modified_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.code} {self.any_title}"

    @property
    def any_title(self):
        """The title in the current language, or in whichever has one: for the admin and for logs."""
        return self.title or getattr(self, f"title_{self.original_language}", "") or self.slug

    def clean(self):
        from record.models.address import FormerAddress

        super().clean()
        if self.slug in RESERVED:
            raise ValidationError(
                {"slug": gettext("“%(word)s” leads elsewhere on the site: choose another address.") % {"word": self.slug}}
            )
        taken = FormerAddress.objects.filter(letter=self.LETTER, slug=self.slug).exclude(number=self.number or 0).first()
        if taken:
            code = f"{taken.letter}{taken.number}"
            raise ValidationError({"slug": gettext("%(code)s once had this address, and it still leads there.") % {"code": code}})

    def save(self, *args, **kwargs):
        from record.models.address import FormerAddress

        with transaction.atomic(using=kwargs.get("using")):
            self.folded = self._searchable()
            self.sort_day = dates.read(self.date).first if self.date else UNDATED
            FormerAddress.remember(self)
            super().save(*args, **kwargs)

    def _searchable(self):
        """Every language's title and summary, folded for `q`."""
        texts = []
        for name in ("title", "summary"):
            texts += [getattr(self, f"{name}_{lang}", None) or "" for lang in ("en", "az", "uz", "ru")]
        return fold("\n".join(texts))


def common_constraints(kind):
    """The rules that the database keeps for every kind of entry, named after the kind."""
    from record.models.fields import bounds_agree

    return [
        bounds_agree("date", "date_from", "date_to", f"{kind}_date_has_its_bounds"),
        *publishing.state_constraints(kind),
    ]


def common_indexes(kind, *own):
    """What lists are read from, over what is public only: one index in their order, one by the moment from which readers see a row.

    Both hold what lists narrow, count and order by, `own` being a kind's own columns: all of that is read without the long rows.
    """
    published = models.Q(state=publishing.State.PUBLISHED)
    # SQLite asks for the state once more, though the condition of the index says it.
    held = ["date_from", "date_to", "modified_at", "confirmation", *own, "state", "id"]
    return [
        models.Index(fields=["-sort_day", "-number", "publish_at", *held], condition=published, name=f"{kind}_public_list"),
        models.Index(fields=["publish_at", *held], condition=published, name=f"{kind}_public_rows"),
    ]
