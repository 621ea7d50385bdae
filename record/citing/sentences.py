"""A work as a sentence: APA 7, and Chicago (notes and bibliography), with the dates, marks and words of the reader's language.

Both manuals speak of English. Other languages keep their order of parts, and their own quotation marks, dates and abbreviations.
"""

import re
from html import unescape

from babel.dates import format_date
from django.utils.html import conditional_escape, escape, format_html, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext, pgettext

from record import dates
from record.templatetags.record import capital
from record.texts import reader_language

# (outer pair, pair within it) of quotation marks.
QUOTES = {"en": ("“”", "‘’"), "az": ("“”", "‘’"), "uz": ("“”", "«»"), "ru": ("«»", "„“")}
_ANY_QUOTES = re.compile(r"[«“„\"]([^«»“”„\"]*)[»”“\"]")
_PRECISIONS = {4: "year", 7: "month", 10: "day"}
_APA = {
    "en": {"day": "y, MMMM d", "month": "y, MMMM"},
    "uz": {"day": "y, d-MMMM", "month": "y, MMMM"},
    "": {"day": "y, d MMMM", "month": "y, LLLL"},
}  # fmt: skip


def plain(sentence):
    """A sentence without its italics, as it is pasted into a letter."""
    return unescape(strip_tags(sentence))


def quoted(title, after=""):
    """A title in quotation marks, others within it of the second sort; English takes a comma or full stop that follows inside."""
    outer, inner = QUOTES.get(reader_language(), QUOTES["en"])
    title = _ANY_QUOTES.sub(rf"{inner[0]}\1{inner[1]}", title)
    if title.endswith(("?", "!", "…")) and after == ".":
        after = ""
    if reader_language() == "en":
        return f"{outer[0]}{title.rstrip('.') if after else title}{after}{outer[1]}"
    return f"{outer[0]}{title}{outer[1]}{after}"


def in_text(date):
    """A date within a sentence: “June 21–22, 2022” in English, whose manuals ask for it; elsewhere as on every page."""
    span = dates.read(date) if date else None
    if reader_language() != "en" or not span or span.doubt or len(span.start) != len("2022-06-22"):
        return dates.spoken(date)
    if not span.end:
        return format_date(span.first, "MMMM d, y", locale="en")
    if (span.first.year, span.first.month, len(span.end)) == (span.last.year, span.last.month, len(span.start)):
        return f"{format_date(span.first, 'MMMM d', locale='en')}–{format_date(span.last, 'd, y', locale='en')}"
    return f"{format_date(span.first, 'MMMM d, y', locale='en')} – {in_text(span.end)}"


def in_brackets(date):
    """A date as APA puts it after the title, the year first; what is a range or in doubt is said in words."""
    if not date:
        return pgettext("a citation", "n.d.")
    form = _PRECISIONS.get(len(date))
    if form == "year" or not form or not dates.iso(date):
        return date if form == "year" else in_text(date)
    lang = reader_language()
    return format_date(dates.read(date).first, _APA.get(lang, _APA[""])[form], locale=lang)


def apa(work):
    """APA 7: an entry in a work of reference, without an author, that changes with time."""
    head = f"{work.title} [{work.described}]" if work.described else work.title
    pattern = gettext("%(head)s (%(date)s). In %(record)s (%(entry)s, version %(version)s). Retrieved %(read)s, from %(address)s")
    own = _said(pattern, work, head=_ended(head), date=in_brackets(work.changed))
    return _with_sources(own, work)


def note(work):
    """Chicago, as a note."""
    head = " ".join([quoted(work.title, ","), *([f"{work.described},"] if work.described else [])])
    pattern = gettext(
        "%(head)s %(record)s, %(entry)s, version %(version)s, last modified %(changed)s, accessed %(read)s, %(address)s, citing %(sources)s"
    )
    return _ended(_said(pattern, work, head=head, changed=in_text(work.changed), sources=_sources(work)))


def bibliography(work):
    """Chicago, as a line of the bibliography."""
    title = " ".join([quoted(work.title, "."), *([_ended(capital(work.described))] if work.described else [])])
    pattern = gettext("%(record)s. %(title)s %(Entry)s, version %(version)s. Last modified %(changed)s. Accessed %(read)s. %(address)s")
    return _with_sources(_said(pattern, work, title=title, changed=in_text(work.changed), Entry=capital(entry(work))), work)


def in_words(original):
    """A source in a sentence: publisher, title, date, address. Only a headline stands in quotation marks."""
    rest = [part for part in (in_text(original.published), original.where) if part]
    title = original.title if original.is_described else quoted(original.title, "," if rest else "")
    after = " " if rest and not original.is_described else ", "
    return f"{original.publisher}, {title}{after if rest else ''}{', '.join(rest)}"


def every(work):
    """(name of the style, sentence) in the order in which they are offered."""
    return [
        (gettext("APA"), apa(work)),
        (gettext("Chicago, note"), note(work)),
        (gettext("Chicago, bibliography"), bibliography(work)),
    ]


def entry(work):
    """What a row of the record is called by its number."""
    return gettext("entry %(number)s") % {"number": work.code}


def _sources(work):
    return "; ".join(map(in_words, work.originals))


def resting_on(work):
    """The sources in words; '' where there are none."""
    number = len(work.originals)
    said = ngettext("Original source: %(sources)s", "Original sources: %(sources)s", number)
    return said % {"sources": _sources(work)} if number else ""


def _with_sources(sentence, work):
    """The sentence, and after it what it rests on; an address at its end takes no stop."""
    sentence = sentence if sentence.endswith(work.address) else _ended(sentence)
    return format_html("{} {}", sentence, _ended(resting_on(work))) if work.originals else sentence


def _said(pattern, work, **parts):
    """A pattern filled; the record's name in italics."""
    parts = {"entry": entry(work), "version": work.version, "read": in_text(work.read), "address": work.address} | parts
    values = {name: conditional_escape(value) for name, value in parts.items()}
    return mark_safe(escape(pattern) % (values | {"record": format_html("<i>{}</i>", work.record)}))


def _ended(words):
    """A sentence with one stop at its end."""
    return words if words.endswith((".", "?", "!", "…")) else words + type(words)(".")
