"""Dates as precise as their source: EDTF for machines, bounds for sorting, words for people.

The forms kept are those of ISO 8601-2 (EDTF) that a record of events needs: a day, a month, a year,
a closed range of these, and any single one of them marked approximate (``~``) or uncertain (``?``).
"""

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

from babel.dates import format_date, get_month_names
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from edtf import EDTFParseException, parse_edtf

_SINGLE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_ACCEPTED = re.compile(rf"^(?P<start>{_SINGLE})(?:(?P<doubt>[~?])|/(?P<end>{_SINGLE}))?$")

NO_SUCH_DAY = _("The calendar has no “%(said)s”.")
REFUSAL = _(
    "“%(value)s” is not a date in one of the forms 2022-06-22, 2022-06, 1995, 2022-06-21/2022-06-22, 1996~ (about) or 1996? (uncertain)."
)
SHORT_YEAR = _("“%(said)s” has a year of two figures: write all four. Perhaps %(meant)s is meant.")

# Patterns of the Unicode locale data markup, by language and precision. "bare" is a day without its year,
# "short" the same abbreviated, for lists that stand under the heading of their year.
_PATTERNS = {
    "en": {"day": "d MMMM y", "bare": "d MMMM", "short": "d MMM", "month": "MMMM y", "year": "y"},
    "az": {"day": "d MMMM y", "bare": "d MMMM", "short": "d MMM", "month": "MMMM y", "year": "y"},
    "uz": {"day": "y-'yil' d-MMMM", "bare": "d-MMMM", "short": "d-MMM", "month": "y-'yil' MMMM", "year": "y-'yil'"},
    "ru": {"day": "d MMMM y 'г'.", "bare": "d MMMM", "short": "d MMM", "month": "LLLL y 'г'.", "year": "y 'г'."},
}
_YEAR_FIRST = {"uz"}


@dataclass(frozen=True)
class Span:
    """What an EDTF text covers: its first and its last day, and how it is to be spoken."""

    first: datetime.date
    last: datetime.date
    start: str
    end: str
    doubt: str


@lru_cache(maxsize=20_000)
def read(text):
    """Read an EDTF text; its bounds are days, both included.

    Raises ValidationError with a sentence for the editor when the text is none of the accepted forms,
    names a day that does not exist, or runs backwards.
    """
    refuse = ValidationError(REFUSAL, code="edtf", params={"value": text[:40]})
    match = _ACCEPTED.match(text)
    if not match or match["start"].startswith("0000"):
        raise short_year(text) or refuse
    try:
        first, last = _plain_bounds(text) if text == match["start"] else _bounds(text)
    except (EDTFParseException, ValueError, OverflowError) as error:
        # It has the form of a date: what is wrong with it is the day.
        raise ValidationError(NO_SUCH_DAY, code="edtf", params={"said": text[:40]}) from error
    if first > last:
        raise ValidationError(_("The range “%(value)s” ends before it begins."), params={"value": text})
    return Span(first, last, match["start"], match["end"] or "", match["doubt"] or "")


LONGEST_TYPED = 60
# As people write days and months: 12.11.2026, 11.2026, “12 November 2026”, «ноябрь 2026 г.», 2026-yil 12-noyabr; a mark of doubt may follow.
_DOTTED = re.compile(r"^(?:(?P<day>\d{1,2})\.)?(?P<month>\d{1,2})\.(?P<year>\d{4})$")
# With strokes the month may come first; a number that is no month is the day.
_STROKES = re.compile(r"^(?P<day>1[3-9]|2\d|3[01])/(?P<month>\d{1,2})/(?P<year>\d{4})$")
_STROKES_MONTH_FIRST = re.compile(r"^(?P<month>\d{1,2})/(?P<day>1[3-9]|2\d|3[01])/(?P<year>\d{4})$")
_WORDED = re.compile(r"^(?:(?P<day>\d{1,2})\W+)?(?P<month>[^\W\d_]{3,})\W+(?P<year>\d{4})$")
_YEAR_AND_WORD = re.compile(r"^(?P<year>\d{4})\W+(?:(?P<day>\d{1,2})\W+)?(?P<month>[^\W\d_]{3,})$")
_MONTH_FIRST = re.compile(r"^(?P<month>[^\W\d_]{3,})\W+(?P<day>\d{1,2})\W+(?P<year>\d{4})$")
_OF_A_YEAR = re.compile(r"(?<=\d)[\s-]*(?:г\.?|год[а-я]*|yil|(?:c[ıiuü] )?il)(?=\s|$|,)")


def typed(text):
    """What an editor typed as EDTF, as far as it can only mean one date; anything else as it was typed, for `read` to refuse.

    Day, month and year in this order, as both countries write them; months by their names in any language of the record.
    """
    text = text.strip()
    if len(text) > LONGEST_TYPED:
        return text
    if _ACCEPTED.match(plain := text.replace(" ", "")):
        return plain
    said, doubt = (text[:-1], text[-1]) if text.endswith(("~", "?")) else (text, "")
    said = _OF_A_YEAR.sub("", said.replace("İ", "i").casefold()).strip(" .,")
    if _ACCEPTED.match(f"{said}{doubt}"):
        return f"{said}{doubt}"
    plain = said.replace(" ", "")
    if match := _DOTTED.match(plain) or _STROKES.match(plain) or _STROKES_MONTH_FIRST.match(plain):
        month = int(match["month"])
    elif match := _WORDED.match(said) or _YEAR_AND_WORD.match(said) or _MONTH_FIRST.match(said):
        month = _months().get(match["month"])
    if not match or not month:
        return text
    day = f"-{int(match['day']):02}" if match["day"] else ""
    return f"{match['year']}-{month:02}{day}{doubt}"


