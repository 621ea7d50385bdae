"""What the search found, as rows for people: title, kind, date and the passage that answers, each in its own language."""

from dataclasses import dataclass

from django.utils.functional import cached_property

from record import texts
from record.search import documents
from record.search.highlight import Marked

MOST_PASSAGES = 2
# How near the reader is a passage in his own language.
NEAREST = 2


@dataclass(frozen=True)
class Line:
    """A text as HTML with marks; `lang` is its language where it is not the page's, else ''."""

    html: str
    lang: str


class Hit:
    """One row of the record that answers a question."""

    def __init__(self, document, row, question):
        self.document, self.row, self.question = document, row, question

    @property
    def place(self):
        """Its kind and its key."""
        return self.document.name, self.row.pk

    @property
    def code(self):
        return getattr(self.row, "code", "")

    @property
    def detail(self):
        return self.document.detail(self.row) if self.document.detail else ""

    @property
    def date(self):
        return getattr(self.row, self.document.date) if self.document.date else ""

    @property
    def address(self):
        return self.document.page(self.row)

    @cached_property
    def name(self):
        """The title as plain text, in the reader's language or the best other one."""
        return title_of(self.document, self.row)

    @cached_property
    def _title(self):
        return Marked(self.name.words, self.name.lang, self.question)

    @property
    def title(self):
        return _line(self._title, self._title.html())

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
            best = max(rest, key=lambda one: (len(one.groups - covered), len(one.groups), _nearness(one.lang)))
            if not best.groups or (chosen or self._title.groups) and not best.groups - covered:
                break
            covered |= best.groups
            chosen.append(best)
        return [_line(one, one.snippet()) for one in chosen or self._summary()]

    def _rest(self):
        """What is said beside the title; that alone which nothing could say better, where there is such a passage."""
        said = [one for one in self.document.passages(self.row) if one.words != self.name.words]
        marked = {}
        for one in sorted(said, key=lambda one: -_nearness(one.lang)):
            marked[one] = Marked(one.words, one.lang, self.question)
            if len(marked[one].groups) == len(self.question.groups) and _nearness(one.lang) == NEAREST:
                return [marked[one]]
        return [marked[one] for one in said]

    def _summary(self):
        names = [name for name in self.document.summary if texts.best(self.row, name)]
        said = texts.best(self.row, names[0]) if names else texts.Text()
        return [Marked(said.words, said.lang, self.question)] if said else []


def _nearness(lang):
    return {texts.reader_language(): NEAREST, "": 0}.get(lang, 1)


def _line(marked, html):
    return Line(html, marked.lang if marked.lang not in ("", texts.reader_language()) else "")


def title_of(document, row):
    """The name of a row, with its language."""
    if document.heading:
        return texts.Text(document.heading(row), texts.reader_language())
    if document.language:
        return texts.Text(row.title, getattr(row, document.language))
    return texts.best(row, document.title[0])


def rows_of(entries, *, with_parts=False):
    """{(kind, key): the row itself} of index rows, as far as readers may see them; a statement for each kind."""
    found = {}
    for document in documents.all_documents():
        keys = [entry.object_id for entry in entries if entry.kind == document.name]
        if keys:
            rows = document.shown().filter(pk__in=keys)
            found |= {(document.name, row.pk): row for row in (document.with_parts(rows) if with_parts else rows)}
    return found


def hits(entries, question):
    """Hits of index rows in their order. What stands below a row is read where its title does not say it all."""
    found = _hits(entries, question)
    wanted = {hit.place for hit in found if not hit.is_said_by_its_title}
    whole = {hit.place: hit for hit in _hits([one for one in entries if (one.kind, one.object_id) in wanted], question, with_parts=True)}
    # What was withdrawn between the two readings is left out.
    return [hit if hit.place not in wanted else whole[hit.place] for hit in found if hit.place not in wanted or hit.place in whole]


def _hits(entries, question, **how):
    rows = rows_of(entries, **how)
    found = [(entry, rows.get((entry.kind, entry.object_id))) for entry in entries]
    return [Hit(documents.by_name(entry.kind), row, question) for entry, row in found if row is not None]
