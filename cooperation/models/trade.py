"""Trade: observations of statistical offices, and figures that somebody quoted. The two are never mixed."""

import calendar
import datetime

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cooperation.models.trade_import import TradeImport
from events.models import Event
from record import publishing
from record.models import Citation, Disagreement, Revision, Source
from record.models.base import Numbered, Translated, Versioned
from record.models.fields import CountryField, EdtfField, bound, bounds_agree
from record.pair import country_name


class Flow(models.TextChoices):
    """The direction of trade as the reporter counts it."""

    EXPORT = "export", _("exports")
    IMPORT = "import", _("imports")
    TURNOVER = "turnover", _("turnover")


class PeriodType(models.TextChoices):
    """How long an observation lasts. Series of different types are never drawn on one axis."""

    YEAR = "year", _("year")
    QUARTER = "quarter", _("quarter")
    MONTH = "month", _("month")
    TO_MONTH = "january-to-month", _("January to month")
    UNSTATED = "part-year", _("part of a year, months not stated")


# The number of the last period within a year; 0 stands for none.
LAST_PERIOD = {PeriodType.YEAR: 0, PeriodType.QUARTER: 4, PeriodType.MONTH: 12, PeriodType.TO_MONTH: 12, PeriodType.UNSTATED: 0}


FIRST_AND_LAST_YEAR = (1900, 2100)


def period_bounds(period_type, year, period):
    """First and last day of a period; a part-year of unknown months spans its year."""
    if period_type == PeriodType.QUARTER:
        first, last = period * 3 - 2, period * 3
    else:
        first = period if period_type == PeriodType.MONTH else 1
        last = period or 12
    return datetime.date(year, first, 1), datetime.date(year, last, calendar.monthrange(year, last)[1])


def period_rules(kind):
    """The database's rules on periods, for observations and quotations alike."""
    numbered = models.Q()
    for period_type, last in LAST_PERIOD.items():
        fits = models.Q(period_type=period_type, period__range=(1, last)) if last else models.Q(period_type=period_type, period=0)
        numbered |= fits
    known = models.Q(year__isnull=True) | models.Q(year__isnull=False, year__range=FIRST_AND_LAST_YEAR)
    return [
        models.CheckConstraint(condition=numbered, name=f"{kind}_period_fits_its_type"),
        models.CheckConstraint(condition=known, name=f"{kind}_year_is_one_of_our_age"),
    ]


# What makes figures releases of one and the same observation.
SERIES = ("reporter", "partner", "flow", "period_type", "year", "period", "classification", "product_code")


class TradeFigure(Numbered, Versioned, publishing.Publishable):
    """One observation: what one side's statistics say of one flow in one period, as released on one day.

    Values are in units of `currency`, not in millions. A revision is a further row with a later release day.
    """

    LETTER = "T"
    FOR_EDITORS = ("note",)

    class Valuation(models.TextChoices):
        FOB = "fob", _("FOB")
        CIF = "cif", _("CIF")
        UNSTATED = "not-stated", _("not stated")

    class Status(models.TextChoices):
        FINAL = "final", _("final")
        PROVISIONAL = "provisional", _("provisional")
        REVISED = "revised", _("revised")
        ESTIMATED = "estimated", _("estimated")
        UNSTATED = "not-stated", _("not stated")

    reporter = CountryField(_("reporter"), blank=False)
    partner = CountryField(_("partner"), blank=False)
    flow = models.CharField(_("flow"), max_length=8, choices=Flow)
    period_type = models.CharField(_("period type"), max_length=16, choices=PeriodType, default=PeriodType.YEAR)
    year = models.PositiveSmallIntegerField(_("year"))
    period = models.PositiveSmallIntegerField(_("quarter or month"), default=0, help_text=_("0 for a whole year."))
    classification = models.CharField(_("classification"), max_length=8, default="TOTAL", help_text=_("HS, H6 …, or TOTAL."))
    product_code = models.CharField(_("product"), max_length=10, default="TOTAL")
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    valuation = models.CharField(_("valuation"), max_length=10, choices=Valuation, default=Valuation.UNSTATED)
    status = models.CharField(_("status"), max_length=11, choices=Status, default=Status.UNSTATED)
    source = models.ForeignKey(Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="trade_figures")
    released_on = models.DateField(_("released on"))
    note = models.TextField(_("note for editors"), blank=True)

    objects = publishing.PublicQuerySet.as_manager()

    class Meta:
        verbose_name = _("trade figure")
        verbose_name_plural = _("trade figures")
        ordering = ["-year", "-period", "reporter", "flow"]
        constraints = [
            *publishing.state_constraints("trade_figure"),
            *period_rules("trade_figure"),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="trade_figure_is_not_negative"),
            models.CheckConstraint(condition=~models.Q(reporter=models.F("partner")), name="trade_figure_has_two_countries"),
            models.UniqueConstraint(
                fields=[*SERIES, "released_on"],
                name="trade_figure_is_released_once",
            ),
        ]
        # All goods together, and chapters, are found among a million figures of finer codes.
        indexes = [models.Index(fields=["product_code", "year"], name="trade_figure_by_product")]

    def __str__(self):
        from cooperation.trade.words import period

        return f"{self.code} {country_name(self.reporter)} – {country_name(self.partner)}: {self.get_flow_display()}, {period(self)}"

    def get_absolute_url(self):
        return reverse("trade-statistic", kwargs={"code": self.code})

    def save(self, *args, **kwargs):
        with transaction.atomic(using=kwargs.get("using")):
            if not self._state.adding:
                self._keep_first_version()
            super().save(*args, **kwargs)

    def _keep_first_version(self):
        """A figure that came with an import has no history yet: how it came is its first version."""
        stored = type(self)._base_manager.filter(pk=self.pk).first()
        if stored and not stored.history.exists():
            came_with = TradeImport.that_brought(stored.number)
            stored._history_user = came_with and came_with.by
            brought = Revision.objects.create(moment=stored.publish_at or timezone.now(), by=stored._history_user, verb="import")
            how = {"default_date": brought.moment, "default_change_reason": brought.verb, "custom_historical_attrs": {"revision": brought}}
            self.history.bulk_history_create([stored], **how)