# A year of two figures is one of this century, unless that lies further ahead.
_TWO_FIGURES = re.compile(r"(?P<before>.*\D)(?P<year>\d{2})(?P<after>\D*)", re.ASCII)
YEARS_AHEAD = 10


def suspected(text):
    """The day that a text with a year of two figures may mean, in its own words with all four; '' if none. No more than a hint."""
    match = _TWO_FIGURES.fullmatch(text.strip().rstrip("~?")) if len(text) <= LONGEST_TYPED else None
    if not match:
        return ""
    century = 20 if 2000 + int(match["year"]) <= datetime.date.today().year + YEARS_AHEAD else 19
    meant = f"{match['before']}{century}{match['year']}{match['after']}"
    try:
        span = read(typed(meant))
    except ValidationError:
        return ""
    return meant if span.first == span.last else ""


def short_year(text):
    """What is wrong with a day whose year has two figures, and how to write it; None for any other text."""
    meant = suspected(text)
    return ValidationError(SHORT_YEAR, code="edtf", params={"said": text, "meant": meant}) if meant else None


@lru_cache(maxsize=1)
def _months():
    """{name of a month in any of the languages, as it stands alone or behind a day: its number}."""
    forms = [(width, context, lang) for width in ("wide", "abbreviated") for context in ("format", "stand-alone") for lang in _PATTERNS]
    found = {}
    for width, context, lang in forms:
        for number, name in get_month_names(width, context, lang).items():
            found.setdefault(name.casefold().strip("."), number)
    return found


def _plain_bounds(text):
    """The first and last day of a day, a month or a year without doubt: nearly all dates, and read a thousand times faster."""
    year, *rest = map(int, text.split("-"))
    first = datetime.date(year, *rest, *(1, 1)[len(rest) :])
    if len(rest) == 2:
        return first, first
    month = rest[0] if rest else 12
    return first, datetime.date(year, month, calendar.monthrange(year, month)[1])


def _bounds(text):
    parsed = parse_edtf(text)
    return tuple(datetime.date(*bound[:3]) for bound in (parsed.lower_strict(), parsed.upper_strict()))


def validate(text):
    """Raise ValidationError unless `text` is an accepted EDTF date (a validator for fields)."""
    read(text)


def spoken(text, *, lang=None, short=False):
    """Say an EDTF date in a language's own words: “June 2022”, never “1 June 2022” for a month.

    `short` leaves the year out, for lists that stand under the heading of their year.
    An empty text gives an empty string.
    """
    if not text:
        return ""
    span = read(text)
    lang = (lang or get_language() or "en")[:2]
    words = _range(span, lang, short) if span.end else _single(span.start, lang, short)
    if span.doubt == "~":
        return gettext("about %(date)s") % {"date": words}
    if span.doubt == "?":
        return gettext("%(date)s (uncertain)") % {"date": words}
    return words


def iso(text):
    """The machine-readable value of HTML's <time> element, or '' for a range, which it cannot carry."""
    return text if text and re.fullmatch(_SINGLE, text) else ""


def _single(part, lang, short=False):
    form = ("year", "month", "day")[part.count("-")]
    if short:
        form = {"day": "short", "month": "month_alone", "year": "year_alone"}[form]
    return _formatted(part, form, lang).rstrip("." if short else "")


def _formatted(part, form, lang):
    own = _PATTERNS.get(lang, _PATTERNS["en"])
    name = re.search(r"M+|L+", own["month"])[0]
    patterns = {"month_alone": "LLLL", "year_alone": "y", "month_name": name} | own
    return format_date(read(part).first, patterns[form], locale=lang)


def _range(span, lang, short):
    """A range says once what its ends share: “21–22 June 2022”, “January–July 2024”, “28 May – 2 June 2025”, “May – 2 June 2025”."""
    if _are_days_of_one_month(span):
        days = f"{int(span.start[8:])}–{int(span.end[8:])}"
        return re.sub(rf"(?<!\d){int(span.end[8:])}(?!\d)", days, _single(span.end, lang, short), count=1)
    if _are_months_of_one_year(span) and not short:
        first, last = (_formatted(month, "month_name", lang) for month in (span.start, span.end))
        return _single(span.end, lang).replace(last, f"{first}–{last}", 1)
    start, end = _single(span.start, lang, short), _single(span.end, lang, short)
    if not short and _are_within_one_year(span):
        if lang in _YEAR_FIRST:
            end = without_year(span.end, lang)
        else:
            start = without_year(span.start, lang)
    return f"{start} – {end}"


def without_year(part, lang):
    """A day or a month as a language says it, without its year: “12 November”."""
    return _formatted(part, "bare" if part.count("-") == 2 else "month_name", lang)


def _are_within_one_year(span):
    return min(len(span.start), len(span.end)) > 4 and span.start[:4] == span.end[:4]


def _are_months_of_one_year(span):
    return len(span.start) == len(span.end) == 7 and span.start[:4] == span.end[:4]


def _are_days_of_one_month(span):
    return len(span.start) == len(span.end) == 10 and span.start[:7] == span.end[:7]


def moment(value):
    """A moment in words, in the site's time zone, which is named by its distance from UTC."""
    local = timezone.localtime(value)
    offset = f"{local:%z}"
    return f"{spoken(local.date().isoformat())}, {local:%H:%M} (UTC{offset[:3]}:{offset[3:]})"
