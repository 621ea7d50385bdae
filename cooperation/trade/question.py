"""What may be asked of trade: years, flow, reporter, goods, type of period, status; the same words for every page and chart."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Left
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import Filter

from cooperation.models import Flow, PeriodType, QuotedFigure, TradeFigure
from cooperation.models.trade import FIRST_AND_LAST_YEAR
from cooperation.trade import goods
from cooperation.trade.books import Books
from cooperation.trade.contradictions import flags_of
from cooperation.trade.readings import newest_releases
from record import dates, questions
from record.folding import fold
from record.listing import Facet, Listing
from record.pair import country_name, pair

NOT_NAMED = "not-named"
ALL_GOODS = "total"
# What statistics and quotations are asked alike: a question about both is put to each.
COMMON = ("after", "before", "flow", "reporter", "period")
SIDED = ("reporter", "flow")


class YearField(forms.CharField):
    """A year in a question; its value is the span that it covers, as that of every other date in a question."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, max_length=20, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        first, last = FIRST_AND_LAST_YEAR
        if not (text.isascii() and text.isdecimal() and len(text) == 4 and first <= int(text) <= last):
            raise ValidationError(
                _("“%(value)s” is not a year between %(first)s and %(last)s: write 2024."),
                params={"value": text, "first": first, "last": last},
            )
        return dates.read(text)


class YearFilter(Filter):
    """Narrows by year: `after` keeps it and what is later, `before` it and what is earlier."""

    field_class = YearField

    def filter(self, queryset, value):
        return queryset.filter(**{f"year__{self.lookup_expr}": value.first.year}) if value else queryset


class ExpressionFacet(Facet):
    """A facet over a value that the database works out."""

    def __init__(self, *args, expression, **kwargs):
        self._expression = expression
        super().__init__(*args, **kwargs)

    @property
    def counted(self):
        return self._expression() if callable(self._expression) else self._expression

    def filter(self, queryset, value):
        return queryset.alias(asked=self.counted).filter(asked__in=value) if value else queryset


def reporters():
    """The two states by name, and a source that names neither."""
    return [*((code, country_name(code)) for code in (pair().first, pair().second)), (NOT_NAMED, _("reporter not named"))]


def reporter_facet():
    by_code = Case(When(reporter="", then=Value(NOT_NAMED)), default=F("reporter"), output_field=CharField())
    return ExpressionFacet(choices=reporters, label=_("By whose figures"), expression=by_code)


class GoodsFacet(ExpressionFacet):
    """All goods together, or the chapters on record."""

    def offered(self, queryset, only=None, leading=None):
        found = queryset.order_by().annotate(asked=self.counted).values_list("asked", flat=True).distinct()
        codes = sorted(set(found) - {ALL_GOODS})
        return [(ALL_GOODS, _("all goods together")), *((code, goods.name_of(code)) for code in codes)]


def chapters_facet():
    chapter = Case(
        When(product_code__in=("TOTAL", ""), then=Value(ALL_GOODS)), default=Left("product_code", goods.CHAPTER), output_field=CharField()
    )
    return GoodsFacet(choices=[], label=_("Goods"), expression=chapter)


def named_goods_facet():
    code = Case(When(product_code="", then=Value(ALL_GOODS)), default=F("product_code"), output_field=CharField())
    return GoodsFacet(choices=[], label=_("Goods"), expression=code)


class TradeListing(Listing):
    """What both lists of trade share. Years stand for days."""

    flow = Facet(choices=Flow.choices, label=_("Flow"))
    reporter = reporter_facet()
    period = Facet(field_name="period_type", choices=PeriodType.choices, label=_("Period"))
    after = YearFilter(lookup_expr="gte", label=_("From"))
    before = YearFilter(lookup_expr="lte", label=_("Until"))


WITHIN = ("period_type", "reporter", "flow", "number")
# What names no year stands last, on either database.
ORDERS = {
    "newest": (_("newest first"), lambda queryset: queryset.order_by(F("year").desc(nulls_last=True), "-period", *WITHIN)),
    "oldest": (_("oldest first"), lambda queryset: queryset.order_by(F("year").asc(nulls_last=True), "period", *WITHIN)),
}


