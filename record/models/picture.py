"""Pictures: stored under random names, readable only through entries that readers may see."""

import uuid
from pathlib import PurePath

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from record.intake.fields import PictureField
from record.models.base import Translated, Versioned


def random_name(instance, filename):
    """A name that says nothing and cannot be guessed; every picture is stored as WebP."""
    return f"pictures/{uuid.uuid4().hex}.webp"


class Picture(Versioned, Translated):
    """A photograph or drawing with its alternative text and credit."""

    TEXTS = ("alt", "caption")
    # The token of the preview on whose page it is shown, '' on all other pages.
    shown_by = ""

    image = PictureField(
        _("file"),
        upload_to=random_name,
        width_field="width",
        height_field="height",
        help_text=_("JPEG, PNG, WebP or AVIF, at most 12 MB and 40 million pixels. Metadata is removed."),
    )
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    # Of its renditions, in pixels with spaces between; empty where none were made yet.
    widths = models.CharField(max_length=40, default="", blank=True, editable=False)
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
        return self.address("webp")

    def address(self, form, width=None):
        """Where the picture, or its rendition of a width, is in one of the forms webp, avif and jpg."""
        own = {"name": PurePath(self.image.name).stem, "form": form}
        found = reverse("picture-rendition", kwargs=own | {"width": width}) if width else reverse("picture", kwargs=own)
        return f"{found}?preview={self.shown_by}" if self.shown_by else found

    @property
    def renditions(self):
        """(form, value of `srcset`) of each form that has several widths, the smallest files first."""
        widths = self.widths.split()
        return [(form, ", ".join(f"{self.address(form, width)} {width}w" for width in widths)) for form in ("avif", "webp") if widths]

    @property
    def fallback(self):
        """The address of the picture for browsers that know neither form of the renditions."""
        return self.address("jpg" if self.widths else "webp")

    def missing_for_readers(self, lang, *, place):
        """Sentences on what an entry in a language may not show this picture without; `place` counts from 1."""
        missing = []
        if not getattr(self, f"alt_{lang}"):
            missing.append(gettext("Picture %(n)s has no alternative text in the original language of the entry.") % {"n": place})
        if not self.credit:
            missing.append(gettext("Picture %(n)s has no credit.") % {"n": place})
        return missing

    def __str__(self):
        return self.alt or self.caption or self.image.name
