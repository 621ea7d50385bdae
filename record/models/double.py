"""Pairs of entries that may be one and the same, and what an editor said of them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LikelyDouble(models.Model):
    """Two entries of one kind that look alike, by their numbers, the lower one first.

    Found when one of them is saved, or by `find_doubles`. Once an editor has said that they are different the pair stays, so
    that it is not asked again.
    """

    class Ground(models.TextChoices):
        TITLE = "title", _("nearly the same title, at about the same time")
        DAY = "day", _("same day and same sort, same place or people")

    letter = models.CharField(max_length=1, editable=False)
    first = models.PositiveIntegerField(editable=False)
    second = models.PositiveIntegerField(editable=False)
    ground = models.CharField(_("why"), max_length=8, choices=Ground, editable=False)
    found_at = models.DateTimeField(auto_now_add=True)
    different_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    different_at = models.DateTimeField(_("said to be different"), null=True, editable=False)

    class Meta:
        verbose_name = _("likely duplicate")
        verbose_name_plural = _("likely duplicates")
        ordering = ["letter", "first", "second"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "first", "second"], name="likely_double_is_one_a_pair"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="likely_double_is_of_two"),
        ]
        indexes = [models.Index(fields=["letter", "second"], name="likely_double_by_second")]

    def __str__(self):
        return f"{self.letter}{self.first} / {self.letter}{self.second}"

    def other_than(self, number):
        """The number of the other of the two."""
        return self.second if number == self.first else self.first
