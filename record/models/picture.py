"""Pictures: stored under random names, readable only through entries that readers may see."""

import uuid
from pathlib import PurePath

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from record.models.base import Translated, Versioned


def random_name(instance, filename):
    """A name that says nothing and cannot be guessed; every picture is stored as WebP."""
    return f"pictures/{uuid.uuid4().hex}.webp"


class Picture(Versioned, Translated):
    """A photograph or drawing with its alternative text and credit."""

    TEXTS = ("alt", "caption")

    image = models.ImageField(
        _("file"),
        upload_to=random_name,
        width_field="width",
        height_field="height",
        help_text=_("JPEG, PNG, WebP or AVIF, at most 12 MB and 40 million pixels. Metadata is removed."),
    )
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    alt = models.CharField(
        _("alternative text"), max_length=300, blank=True, help_text=_("What the picture shows, for those who do not see it.")
    )
    caption = models.CharField(_("caption"), max_length=400, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Who made it and under which licence."))

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-pk"]

    def get_absolute_url(self):
        """Where its bytes are, for those who may see them."""
        return reverse("picture", kwargs={"name": PurePath(self.image.name).stem})

    def __str__(self):
        return self.alt or self.caption or self.image.name
