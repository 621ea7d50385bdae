"""What came of asking the addresses of a source: one row for its address, one for its archived address."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from record.models.source import Source


class LinkCheck(models.Model):
    """The last answer of an address of a source, and since when it fails. Written by `check_links`.

    `dead_since` is set once it has failed on two different days, and is the first of them; any good answer clears it.
    `fine_at` is set where an editor has looked at it and says that it is fine: that holds for this address until it answers.
    """

    class Part(models.TextChoices):
        ADDRESS = "url", _("address")
        ARCHIVED = "archived_url", _("archived address")

    class Fault(models.TextChoices):
        NONE = "", _("answers")
        GONE = "gone", _("there is no such page")
        BROKEN = "broken", _("the site answers with an error")
        NO_HOST = "no-host", _("no such host")
        NO_ANSWER = "no-answer", _("no answer in time")
        UNSAFE = "unsafe", _("the certificate is not valid")
        ASTRAY = "astray", _("it leads in a circle or too far")
        FORBIDDEN = "forbidden", _("it leads to an address that is not asked")
        REFUSED = "refused", _("programs are refused: look at it yourself")

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="link_checks")
    part = models.CharField(max_length=12, choices=Part, editable=False)
    address = models.CharField(_("address"), max_length=500, editable=False)
    status = models.PositiveSmallIntegerField(_("answer"), null=True, editable=False)
    fault = models.CharField(_("what is wrong"), max_length=10, choices=Fault, blank=True, editable=False)
    final_address = models.CharField(_("leads to"), max_length=2000, blank=True, editable=False)
    checked_at = models.DateTimeField(_("asked"), editable=False)
    failing_since = models.DateField(_("fails since"), null=True, editable=False)
    dead_since = models.DateField(_("dead since"), null=True, editable=False)
    fine_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    fine_at = models.DateTimeField(_("looked at, fine"), null=True, editable=False)

    class Meta:
        verbose_name = _("check of a link")
        verbose_name_plural = _("checks of links")
        ordering = ["source", "-part"]
        constraints = [
            models.UniqueConstraint(fields=["source", "part"], name="link_check_is_one_an_address"),
            models.CheckConstraint(
                condition=models.Q(dead_since__isnull=True) | models.Q(failing_since__isnull=False, dead_since=models.F("failing_since")),
                name="link_check_is_dead_only_while_it_fails",
            ),
        ]
        indexes = [models.Index(fields=["checked_at"], name="link_check_by_moment")]

    def __str__(self):
        return self.address
