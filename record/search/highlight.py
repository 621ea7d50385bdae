"""Marks what was asked for in the texts themselves: whole words, never a part of one, never inside markup."""

from functools import lru_cache
from html import escape
from operator import attrgetter
from typing import NamedTuple

from django.utils.safestring import mark_safe

from record.search import documents, spelling
from record.search.spelling import SOUND

AROUND = 90
LONGEST = 240
# The words of a text of so many signs are remembered: titles and summaries are shown again and again.
SHORT = 400


class Word(NamedTuple):
    """A word of a text: where it stands, how it is written there, and how the index has it."""

    start: int
    end: int
    written: str
    lang: str
    token: str

    @property
    def sound(self):
        """Its sound, if it may be a name; asked where a question has one."""
        return documents.name_sound(self.written, self.lang)


class Marked:
    """A text and the places in it that answer a question; `groups` are the question's groups that it contains."""

    def __init__(self, words, lang, question):
        self.words, self.lang = spelling.normal(words), lang
        self.found, self.groups = set(), set()
        own = (_remembered if len(self.words) <= SHORT else _words)(self.words, lang)
        for number, group in enumerate(question.groups):
            for one in group:
                for start in _places(one, own):
                    self.groups.add(number)
                    self.found |= {(word.start, word.end) for word in own[start : start + len(one.tokens)]}

    def html(self, start=0, end=None):
        """The text from one place to another with its marks, escaped."""
        end = len(self.words) if end is None else end
        pieces, at = [], start
        for first, last in sorted(self.found):
            if first >= at and last <= end:
                pieces += [escape(self.words[at:first]), "<mark>", escape(self.words[first:last]), "</mark>"]
                at = last
        return mark_safe("".join([*pieces, escape(self.words[at:end])]))

    def snippet(self):
        """The stretch of the text around its first marks, cut between words."""
        if len(self.words) <= LONGEST:
            return self.html()
        first = min(self.found)[0] if self.found else 0
        start = 0 if first <= AROUND else self._gap(first - AROUND)
        end = self._gap(min(start + LONGEST, len(self.words)))
        before, after = ("… " if start else ""), (" …" if end < len(self.words) else "")
        return mark_safe(before) + self.html(start, end) + mark_safe(after)

    def _gap(self, near):
        """The last gap between words before a place; the place itself where the text has none."""
        if near >= len(self.words):
            return len(self.words)
        gap = max(self.words.rfind(sign, 0, near) for sign in " \n\t")
        return gap + 1 if gap > near - AROUND and gap >= 0 else near


def _words(text, lang):
    return [Word(*match.span(), match[0], lang, spelling.token(match[0], lang)) for match in spelling.words_of(text)]


_remembered = lru_cache(1_000)(_words)


def _places(one, words):
    """Where an alternative begins among the words of a text."""
    last = len(one.tokens) - 1
    if not last:
        # Nearly all alternatives are one word, and a page of hits compares hundreds of thousands.
        token, own = (one.tokens[0], "token") if one.tokens[0][0] != SOUND else (one.tokens[0][1:], "sound")
        said = list(map(attrgetter(own), words))
        yield from [at for at, word in enumerate(said) if word == token or one.open and word.startswith(token)]
        return
    for start in range(len(words) - last):
        if all(_is(token, words[start + at], one.open and at == last) for at, token in enumerate(one.tokens)):
            yield start


def _is(token, word, goes_on):
    own = SOUND + word.sound if token[0] == SOUND else word.token
    return own == token or goes_on and own.startswith(token)
