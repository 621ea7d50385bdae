"""Addresses given to people without an account: to look at one entry, or to say whether it is right."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from record.dates import moment
from record.models.base import Versioned
from record.pair import Side


class OpenedByToken(models.Model):
    """One entry, opened by whoever holds a token, until a moment, unless it is taken back before. The token itself is not kept."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    letter = models.CharField(max_length=1, editable=False)
    number = models.PositiveIntegerField(_("number"), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("works until"), editable=False)
    revoked_at = models.DateTimeField(_("taken back"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("taken back by"), null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        abstract = True

    @property
    def code(self):
        """The number of the entry as readers see it: E12."""
        return f"{self.letter}{self.number}"

    def works(self, at=None):
        """Whether the address opens anything at a moment (now, if none is given)."""
        return self.revoked_at is None and (at or timezone.now()) < self.expires_at

    @property
    def what_became_of_it(self):
        """Why the address opens nothing any more, for whoever was given it; '' while it works."""
        if self.revoked_at is not None:
            return gettext("This address was taken back.")
        return gettext("This address has expired.") if self.expires_at <= timezone.now() else ""


class PreviewLinkQuerySet(models.QuerySet):
    """Questions about preview links."""

    def working(self, at=None):
        """Those that open something; the same rule as `PreviewLink.works`, for the database."""
        open_ones = self.filter(revoked_at__isnull=True, expires_at__gt=at or timezone.now())
        return open_ones.filter(models.Q(made_by__isnull=True) | models.Q(made_by__is_active=True))

    def of(self, entry):
        return self.filter(letter=entry.LETTER, number=entry.number)


class PreviewLink(OpenedByToken):
    """An address at which one unpublished entry is seen as its page will be."""

    opened = models.PositiveIntegerField(_("opened"), default=0, editable=False)
    opened_at = models.DateTimeField(_("last opened"), null=True, editable=False)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["letter", "number"], name="preview_link_of_entry")]

    def __str__(self):
        return self.code

    def works(self, at=None):
        """Not beyond the account that made it: whoever was shut out of the desk shows nobody what is on it."""
        return super().works(at) and not self._is_orphaned

    @property
    def what_became_of_it(self):
        """Why the address opens nothing any more; '' while it works."""
        said = super().what_became_of_it
        return said or (gettext("The account that gave out this address is closed.") if self._is_orphaned else "")

    @property
    def _is_orphaned(self):
        return self.made_by is not None and not self.made_by.is_active


class Answer(models.TextChoices):
    """What somebody asked for a confirmation says of the entry."""

    CONFIRM = "confirm", _("confirmed as it stands")
    CORRECT = "correct", _("to be corrected")
    DECLINE = "decline", _("no statement")


class Outcome(models.TextChoices):
    """What an editor made of the answer."""

    ACCEPTED = "accepted", _("accepted as a source")
    SET_ASIDE = "set-aside", _("set aside")


class ConfirmationRequestQuerySet(models.QuerySet):
    """Questions about requests for confirmation."""

    def of(self, entry):
        return self.filter(letter=entry.LETTER, number=entry.number)

    def to_handle(self):
        """Answered, and no editor has said yet what comes of it."""
        return self.exclude(answer="").filter(outcome="")

    def unanswered(self, at=None):
        return self.filter(answer="", revoked_at__isnull=True, expires_at__gt=at or timezone.now())


class ConfirmationRequest(OpenedByToken, Versioned):
    """One of the two states is asked, in its language, whether an entry is right; its answer; and what an editor made of it."""

    SIDES = [choice for choice in Side.choices if choice[0] != Side.THIRD]

    side = models.CharField(_("side"), max_length=15, choices=SIDES)
    asked = models.CharField(
        _("who is asked"), max_length=200, help_text=_("The ministry or office, as a source would name its publisher.")
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, blank=True, editable=False)
    text = models.TextField(_("text of the answer"), blank=True, editable=False)
    name = models.CharField(_("name"), max_length=150, blank=True, editable=False)
    office = models.CharField(_("office"), max_length=200, blank=True, editable=False)
    email = models.EmailField(_("e-mail"), blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    entry_version = models.PositiveIntegerField(_("version of the entry that was read"), null=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome, blank=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("handled by"), null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    handled_at = models.DateTimeField(_("handled"), null=True, editable=False)
    source = models.ForeignKey(
        "record.Source", verbose_name=_("source"), null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    objects = ConfirmationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for confirmation")
        verbose_name_plural = _("requests for confirmation")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["letter", "number"], name="confirmation_of_entry")]
        constraints = [
            models.CheckConstraint(condition=models.Q(side__in=[Side.FIRST, Side.SECOND]), name="confirmation_is_asked_of_a_state"),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | models.Q(answer__in=Answer.values, answered_at__isnull=False, entry_version__isnull=False),
                name="confirmation_answer_has_its_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", source__isnull=True) | (models.Q(outcome__in=Outcome.values) & ~models.Q(answer="")),
                name="confirmation_outcome_follows_an_answer",
            ),
        ]

    def __str__(self):
        return f"{self.code}: {self.asked}"

    @property
    def what_became_of_it(self):
        if self.answer:
            return gettext("This address was answered on %(when)s.") % {"when": moment(self.answered_at)}
        return super().what_became_of_it

    @property
    def is_to_handle(self):
        return bool(self.answer) and not self.outcome
