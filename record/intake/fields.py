"""The fields that keep files: nothing reaches the storage by any way that was not opened, checked and, if a picture, made anew.

A file keeps its random name for ever; its renditions stand beside it and are readable exactly when it is.
"""

import hashlib

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _

from record.intake.checking import opened

MOST_MB_OF_A_PICTURE = 12


class CleanPicture(ContentFile):
    """A picture as it may be stored: WebP, with its renditions by the end of their names."""

    def __init__(self, content, *, renditions, widths):
        super().__init__(content, name="picture.webp")
        self.renditions, self.widths = renditions, widths


class CheckedPdf(ContentFile):
    """A PDF in which nothing acts; its bytes are those that were given."""

    def __init__(self, content, *, pages):
        super().__init__(content, name="document.pdf")
        self.pages, self.checksum = pages, hashlib.sha256(content).hexdigest()


def clean_picture(upload):
    """An upload as pixels only. Raises ValidationError with a sentence for the editor."""
    if isinstance(upload, CleanPicture):
        return upload
    with opened("picture", upload, most_mb=MOST_MB_OF_A_PICTURE) as (facts, folder):
        made = {f"-{width}.{form}": (folder / f"{width}.{form}").read_bytes() for width in facts["widths"] for form in ("avif", "webp")}
        made[".jpg"] = (folder / "fallback.jpg").read_bytes()
        return CleanPicture((folder / "picture.webp").read_bytes(), renditions=made, widths=facts["widths"])


def checked_pdf(upload):
    """An upload as a document that is only read. Raises ValidationError with a sentence for the editor."""
    if isinstance(upload, CheckedPdf):
        return upload
    with opened("pdf", upload, most_mb=settings.DOCUMENT_MOST_MB) as (facts, _folder):
        upload.seek(0)
        return CheckedPdf(upload.read(), pages=facts["pages"])


class PictureFile(models.fields.files.ImageFieldFile):
    """Cleans whatever is saved, and keeps the renditions beside it."""

    @property
    def url(self):
        """Nothing serves the storage itself: the row knows the address at which the file is asked for."""
        return self.instance.get_absolute_url()

    def save(self, name, content, save=True):
        made = clean_picture(content)
        vars(self).pop("_dimensions_cache", None)
        self.instance.widths = " ".join(map(str, made.widths))
        super().save(name, made, save=False)
        self.save_renditions(made.renditions)
        if save:
            self.instance.save()

    def save_renditions(self, renditions):
        """Store renditions by the ends of their names; those that are there already are replaced."""
        for end, content in renditions.items():
            name = self.name.removesuffix(".webp") + end
            self.storage.delete(name)
            self.storage.save(name, ContentFile(content))


class PdfFile(models.fields.files.FieldFile):
    """Checks whatever is saved, and notes what readers are told of it."""

    @property
    def url(self):
        """Nothing serves the storage itself: the row knows the address at which the file is asked for."""
        return self.instance.get_absolute_url()

    def save(self, name, content, save=True):
        made = checked_pdf(content)
        self.instance.checksum, self.instance.size, self.instance.pages = made.checksum, made.size, made.pages
        super().save(name, made, save)


class _CheckedFormField(forms.FileField):
    """A file that is opened elsewhere before the form goes on. Nothing is believed of its name or its type."""

    def __init__(self, *, check, **kwargs):
        super().__init__(**kwargs)
        self._check = check

    def to_python(self, data):
        # An empty file is no file to Django; to the editor it is one that does not open.
        if data not in self.empty_values and not data.size:
            raise ValidationError(_("The file is empty."), code="empty")
        upload = super().to_python(data)
        return upload and self._check(upload)


class PictureField(models.ImageField):
    """A picture that is made anew before it is stored, in several widths."""

    attr_class = PictureFile

    def formfield(self, **kwargs):
        # Not Django's own field for pictures: it opens what was uploaded in this very process.
        return super(models.ImageField, self).formfield(**{"form_class": _CheckedFormField, "check": clean_picture, **kwargs})


class PdfField(models.FileField):
    """A PDF that was opened and found harmless before it is stored. Its row has `checksum`, `size` and `pages`."""

    attr_class = PdfFile

    def pre_save(self, model_instance, add):
        """A row whose file was taken away says no more of it."""
        if not getattr(model_instance, self.attname):
            model_instance.checksum, model_instance.size, model_instance.pages = "", 0, 0
        return super().pre_save(model_instance, add)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": _CheckedFormField, "check": checked_pdf, **kwargs})
