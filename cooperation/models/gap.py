"""Why two books differ in one period: the cause that a source names, chosen by an editor from the fixed list."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cooperation.models.trade import PeriodType, period_rules
from record import publishing
from record.models import Source
from record.models.base import Numbered, Translated, Versioned
from record.models.fields import CountryField
from record.pair import pair


class Cause(models.TextChoices):
    """The causes that statisticians name for gaps between mirror figures (United Nations, IMTS 2010, chapter on mirror data)."""

    FREIGHT = "freight", _("freight and insurance")
    TRANSIT = "transit", _("transit through third countries")
    RE_EXPORT = "re-export", _("re-export")
    TIME = "time", _("goods on the way at the turn of the year")
    COVERAGE = "coverage", _("what is counted")
    VALUATION = "valuation", _("valuation and exchange rates")
    CLASSIFICATION = "classification", _("classification of goods")
    REVISION = "revision", _("provisional and revised figures")


class GapCause(Numbered, Versioned, Translated, publishing.Publishable):
    """One cause of the gap between both books in one flow and period, and the source that names it."""

    LETTER = "G"
    TEXTS = ("finding", "withdrawn_reason")

    exporter = CountryField(_("exporting country"), help_text=_("One of the two states. Empty for turnover, which has no exporter."))
    period_type = models.CharField(_("period type"), max_length=16, choices=PeriodType, default=PeriodType.YEAR)
    year = models.PositiveSmallIntegerField(_("year"))
    period = models.PositiveSmallIntegerField(_("quarter or month"), default=0, help_text=_("0 for a whole year."))
    cause = models.CharField(_("cause"), max_length=14, choices=Cause)
    finding = models.TextField(
        _("what the source says"), blank=True, help_text=_("In one or two sentences. Readers see it beside the gap.")
    )
    source = models.ForeignKey(Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="gap_causes")
    locator = models.CharField(_("where in the source"), max_length=120, blank=True, help_text=_("Page, article, paragraph."))

    objects = publishing.PublicQuerySet.as_manager()

    class Meta:
        verbose_name = _("cause of a gap")
        verbose_name_plural = _("causes of gaps")
        ordering = ["-year", "-period", "exporter", "number"]
        constraints = [
            *publishing.state_constraints("gap_cause"),
            *period_rules("gap_cause"),
            models.CheckConstraint(condition=models.Q(cause__in=Cause.values), name="gap_cause_is_on_the_list"),
            models.UniqueConstraint(
                fields=["exporter", "period_type", "year", "period", "cause", "source"], name="gap_cause_is_named_once_by_a_source"
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.get_cause_display()} {self.year}"

    @property
    def gap(self):
        """Which gap it explains, as `cooperation.trade.mirror.Mirror.key` names it."""
        return (self.exporter, self.year, self.period, self.period_type)

    def missing_for_publication(self):
        reasons = []
        if not getattr(self, f"finding_{self.original_language}", None):
            reasons.append(gettext("It does not say what the source says, in the original language."))
        if self.exporter and self.exporter not in (pair().first, pair().second):
            reasons.append(gettext("The exporting country is none of the two states."))
        return reasons
