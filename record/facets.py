"""What narrows a list: days as precise as they are typed, facets with a count beside every choice."""

import copy
from dataclasses import dataclass

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from record import dates
from record.counting import Below
from record.inverted.column import Column
from record.texts import reader_language


class DayField(forms.CharField):
    """A day, month or year in a question; its value is the EDTF span it covers."""

    LONGEST = 40

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            span = dates.read(dates.typed(text)) if len(text) <= self.LONGEST else None
        except ValidationError as error:
            if "said" in error.params:
                raise
            span = None
        if span is None or span.end or span.doubt:
            raise dates.short_year(text) or ValidationError(
                _("“%(value)s” is not a date: write 2024, 2024-08 or 2024-08-23."), params={"value": text[: self.LONGEST]}
            )
        return span


class Shared:
    """A filter that every question has a copy of: what it is made of is never changed, so that the copy is a shallow one. It has no
    `method=`, which would stay with the filter that it was copied from."""

    def __deepcopy__(self, memo):
        return copy.copy(self)


class DayFilter(Shared, django_filters.Filter):
    """Narrows by a bound of the entry's date: `after` keeps what ends later, `before` what begins earlier."""

    field_class = DayField

    def filter(self, queryset, value):
        if not value:
            return queryset
        bound = value.first if self.lookup_expr == "gte" else value.last
        return queryset.filter(**{f"{self.field_name}__{self.lookup_expr}": bound})

    @property
    def days(self):
        """The field whose days an index of the kind holds for this filter."""
        return self.field_name

    def marked(self, index, value):
        """What `filter()` keeps, as bits of an index."""
        days = index.numbers(self.field_name)
        return days.since(value.first) if self.lookup_expr == "gte" else days.until(value.last)


class Facet(Shared, django_filters.MultipleChoiceFilter):
    """A filter with a count beside every choice: any of the chosen values, together with the other filters."""

    def __init__(self, *args, many=False, **kwargs):
        self.many = many
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        kwargs.setdefault("required", False)
        super().__init__(*args, **kwargs)

    @property
    def path(self):
        """The lookup whose value is counted."""
        return self.field_name

    # The reference table whose slugs the values are; None where they stand in the row as they are.
    reference = None

    @property
    def counted(self):
        """The expression whose values are counted: what stands in the row itself."""
        return F(self.field_name)

    def below(self, model):
        """Where the values stand, if a row may have several."""
        return Below.of(model, self.path)

    def filter(self, queryset, value):
        if not value:
            return queryset
        if not self.many:
            return queryset.filter(**{f"{self.path}__in": value})
        return queryset.filter(pk__in=self.below(queryset.model).owners(value))

    def column(self, model):
        """Where an index of the kind finds the values."""
        if not self.many:
            return Column(model, "", self.field_name)
        below = self.below(model)
        return Column(below.model, below.owner, below.rest.partition("__")[0])

    def marked(self, index, value):
        """What `filter()` keeps, as bits of an index."""
        return index.having(self, value)

    def offered(self, queryset, only=None, leading=None):
        """The choices as (value, label) pairs, or those among `only`; `queryset` is the whole public list.

        `leading` are the keys of the reference rows that it leads to, where they are known.
        """
        choices = self.extra["choices"]
        return list(choices() if callable(choices) else choices)


class ReferenceFacet(Facet):
    """A facet over a reference table, by slug. Only rows that some entry of the public list leads to exist here."""

    def __init__(self, *args, model, **kwargs):
        self.reference = model
        kwargs.setdefault("choices", [])
        super().__init__(*args, **kwargs)

    @property
    def path(self):
        return f"{self.field_name}__slug"

    def offered(self, queryset, only=None, leading=None):
        # One statement: names of the rows that public entries lead to, in the reader's language or the best other one.
        if only is not None and not only:
            return []
        lang = reader_language()
        # Asked of each row of the reference table whether something leads to it: that ends at the first entry that does.
        leads = (
            Exists(queryset.order_by().filter(**{self.field_name: OuterRef("pk")}).values("pk"))
            if leading is None
            else Q(pk__among=leading)
        )
        names = ["slug", f"name_{lang}", "name_en", "name_ru", "name_uz", "name_az"]
        rows = self.reference._base_manager.filter(leads, **({"slug__in": only} if only else {})).values_list(*names)
        return [(slug, next((name for name in found if name), slug)) for slug, *found in rows]


@dataclass(frozen=True)
class Choice:
    """One choice of a facet, as the page shows it. Beside a question that cannot be answered nothing is counted."""

    value: str
    label: str
    count: int | None
    chosen: bool

    @property
    def leads_nowhere(self):
        return self.count == 0 and not self.chosen


@dataclass(frozen=True)
class ShownFacet:
    """A facet with its counted choices: the first few, and the rest behind “more”."""

    name: str
    label: str
    first: list
    more: list
    is_open: bool


class ConsistentQuestion(forms.Form):
    """`after` may not lie behind `before`."""

    def clean(self):
        cleaned = super().clean()
        after, before = cleaned.get("after"), cleaned.get("before")
        if after and before and after.first > before.last:
            self.add_error("before", _("This day lies before the first one: no entry can answer."))
        return cleaned
