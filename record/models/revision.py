"""Versions of the record: one for each save, whatever rows it touches, and what readers are told of it."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from record import answers


class Revision(models.Model):
    """One save of one person, with everything that it wrote: a row, its lists, the rows below it."""

    moment = models.DateTimeField(_("moment"), default=timezone.now, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    verb = models.CharField(_("what was done"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.pk} {self.moment:%Y-%m-%d %H:%M}"


class Tracked(models.Model):
    """What every old version of a row carries beside its values: the save that wrote it."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        abstract = True


class ChangeQuerySet(models.QuerySet):
    """Changes, as readers may hear of them."""

    def public(self, at=None):
        """What happened until a moment, of what readers see then, or know to be withdrawn."""
        from record.history import subjects

        at = at or answers.moment()
        known = Q(pk__in=())
        for letter, model in subjects.subjects().items():
            rows = subjects.known_rows(model, at).filter(**{subjects.key_of(model): OuterRef("number")})
            known |= Q(letter=letter) & Exists(rows.order_by().values("pk"))
        return self.filter(known, at__lte=at)

    def of(self, entry):
        """What happened to one entry, or to one row that entries share."""
        from record.history import subjects

        return self.filter(**subjects.about(entry))

    def newest_first(self):
        return self.order_by("-at", "-pk")

    def for_list(self):
        return self


class Change(models.Model):
    """Something that happened to an entry, or to what entries share, before the eyes of readers. Derived from its versions; never typed, but for the reasons.

    Several corrections of one person on one day are one, unless a later one has a reason of its own. An import is one, with the number of its first figure.
    """

    class What(models.TextChoices):
        ADDED = "added", _("added")
        CORRECTED = "corrected", _("corrected")
        TRANSLATED = "translated", _("translated")
        WITHDRAWN = "withdrawn", _("withdrawn")
        RESTORED = "restored", _("published again")

    # What changes an entry that readers see and go on seeing: from what to what can be said.
    AMENDMENTS = (What.CORRECTED, What.TRANSLATED)
    LETTER = ""

    letter = models.CharField(_("kind of entry"), max_length=1, editable=False)
    number = models.PositiveIntegerField(_("number"), editable=False)
    what = models.CharField(_("what happened"), max_length=10, choices=What, editable=False)
    at = models.DateTimeField(_("moment"), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, editable=False)
    # Between which versions; the first is empty where readers saw none before.
    before = models.ForeignKey(Revision, on_delete=models.SET_NULL, related_name="+", null=True, editable=False)
    after = models.ForeignKey(Revision, on_delete=models.SET_NULL, related_name="+", null=True, editable=False)
    fields = models.JSONField(_("what was changed"), default=list, editable=False)
    reasons = models.JSONField(_("reason that readers see"), default=dict, editable=False)
    figures = models.PositiveIntegerField(_("number of figures"), default=1, editable=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=["added", "corrected", "translated", "withdrawn", "restored"]), name="change_what_is_known"
            )
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="change_newest"),
            models.Index(fields=["letter", "number"], name="change_of_an_entry"),
        ]

    def __str__(self):
        return f"{self.code} {self.what} {self.at:%Y-%m-%d}"

    @property
    def code(self):
        """The number of the entry as readers see it: E12."""
        return f"{self.letter}{self.number}"
