"""The one field of our own: an EDTF date that keeps its bounds in two columns beside it."""

from babel import Locale
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from record import dates


class EdtfField(models.CharField):
    """An EDTF text ('' where no source gives a date) with its first and last day stored for sorting.

    `bounds` names the two DateFields that follow it in the model, as ImageField names its
    `width_field`; they are filled when the row is saved and held together by `bounds_agree()`.
    """

    def __init__(self, *args, bounds, **kwargs):
        self.bounds = bounds
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, dates.validate]
        self.help_text = self.help_text or _(
            "As precise as the source: 2022-06-22, 2022-06, 1995, 2022-06-21/2022-06-22, "
            "1996~ (about), 1996? (uncertain). Empty if no source gives it."
        )

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs["bounds"] = self.bounds
        kwargs.pop("help_text", None)
        return name, path, args, kwargs

    def pre_save(self, instance, add):
        text = super().pre_save(instance, add)
        span = dates.read(text) if text else None
        first, last = self.bounds
        setattr(instance, first, span and span.first)
        setattr(instance, last, span and span.last)
        return text

    def to_python(self, value):
        value = super().to_python(value)
        return dates.typed(value) if isinstance(value, str) else value


def bound():
    """One of the two columns that hold a date's bounds."""
    return models.DateField(null=True, blank=True, editable=False)


def bounds_agree(field, first, last, name):
    """The database's own rule: a date has both its bounds in order, and no date has neither."""
    without = models.Q(**{field: "", f"{first}__isnull": True, f"{last}__isnull": True})
    # A comparison with NULL is neither true nor false, and a check lets it pass: that both are there is said apart.
    present = {f"{first}__isnull": False, f"{last}__isnull": False, f"{first}__lte": models.F(last)}
    with_both = ~models.Q(**{field: ""}) & models.Q(**present)
    return models.CheckConstraint(condition=without | with_both, name=name)


def is_country(code):
    """Raise ValidationError unless `code` is a lower-case ISO 3166-1 alpha-2 code that has a name (a validator)."""
    if not (code.islower() and code.upper() in Locale.parse("en").territories):
        raise ValidationError(_("“%(code)s” is not a country: write its two letters in lower case."), params={"code": code[:20]})


class CountryField(models.CharField):
    """A lower-case ISO 3166-1 alpha-2 code; '' where none applies."""

    default_validators = (is_country,)

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 2)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        from django import forms

        from record.pair import country_choices

        return forms.TypedChoiceField(
            choices=lambda: [("", "—"), *country_choices()],
            required=not self.blank,
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
            empty_value="",
        )
