"""Commitments: dated promises that can be checked, and how far they are kept by the evidence."""

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cooperation.models.agreement import Agreement
from cooperation.models.initiative import Initiative
from cooperation.status import ActionSide
from events.models import Event
from record import publishing
from record.folding import fold
from record.models import Citation, Confirmation, Source
from record.models.base import Numbered, Translated, Versioned
from record.models.fields import EdtfField, bound, bounds_agree


class Score(models.TextChoices):
    """How far a promise is kept, in four steps. The rule stands on the page of commitments."""

    NOT_BEGUN = "not-begun", _("not begun")
    MINIMAL = "minimal", _("minimal")
    INTERMEDIATE = "intermediate", _("intermediate")
    FULL = "full", _("full")
    NONE = "not-assessed", _("not assessed: no evidence on record")


class CommitmentQuerySet(publishing.PublicQuerySet):
    """Questions about commitments."""

    def for_list(self):
        """Everything that a row shows, in a number of queries that does not grow."""
        return self.select_related("agreement", "event", "initiative").prefetch_related("assessments", "citations__source")

    def soonest_first(self):
        """By deadline, the open ones first; those without one last."""
        return self.order_by(models.F("deadline_to").asc(nulls_last=True), "number")

    def newest_first(self):
        return self.order_by(models.F("made_from").desc(nulls_last=True), "-number")


class Commitment(Numbered, Versioned, Translated, publishing.Publishable):
    """What a document or a statement promised, so that it can be checked: by whom, when, until when."""

    LETTER = "C"
    CAN_BE_PREVIEWED = True
    TEXTS = ("title", "note", "withdrawn_reason")

    title = models.CharField(
        _("what was promised"), max_length=250, blank=True, help_text=_("One thing that can be checked, without praise.")
    )
    note = models.TextField(_("note"), blank=True, help_text=_("Readers see it beside the promise."))
    wording = models.TextField(_("wording"), blank=True, help_text=_("The source’s own words. Empty if they were not recorded."))
    side = models.CharField(_("promised by"), max_length=15, choices=ActionSide, default=ActionSide.JOINT)
    made_on = EdtfField(_("promised on"), bounds=("made_from", "made_to"))
    made_from = bound()
    made_to = bound()
    deadline = EdtfField(_("deadline"), bounds=("deadline_from", "deadline_to"))
    deadline_from = bound()
    deadline_to = bound()
    agreement = models.ForeignKey(
        Agreement, verbose_name=_("in the document"), null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    event = models.ForeignKey(Event, verbose_name=_("said at"), null=True, blank=True, on_delete=models.PROTECT, related_name="commitments")
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("what came of it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="commitments",
        help_text=_("The initiative that keeps the promise."),
    )
    # Derived: the score of the newest assessment, and who confirms that the promise was made.
    score = models.CharField(_("kept so far"), max_length=12, choices=Score, default=Score.NONE, editable=False)
    confirmation = models.CharField(_("confirmed"), max_length=12, choices=Confirmation, default=Confirmation.NONE, editable=False)
    confirmed_by = models.CharField(max_length=15, default="", blank=True, editable=False)
    folded = models.TextField(default="", blank=True, editable=False)
    modified_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["-number"]
        constraints = [
            *publishing.state_constraints("commitment"),
            bounds_agree("made_on", "made_from", "made_to", "commitment_made_on_has_its_bounds"),
            bounds_agree("deadline", "deadline_from", "deadline_to", "commitment_deadline_has_its_bounds"),
            models.CheckConstraint(condition=models.Q(side__in=ActionSide.values), name="commitment_side_is_known"),
            models.CheckConstraint(condition=models.Q(score__in=Score.values), name="commitment_score_is_known"),
        ]
        indexes = [
            models.Index(
                fields=["deadline_to", "number"], condition=models.Q(state=publishing.State.PUBLISHED), name="commitment_public_soonest"
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def save(self, *args, **kwargs):
        with transaction.atomic(using=kwargs.get("using")):
            texts = [getattr(self, f"{name}_{lang}", None) or "" for name in ("title", "note") for lang in ("en", "az", "uz", "ru")]
            self.folded = fold("\n".join([*texts, self.wording]))
            super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("commitment", kwargs={"number": self.number})

    def is_overdue(self, on):
        """Whether its deadline passed before a day without the promise being kept in full."""
        return bool(self.deadline_to and self.deadline_to < on and self.score != Score.FULL)

    def missing_for_publication(self):
        reasons = [] if self.made_on else [gettext("It does not say when it was promised.")]
        if any(not assessment.sources.exists() for assessment in self.assessments.all()):
            reasons.append(gettext("An assessment has no source: no score without evidence."))
        return reasons


class Assessment(models.Model):
    """How far a commitment was kept on a day, by which evidence. The newest one gives the score."""

    TEXTS = ("finding",)

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="assessments")
    as_of = models.DateField(_("as of"), help_text=_("The day of the newest evidence."))
    score = models.CharField(_("kept so far"), max_length=12, choices=Score.choices[:-1])
    finding = models.CharField(pgettext_lazy("what evidence shows", "finding"), max_length=300, blank=True)
    sources = models.ManyToManyField(Source, verbose_name=_("sources"), related_name="assessments")

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__in=[value for value in Score.values if value != Score.NONE]), name="assessment_score_is_known"
            ),
            models.UniqueConstraint(fields=["commitment", "as_of"], name="assessment_is_one_a_day"),
        ]

    def __str__(self):
        return f"{self.as_of}: {self.get_score_display()}"


class CommitmentCitation(Citation):
    """A source of a commitment."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")


def score_of(commitment):
    """The rule: the score of the newest assessment, and none without one."""
    newest = max(commitment.assessments.all(), key=lambda row: (row.as_of, row.pk), default=None)
    return newest.score if newest else Score.NONE


def refresh_score(commitment):
    """Store the score of a commitment whose assessments may have changed."""
    commitment.score = score_of(commitment)
    Commitment._base_manager.filter(pk=commitment.pk).update(score=commitment.score)


def wrongly_scored():
    """(commitment, what it should say) for every commitment whose stored score disagrees with the rule."""
    for commitment in Commitment._base_manager.prefetch_related("assessments"):
        if (found := score_of(commitment)) != commitment.score:
            yield commitment, found
