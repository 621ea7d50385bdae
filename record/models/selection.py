"""Frozen selections: what answered a question on a day, kept under an address that never changes."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class FrozenSelection(models.Model):
    """The numbers that answered a question of a list, in their order, each with a checksum of what it said then.

    `code` follows from list, question and checksum: the same answer to the same question is one row, however often it is frozen.
    """

    code = models.CharField(_("code"), max_length=20, unique=True)
    listing = models.CharField(_("list"), max_length=40)
    question = models.TextField(_("question"), blank=True)
    columns = models.JSONField(_("columns"))
    entries = models.JSONField(_("entries"))
    checksum = models.CharField(_("checksum"), max_length=64)
    frozen_at = models.DateTimeField(_("frozen"), auto_now_add=True)

    class Meta:
        verbose_name = _("frozen list")
        verbose_name_plural = _("frozen lists")
        ordering = ["-frozen_at"]
        indexes = [models.Index(fields=["frozen_at"], name="frozen_selection_by_day")]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("selection", kwargs={"code": self.code})