class StatisticsListing(TradeListing):
    """The newest release of every observation."""

    q = None
    product = chapters_facet()
    status = Facet(choices=TradeFigure.Status.choices, label=_("Status"))

    ORDERS = ORDERS | {"largest": (_("largest first"), lambda queryset: queryset.order_by("-value", "number"))}

    class Meta:
        model = TradeFigure
        fields = []

    def everything(self, at):
        return newest_releases(at)

    def as_rows(self, queryset):
        return queryset.select_related("source")


# Numbers of documents are said of no trade: they stand on the page that counts documents.
MEASURES = [(value, label) for value, label in QuotedFigure.Measure.choices if value != QuotedFigure.Measure.DOCUMENTS]


class QuotationListing(TradeListing):
    """Every quotation: values, growth, targets and indicators."""

    measure = Facet(choices=MEASURES, label=_("What is said"))
    product = named_goods_facet()
    basis = Facet(choices=QuotedFigure.Basis.choices, label=_("Basis"))
    ORDERS = ORDERS

    class Meta:
        model = QuotedFigure
        fields = []

    def everything(self, at):
        return QuotedFigure.objects.public(at).on_trade()

    def as_rows(self, queryset):
        return queryset.prefetch_related("citations__source", "disagreements__values__sources")

    @cached_property
    def flags(self):
        """{code: what speaks against it}, among all quotations and releases, whatever was asked."""
        return flags_of(Books())

    def search(self, queryset, name, value):
        """All words, in whatever language and spelling, in what was said, by whom and of what."""
        words = fold(value.replace('"', " ")).split()
        names = [f"{text}_{lang}" for text in ("subject", "attributed_to", "note") for lang in ("en", "az", "uz", "ru")]
        texts = self.whole.order_by().values_list("pk", "number", "wording", *names)
        found = [pk for pk, number, *said in texts if words and _all_in(words, fold(" ".join(filter(None, [f"Q{number}", *said]))))]
        return queryset.filter(pk__in=found)


def _all_in(words, text):
    return all(word in text for word in words)


KNOWN = {*StatisticsListing.base_filters, "sort", "page"}


class TradeQuestion:
    """One question put to statistics and to quotations: it is answerable where both can answer it. No question asks for all."""

    def __init__(self, data=None, *, at=None):
        self._data, self._at = QueryDict() if data is None else data, at

    @cached_property
    def statistics(self):
        return StatisticsListing(self._data, at=self._at)

    @cached_property
    def quotations(self):
        return QuotationListing(_shared(self._data), at=self._at)

    @property
    def listing(self):
        """The list that carries the form, its faults and its chips."""
        return self.statistics

    @property
    def is_answerable(self):
        return self.statistics.is_answerable and self.quotations.is_answerable

    @cached_property
    def asked(self):
        """The parts of the question that were filled in, read without asking whether they can be answered. What is no part of
        any question about trade changes nothing."""
        asked = questions.asked(self._data).copy()
        for name in set(asked) - KNOWN:
            asked.pop(name)
        return asked

    @property
    def status_asked(self):
        """Statuses are those of releases: a quotation has none and does not answer a question about them."""
        return self.asked.getlist("status")

    @cached_property
    def books(self):
        """The readings that answer. Quotations of all goods answer no question about some."""
        quoted = self.quotations.rows()
        if chosen := self.asked.getlist("product"):
            quoted = quoted.filter(product_code__in=["" if code == ALL_GOODS else code for code in chosen])
        return Books(self.statistics.narrowed(), quoted.none() if self.status_asked else quoted)

    @property
    def takes_sides(self):
        """Whether it asks for one side or one flow: a comparison needs both, and leaves that aside."""
        return any(self.asked.getlist(name) for name in SIDED)

    @cached_property
    def both_books(self):
        """The books of both sides and every flow, for comparisons; narrowed by everything else that was asked."""
        if not self.takes_sides:
            return self.books
        whole = self._data.copy()
        for name in SIDED:
            whole.pop(name, None)
        return TradeQuestion(whole, at=self._at).books


def _shared(data):
    shared = QueryDict(mutable=True)
    for name in COMMON:
        shared.setlist(name, data.getlist(name))
    return shared
