"""What the search found, as rows for people: title, kind, date and the passage that answers, each in its own language.

What a row says whatever was asked is drawn once, with room for its title and its passages, in which the words are marked.
"""

import secrets
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from record import kept, texts
from record.search import documents
from record.search.highlight import Marked

MOST_PASSAGES = 2
# How near the reader is a passage in his own language.
NEAREST = 2
# Where the title belongs, and where the passages; words that stand in no text.
TITLE, PASSAGES = secrets.token_hex(), secrets.token_hex()
# All texts of a row are as long as so many other parts that are kept.
LONG = 20


@dataclass(frozen=True)
class Line:
    """A text as HTML with marks; `lang` is its language where it is not the page's, else ''."""

    html: str
    lang: str


@dataclass(frozen=True)
class Said:
    """What a row says of itself in the reader's language, or in the best other one; the same whatever was asked."""

    name: texts.Text
    summary: texts.Text
    code: str
    detail: str
    date: str
    address: str

    @classmethod
    def of(cls, document, row):
        summary = next((name for name in document.summary if texts.best(row, name)), "")
        return cls(
            name=title_of(document, row),
            summary=texts.best(row, summary) if summary else texts.Text(),
            code=getattr(row, "code", ""),
            detail=str(document.detail(row)) if document.detail else "",
            date=getattr(row, document.date) if document.date else "",
            address=document.page(row),
        )

    def drawn(self, document):
        """Its HTML in three pieces: what stands before the title, between that and the passages, and behind them."""
        context = {"said": self, "document": document, "lang": _foreign(self.name.lang), "title": TITLE, "passages": PASSAGES}
        before, _, rest = render_to_string("record/_hit.html", context).partition(TITLE)
        between, _, behind = rest.partition(PASSAGES)
        return before, between, behind


class Hit:
    """One row of the record that answers a question. `place` is its kind and its key."""

    def __init__(self, place, said, drawn, question):
        self.place, self.said, self.question = place, said, question
        self._drawn, self._reader = drawn, texts.reader_language()
        # Its texts, which are read where its title does not say it all.
        self.texts = ()

    @property
    def code(self):
        return self.said.code

    @property
    def name(self):
        """The title as plain text, in the reader's language or the best other one."""
        return self.said.name

    @property
    def html(self):
        """The row with its marks."""
        before, between, behind = self._drawn
        lines = [format_html('<p class="passage"{}>{}</p>', _lang_of(line), line.html) for line in self.passages]
        return mark_safe("".join([before, self._title.html(), between, *lines, behind]))

    @cached_property
    def _title(self):
        return Marked(self.name.words, self.name.lang, self.question)

    @cached_property
    def is_said_by_its_title(self):
        """Whether the title has everything that was asked for: no passage could add to it."""
        return len(self._title.groups) == len(self.question.groups)

    @cached_property
    def passages(self):
        """The passages that say most of what the title does not say; the summary where there is none."""
        covered, chosen = set(self._title.groups), []
        rest = [] if self.is_said_by_its_title else self._rest()
        while len(chosen) < MOST_PASSAGES and rest:
            best = max(rest, key=lambda one: (len(one.groups - covered), len(one.groups), self._nearness(one.lang)))
            if not best.groups or (chosen or self._title.groups) and not best.groups - covered:
                break
            covered |= best.groups
            chosen.append(best)
        return [_line(one, one.snippet()) for one in chosen or self._summary()]

    def _rest(self):
        """What is said beside the title; that alone which nothing could say better, where there is such a passage."""
        said = [one for one in self.texts if one.words != self.name.words]
        marked = {}
        for one in sorted(said, key=lambda one: -self._nearness(one.lang)):
            marked[one] = Marked(one.words, one.lang, self.question)
            if len(marked[one].groups) == len(self.question.groups) and self._nearness(one.lang) == NEAREST:
                return [marked[one]]
        return [marked[one] for one in said]

    def _nearness(self, lang):
        return NEAREST if lang == self._reader else 1 if lang else 0

    def _summary(self):
        said = self.said.summary
        return [Marked(said.words, said.lang, self.question)] if said else []


def _line(marked, html):
    return Line(html, _foreign(marked.lang))


def _foreign(lang):
    """A language where it is not the page's, else ''."""
    return lang if lang != texts.reader_language() else ""


def _lang_of(line):
    return format_html(' lang="{}"', line.lang) if line.lang else ""


def title_of(document, row):
    """The name of a row, with its language."""
    if document.heading:
        return texts.Text(document.heading(row), texts.reader_language())
    if document.language:
        return texts.Text(row.title, getattr(row, document.language))
    return texts.best(row, document.title[0])


def rows_of(places, *, with_parts=False):
    """{place: the row itself} of rows by kind and key, as far as readers may see them; a statement for each kind."""
    found = {}
    for document in documents.all_documents():
        keys = [key for kind, key in places if kind == document.name]
        if keys:
            rows = document.shown().filter(pk__in=keys)
            found |= {(document.name, row.pk): row for row in (document.with_parts(rows) if with_parts else rows)}
    return found


def hits(places, question):
    """Hits in the order of their places. What stands below a row is read where its title does not say it all."""
    said = kept.parts(_said, places, "found", lasting=True)
    found = [Hit(place, *said[place], question) for place in places if place in said]
    rest = [hit for hit in found if not hit.is_said_by_its_title]
    # What was withdrawn between the two readings is left out.
    texts_of = passages([hit.place for hit in rest])
    for hit in rest:
        hit.texts = texts_of.get(hit.place)
    return [hit for hit in found if hit.texts is not None]


def passages(places):
    """{place: all passages of its row}, as far as readers may see it."""
    return kept.parts(_passages, places, "passages", weight=LONG, lasting=True)


def _said(places):
    return {place: _said_and_drawn(documents.by_name(place[0]), row) for place, row in rows_of(places).items()}


def _said_and_drawn(document, row):
    said = Said.of(document, row)
    return said, said.drawn(document)


def _passages(places):
    return {place: tuple(documents.by_name(place[0]).passages(row)) for place, row in rows_of(places, with_parts=True).items()}