class QuotedFigureQuerySet(publishing.PublicQuerySet):
    """Quotations, of trade and of other things that are counted."""

    def on_trade(self):
        """Those that speak of trade: a number of documents is said of none."""
        return self.exclude(measure=QuotedFigure.Measure.DOCUMENTS)


class QuotedFigure(Numbered, Versioned, Translated, publishing.Publishable):
    """A number that somebody said or wrote, kept as a quotation; it never enters a statistical series."""

    LETTER = "Q"
    TEXTS = ("subject", "attributed_to", "note", "withdrawn_reason")

    class Measure(models.TextChoices):
        VALUE = "value", _("value of trade")
        GROWTH = "growth", _("growth of trade")
        TARGET = "target", _("target")
        INDICATOR = "indicator", _("other indicator")
        DOCUMENTS = "documents", _("number of documents signed")

    class Unit(models.TextChoices):
        MILLION_USD = "million-usd", _("million US dollars")
        PERCENT = "percent", _("percent")
        TIMES = "times", _("times")
        ENTERPRISES = "enterprises", _("enterprises")
        THOUSAND_TONNES = "thousand-tonnes", _("thousand tonnes")
        MILLION_TONNES = "million-tonnes", _("million tonnes")
        DOCUMENTS = "documents", pgettext_lazy("a unit", "documents")

    class Basis(models.TextChoices):
        STATED = "stated", _("stated by the source")
        DERIVED = "derived", _("computed from stated values")

    class Precision(models.TextChoices):
        EXACT = "exact", _("as given")
        ABOUT = "about", pgettext_lazy("a quantity", "about")
        OVER = "over", _("over")

    measure = models.CharField(_("measure"), max_length=10, choices=Measure)
    subject = models.CharField(
        _("subject"), max_length=250, blank=True, help_text=_("The goods or the indicator, where it is not total trade.")
    )
    reporter = CountryField(_("by whose statistics"), help_text=_("Empty if the source does not say."))
    flow = models.CharField(_("flow"), max_length=8, choices=Flow, blank=True)
    exporter = CountryField(_("exporting country"))
    period_type = models.CharField(_("period type"), max_length=16, choices=PeriodType, default=PeriodType.YEAR)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, help_text=_("For a target: the year by which. Empty if none was said.")
    )
    period = models.PositiveSmallIntegerField(_("quarter or month"), default=0)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=16, choices=Unit)
    precision = models.CharField(_("precision"), max_length=6, choices=Precision, default=Precision.EXACT)
    basis = models.CharField(_("basis"), max_length=8, choices=Basis, default=Basis.STATED)
    product_code = models.CharField(
        _("product"), max_length=10, blank=True, help_text=_("HS chapters, matched from the name of the goods.")
    )
    said_on = EdtfField(_("said on"), bounds=("said_from", "said_to"))
    said_from = bound()
    said_to = bound()
    attributed_to = models.CharField(_("said by"), max_length=250, blank=True)
    wording = models.TextField(_("wording"), blank=True, help_text=_("The source's own words. Empty if they were not recorded."))
    note = models.TextField(_("note"), blank=True, help_text=_("Readers see it beside the figure."))
    chartable = models.BooleanField(
        _("may be drawn"),
        default=True,
        help_text=_("Off for a figure that fits nothing else on record: it is listed, with its note, and not drawn."),
    )
    disagreements = models.ManyToManyField(
        Disagreement, verbose_name=_("disagreements between sources"), related_name="quoted_figures", blank=True
    )

    event = models.ForeignKey(
        Event,
        verbose_name=_("event"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="quoted_figures",
        help_text=_("For a number of documents: where they were signed. Empty if it speaks of all."),
    )

    objects = QuotedFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("quoted figure")
        verbose_name_plural = _("quoted figures")
        ordering = ["-year", "-period", "number"]
        constraints = [
            *publishing.state_constraints("quoted_figure"),
            *period_rules("quoted_figure"),
            bounds_agree("said_on", "said_from", "said_to", "quoted_figure_said_on_has_its_bounds"),
            models.CheckConstraint(condition=~models.Q(measure="value") | ~models.Q(flow=""), name="quoted_figure_of_trade_names_its_flow"),
            models.CheckConstraint(condition=models.Q(measure="target") | models.Q(year__isnull=False), name="quoted_figure_has_its_year"),
            models.CheckConstraint(
                condition=~models.Q(measure="value")
                | models.Q(unit="million-usd") & (models.Q(value__isnull=True) | models.Q(value__isnull=False, value__gte=0)),
                name="quoted_figure_of_trade_is_a_sum",
            ),
            models.CheckConstraint(
                condition=models.Q(measure="documents", unit="documents")
                | ~models.Q(measure="documents") & ~models.Q(unit="documents") & models.Q(event__isnull=True),
                name="quoted_figure_of_documents_counts_documents",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.subject or self.get_measure_display()} {self.year}"

    def get_absolute_url(self):
        """Its page; a number of documents stands on the page that counts them."""
        if self.measure == self.Measure.DOCUMENTS:
            return reverse("counts")
        return reverse("trade-quotation", kwargs={"code": self.code})


class QuotedFigureCitation(Citation):
    """A source of a quoted figure."""

    quoted_figure = models.ForeignKey(QuotedFigure, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
