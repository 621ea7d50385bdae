"""What templates say of entries: texts in the best language, dates in words, sources by number."""

import datetime
import re
from functools import lru_cache

from babel import Locale
from babel.numbers import format_decimal
from django import template
from django.template.defaultfilters import stringfilter
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_info, gettext, ngettext

from record import dates, markup, texts
from record import pair as states
from record.roles import is_editor
from record.tables import kinds

register = template.Library()
_TWO_STOPS = re.compile(r"(г\.(?:</time>)?)\.(?!\.)")
_HYPHENATED = re.compile(r"\d+–\d+-[^\W\d]+|\d+-[^\W\d]+|\d+–\d+")


@register.filter
def text(row, name):
    """A text of a row; in a `lang` of its own where the reader's language has none."""
    found = texts.best(row, name)
    if found.is_foreign:
        return format_html('<span lang="{}">{}</span>', found.lang, found.words)
    return found.words


@register.filter(is_safe=True)
@stringfilter
def capfirst(words):
    """Django's own filter, with the capital letters of the reader's language: it stands before Django's in every template."""
    return texts.capital(words)


@register.filter
def plain(row, name):
    """The same text without markup, for titles and attributes."""
    return texts.best(row, name).words


@register.filter
def foreign(row, name):
    """The name of the language that a text is in, where it is not the reader's; '' otherwise."""
    found = texts.best(row, name)
    return get_language_info(found.lang)["name_translated"] if found.is_foreign else ""


@register.filter
def language_of(row, name):
    """The code of the language that a text is in, where it is not the reader's; '' otherwise."""
    found = texts.best(row, name)
    return found.lang if found.is_foreign else ""


@register.simple_tag
def prose(row, name, footnotes=None):
    """A Markdown text as clean HTML, in a block of its own language where it is not the reader's; its source figures lead to
    the sources that are numbered on the page."""
    found = texts.best(row, name)
    html = markup.html(found.words, lambda code: _superior(_known(footnotes and footnotes.of_code(code))))
    if found.is_foreign:
        return format_html('<div lang="{}">{}</div>', found.lang, mark_safe(html))
    return mark_safe(html)


@register.filter
def said(date):
    """An EDTF date in words, machine-readable where HTML can carry it."""
    return _time(date, dates.spoken(date)) if date else ""


@register.filter
def said_short(date):
    """The same without its year, for rows under the heading of their year."""
    return _time(date, dates.spoken(date, short=True)) if date else ""


@register.filter
def spoken(date):
    """An EDTF date in words, as plain text."""
    return dates.spoken(date)


@register.filter
def day(value):
    """A plain calendar day in words; of a moment, the day that it has in the time zone of the record."""
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value).date()
    return said(value.isoformat()) if value else ""


@register.filter
def day_short(value):
    """The same without its year, under the heading of its year."""
    return said_short(value.isoformat())


def _time(date, words):
    machine = dates.iso(date)
    # No line breaks within “22–23”, within the Uzbek “19-fevral”, or before the Russian “г.”.
    words = _HYPHENATED.sub(r'<span class="together">\g<0></span>', escape(words.replace(" г.", "\u00a0г.")))
    words = mark_safe(words)
    return format_html('<time datetime="{}">{}</time>', machine, words) if machine else words


@register.filter(is_safe=True)
def one_stop(sentence):
    """A sentence that ends with a Russian date, “2026 г.”, has its full stop already: no second one."""
    return _TWO_STOPS.sub(r"\1", sentence)


@register.filter
def moment(value):
    """A moment in words, in the site’s time zone; nothing for none."""
    return dates.moment(value) if value else ""


@register.filter
def country(code):
    """A country's name in the reader's language."""
    return states.country_name(code)


@register.filter
def side(value):
    """A side by the name of its country."""
    return states.side_name(value)


@register.filter
def lane(value):
    """Which of the two inks belongs to a side or to a country code: first, second, or neither."""
    by_side = {states.Side.FIRST: "first", states.Side.SECOND: "second"}
    own = states.pair()
    return by_side.get(value) or {own.first: "first", own.second: "second"}.get(value, "both")


@register.filter
def host(event):
    """The host of an event, the two states by name."""
    codes = {"first-country": states.pair().first, "second-country": states.pair().second}
    return states.country_name(codes[event.host]) if event.host in codes else event.get_host_display()


@register.filter
def amount(value):
    """A number as the reader's language writes it, with no digit that the record does not have."""
    if value is None:
        return ""
    return written(value, texts.reader_language())


@lru_cache(4096)
def written(value, lang):
    """A number as a language writes it."""
    bare = f"{value:f}" if hasattr(value, "normalize") else str(value)
    digits = len(bare.rstrip("0").partition(".")[2]) if "." in bare else 0
    return format_decimal(value, format="#,##0." + "0" * digits if digits else "#,##0", locale=lang)


@register.filter
def capital(words):
    """The first letter in upper case by the reader's alphabet, the rest as it is."""
    words = str(words)
    first = "İ" if words[:1] == "i" and texts.reader_language() == "az" else words[:1].upper()
    return first + words[1:]


@register.filter
def numbered(row):
    """What a row is, and its number, without a word of its own: Event E12."""
    return f"{capital(row._meta.verbose_name)} {row.code}"


@register.simple_tag
def table_address(opts, user):
    """Where an editor exchanges the rows of a model as a table; '' for others, and for models that have none."""
    kind = kinds.by_name(opts.model_name)
    return reverse("admin:table", args=[kind.name]) if kind and is_editor(user) else ""


@register.filter
def get(mapping, key):
    """A value of a mapping by a key that a template holds."""
    return mapping.get(key)


@register.simple_tag
def marks(footnotes, statement="entry"):
    """Superior figures of the sources that support one statement of the entry."""
    return _superior(footnotes.of_statement(statement))


@register.simple_tag
def source_marks(footnotes, sources):
    """Superior figures of given sources."""
    return _superior(footnotes.numbers(sources))


def _known(number):
    return [number] if number else []


def _superior(numbers):
    if not numbers:
        return ""
    label = gettext("source %(number)s")
    links = format_html_join(
        mark_safe("<span>, </span>"),
        '<a href="#source-{0}" aria-label="{1}">{0}</a>',
        ((number, label % {"number": number}) for number in numbers),
    )
    return format_html('<sup class="ref">{}</sup>', links)


@register.simple_tag(takes_context=True)
def unreviewed(context, row):
    """Whether the reader's language shows a translation that no native editor has reviewed."""
    return row.translation_mark(texts.reader_language()) == "machine"


@register.filter
def older(row):
    """Whether the texts in the reader's language are older than the original."""
    return row.is_outdated(texts.reader_language())


@register.filter
def duration(period):
    """An ISO 8601 duration of years or months in words: P5Y is five years."""
    match = re.fullmatch(r"P(?:(\d{1,3})Y)?(?:(\d{1,3})M)?", period)
    if not match or not (match[1] or match[2]):
        return period
    parts = []
    if match[1]:
        parts.append(ngettext("%(n)s year", "%(n)s years", int(match[1])) % {"n": match[1]})
    if match[2]:
        parts.append(ngettext("%(n)s month", "%(n)s months", int(match[2])) % {"n": match[2]})
    return " ".join(parts)


@register.filter
def language(code):
    """A language's name in the reader's language."""
    return Locale.parse(texts.reader_language()).languages.get(code, code)
