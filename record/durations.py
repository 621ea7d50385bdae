"""Durations of clauses: ISO 8601 texts (P5Y, P6M, P30D), added to days as a calendar does it.

A term of months or years ends on the day of the same number; where the month is too short, on its last day.
"""

import re

import isodate
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_ACCEPTED = re.compile(r"P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,3})M)?(?:(\d{1,3})D)?")


def parts(text):
    """(years, months, days) of a duration; None if the text is no duration in years, months and days."""
    match = _ACCEPTED.fullmatch(text)
    numbers = tuple(int(part or 0) for part in match.groups()) if match else ()
    return numbers if any(numbers) else None


def validate(text):
    """Raise ValidationError unless `text` is a duration of at least one day (a validator for fields)."""
    if parts(text) is None:
        raise ValidationError(
            _("“%(value)s” is not a duration: write P5Y for five years, P6M for six months, P30D for thirty days."),
            params={"value": text[:40]},
        )


def after(day, text, times=1):
    """The day that lies a duration, or several, after another."""
    return day + _read(text) * times


def after_if_any(day, text, times=1):
    """The same; the day itself for no times, and None where it would lie beyond the year 9999."""
    try:
        return after(day, text, times) if times else day
    except (OverflowError, ValueError):
        return None


def longest(text):
    """The most days that a duration can last, at least one."""
    years, months, days = parts(text)
    return years * 366 + months * 31 + days


def before(day, text):
    """The day that lies a duration before another."""
    return day - _read(text)


def _read(text):
    return isodate.parse_duration(text, as_timedelta_if_possible=False)
