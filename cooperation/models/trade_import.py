"""Imports of trade statistics: which file, by whom, when, and what it brought."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from record.models import Source


def private_name(_import, _filename):
    """A name that says nothing of the file and cannot be guessed; nothing serves this folder."""
    return f"imports/{uuid.uuid4().hex}.csv"


class TradeImport(models.Model):
    """One file of trade statistics. It keeps who published the figures that came with it, instead of a version of each.

    The figures of an import are those from `first_number` to `last_number`; both are empty until it is carried out.
    """

    class Encoding(models.TextChoices):
        """What a file may be written in; only UTF-8 is recognised, the others must be declared."""

        UTF8 = "utf-8", _("UTF-8, with or without a mark")
        WESTERN = "windows-1252", _("Windows-1252 (Western European)")
        CYRILLIC = "windows-1251", _("Windows-1251 (Cyrillic)")
        TURKISH = "windows-1254", _("Windows-1254 (Turkish, Azerbaijani)")

    class DecimalSign(models.TextChoices):
        """What stands before the cents, where a file leaves it open."""

        POINT = ".", _("a point: 1234.50")
        COMMA = ",", _("a comma: 1234,50")

    file = models.FileField(_("file"), upload_to=private_name, max_length=100, blank=True)
    name = models.CharField(_("name of the file"), max_length=200, blank=True, editable=False)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64, editable=False)
    encoding = models.CharField(
        _("encoding"), max_length=12, choices=Encoding, default=Encoding.UTF8, help_text=_("Change it only if a file is refused for it.")
    )
    decimal_sign = models.CharField(
        _("decimal sign"), max_length=1, choices=DecimalSign, blank=True, help_text=_("Only for a file with numbers such as 1,234.")
    )
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        related_name="trade_imports",
        null=True,
        blank=True,
        help_text=_("Whose figures these are. Needed where the rows of the file do not say so."),
    )
    released_on = models.DateField(
        _("released on"),
        null=True,
        blank=True,
        help_text=_("The day on which these figures were published. Needed where the rows of the file do not say so."),
    )
    outcome = models.JSONField(_("what it would change, or changed"), default=dict, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.SET_NULL, related_name="+", null=True, editable=False
    )
    uploaded_at = models.DateTimeField(_("read"), auto_now_add=True)
    imported_at = models.DateTimeField(_("imported"), null=True, editable=False)
    first_number = models.PositiveIntegerField(_("first figure"), null=True, editable=False)
    last_number = models.PositiveIntegerField(_("last figure"), null=True, editable=False)

    class Meta:
        verbose_name = _("import of trade figures")
        verbose_name_plural = _("imports of trade figures")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(imported_at__isnull=True, first_number__isnull=True, last_number__isnull=True)
                | models.Q(
                    imported_at__isnull=False,
                    first_number__isnull=False,
                    last_number__isnull=False,
                    first_number__lte=models.F("last_number"),
                ),
                name="trade_import_carried_out_brought_figures",
            ),
        ]

    def __str__(self):
        return self.name or f"{self.digest[:12]}"

    @classmethod
    def that_brought(cls, number):
        """The import that the figure of a number came with, or None."""
        return cls.objects.filter(first_number__lte=number, last_number__gte=number).first()
