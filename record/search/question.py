"""A question in words: phrases in quotation marks, names in any spelling, numbers, days; and the order of what answers it.

Order: the entry whose number is asked for, or those of the day or month that is asked for; a title that is the question, or has
all its words and few others; one that begins with it; one that has it
as a phrase; all words in a title; in title and summary; anywhere. What stands equal is ordered by its day, recent first, and of one day
what happened comes before what was signed; sources and quotations stand last. Of a question for any of its words, more of them come first. Nothing here depends on the engine, so both
give the same answers in the same order.
"""

import datetime
import re
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, Q, Value, When

from record import dates
from record.models.search import SearchEntry
from record.search import documents, spelling
from record.search.backends import Alternative, matching
from record.search.spelling import GAP, SHORTEST_SOUND, SOUND

QUOTED = re.compile(r"[\"“”„«»‟]([^\"“”„«»‟]*)[\"“”„«»‟]")
NUMBER = re.compile(r"([a-z]) ?-?([0-9]{1,9})")
DAY_OR_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
# Two years, a number of a document.
TWO_NUMBERS = re.compile(r"\s*[0-9]{4}-[0-9]{2}\s*")
LOOK_ALIKE = str.maketrans("аесіт", "aecit")
SHORTEST_OPEN = 3
# From so many letters on, a word read in the other script may go on; and what is left of one without its endings.
SHORTEST_READING, SHORTEST_BASE = 5, 7
# A name goes on in its cases, as they sound: Алиева, Əliyevin, Aliyevning.
LONGEST_ENDING = 4
ENDINGS = frozenset(["a", "am", "an", "n", "na", "nan", "nanh", "da", "dan", "ha", "s"])
# A shorter sound is the beginning of too many others (Quba, Qəbələ): it goes on in its cases alone.
SHORTEST_OPEN_SOUND = 5
MOST_COUNTED = 16
# How many words more than the question a title may have to be nearly the question.
MORE_WORDS = (0, 1, 3)
# The last place of those; up to it, people, places and other names stand before entries.
NEARLY = 1 + len(MORE_WORDS)
# What the record rests on stands behind what it says.
BEHIND = ("source", "quotation")
# Of a day that is asked for, what happened then stands before all else. What began or ended so many days beyond it belongs to it too.
AHEAD, AROUND = ("event",), datetime.timedelta(days=10)


class Question:
    """What was asked, as groups of alternatives: every group is a word or a phrase, every alternative a way to write it."""

    def __init__(self, said, *, any_of=False, at=None):
        self.said, self.any_of, self.at = spelling.normal(said), any_of, at
        self.parts = _parts(self.said)
        self.words = [match[0] for match in spelling.words_of(self.said)]

    @property
    def is_empty(self):
        """Whether there is no word and no figure in it."""
        return not self.parts

    @cached_property
    def number(self):
        """(letter, number) if the question is the number of an entry, else None."""
        match = NUMBER.fullmatch(self.said.strip().lower().translate(LOOK_ALIKE))
        is_one = match and match[1].upper() in documents.letters() and int(match[2]) < 2**31
        return (match[1].upper(), int(match[2])) if is_one else None

    @cached_property
    def span(self):
        """The day or month that the question is as a whole, as people write it, else None; a year alone is a word like any other."""
        try:
            read = dates.read(dates.typed(self.said))
        except ValidationError:
            return None
        return read if "-" in read.start and not read.end and not read.doubt else None

    @property
    def is_no_day(self):
        """Whether it is written as a day or a month, and the calendar has none such: 31.02.2024."""
        return self.span is None and not TWO_NUMBERS.fullmatch(self.said) and bool(DAY_OR_MONTH.fullmatch(dates.typed(self.said)))

    @property
    def suspected(self):
        """The day that it may mean, if it is written with a year of two figures; else ''."""
        return dates.suspected(self.said)

    @cached_property
    def asked_for(self):
        """The condition on rows that are asked for by themselves: by their number, or as what lies within a day or month, or is of some days
        of which it was one; else None."""
        if self.number:
            return Q(letter=self.number[0], number=self.number[1])
        return self.also & Q(first__gte=self.span.first - AROUND, last__lte=self.span.last + AROUND) if self.span else None

    @cached_property
    def groups(self):
        """Every word and phrase with its alternatives."""
        last = len(self.parts) - 1
        return [_group(part, self.names, is_last=at == last and not self._is_closed) for at, part in enumerate(self.parts)]

    @cached_property
    def whole(self):
        """The whole question as one phrase, in each way to write it; one of names alone by their sounds."""
        if all(word in self.names for word in self.words):
            return [Alternative(tuple(SOUND + self.names[word][0] for word in self.words), open=True)]
        return _phrase(self.words, open_end=not self._is_closed)

    @property
    def beginning(self):
        """The same at the beginning of a text; the sounds of names have no beginning."""
        return [Alternative((GAP, *way.tokens), way.open) for way in self.whole if way.tokens[0][0] != SOUND]

    @property
    def complete(self):
        """The same as a text by itself."""
        return [Alternative((*way.tokens, GAP)) for way in self.beginning]

    @property
    def _is_closed(self):
        """Whether the last word is finished: quoted, or followed by a space or a sign."""
        return not self.said[-1:].isalnum()

    @cached_property
    def names(self):
        """{word: the sounds of a name that it is}: the two countries, and the people and places that readers may see."""
        heard = {word: spelling.sounds(word) for word in self.words}
        found = {word: [name for own in sounds if (name := documents.country_of(own))] for word, sounds in heard.items()}
        wanted = {start for word, sounds in heard.items() if not found[word] for own in sounds for start in _starts(own)}
        known = self._known(wanted) if wanted else set()
        for word, sounds in heard.items():
            found[word] += [name for own in sounds for name in _meant(word, own, known)]
        return {word: list(dict.fromkeys(names)) for word, names in found.items() if names}

    def _known(self, sounds):
        """Those of the sounds that are a word in the name of a person or a place that readers may see."""
        group = [Alternative((SOUND + own,)) for own in sorted(sounds)]
        rows = SearchEntry.objects.public_of("person", "place", at=self.at).filter(pk__in=matching([group], ["title"]))
        heard = {token[1:] for title in rows.values_list("title", flat=True) for token in title.split() if token[0] == SOUND}
        return heard & sounds - spelling.of_no_name()

    def found(self, queryset):
        """The index rows that answer: that contain it, have this number, or a date that has a day in common with this one."""
        if self.is_empty:
            return queryset.none()
        answer = Q(pk__in=matching(self.groups, any_of=self.any_of))
        return queryset.filter(answer | self.also if self.also else answer)

    @property
    def also(self):
        """The condition on rows that answer without its words: with this number, or a date that has a day in common with this one."""
        return Q(first__lte=self.span.last, last__gte=self.span.first) if self.span else self.asked_for

    def titled(self, queryset):
        """The index rows that have all words in their titles or are asked for by themselves, in order."""
        if self.is_empty:
            return queryset.none()
        answer = Q(pk__in=matching(self.groups, ["title"]))
        if self.asked_for:
            answer |= self.asked_for
        return self.ranked(queryset.filter(answer))

    def ranked(self, queryset):
        """Index rows in the order in which they answer."""
        if self.is_empty:
            return queryset.order_by("-day", documents.place_of_kind(), "object_id")
        queryset = queryset.annotate(words_found=self._words_found(), standing=self._place())
        return queryset.order_by("-words_found", "standing", "-day", documents.place_of_kind(), "-number", "object_id")

    def _words_found(self):
        """How many of the words a row has, if any will do; what is asked for by itself has all of them."""
        if not self.any_of:
            return Value(0)
        groups = self.groups[:MOST_COUNTED]
        found = sum((_one_if(pk__in=matching([group])) for group in groups), Value(0))
        return Case(When(self.asked_for, then=len(groups)), default=found, output_field=IntegerField()) if self.asked_for else found

    def _place(self):
        """Where a row stands by the part of it that answers, the best first. The titles that answer are looked up once."""
        title = {"pk__in": matching(self.groups, ["title"], any_of=self.any_of)}
        with_summary = {"pk__in": matching(self.groups, ["title", "summary"], any_of=self.any_of)}
        first = [When(self.asked_for, then=_among_equals(0))] if self.asked_for else []
        first += [When(pk__in=matching([self.complete], ["title"]), then=_among_equals(1))] if self.complete else []
        ways = [(at, way) for at, way in enumerate((self.beginning, self.whole), NEARLY + 1) if way]
        as_phrase = [When(pk__in=matching([way], ["title"]), then=_among_equals(at)) for at, way in ways]
        short = [When(title_words__lte=len(self.words) + more, then=_among_equals(2 + at)) for at, more in enumerate(MORE_WORDS)]
        in_title = Case(*short, *as_phrase, default=_among_equals(NEARLY + 3), output_field=IntegerField())
        return Case(
            *first, When(**title, then=in_title), *as_phrase, When(**with_summary, then=_among_equals(NEARLY + 4)),
            default=_among_equals(NEARLY + 5), output_field=IntegerField(),
        )  # fmt: skip


def _among_equals(place):
    """The place of a row among those that answer equally well: nearly the question names come before entries, of what is asked for by
    itself what happened, and sources stand last."""
    ahead = {"since": None} if place else {"kind__in": AHEAD}
    first = [When(**ahead, then=3 * place)] if place <= NEARLY else []
    return Case(When(kind__in=BEHIND, then=3 * place + 2), *first, default=3 * place + 1, output_field=IntegerField())


def _one_if(**condition):
    return Case(When(**condition, then=1), default=0, output_field=IntegerField())


def _parts(said):
    """The phrases and words of a question, each a tuple of words; words that stand in every text are left out beside others."""
    parts, end = [], 0
    for match in QUOTED.finditer(said):
        parts += _words(said[end : match.start()])
        if phrase := tuple(found[0] for found in spelling.words_of(match[1])):
            parts.append(phrase)
        end = match.end()
    parts += _words(said[end:])
    telling = [part for part in parts if len(part) > 1 or spelling.bare(part[0]) not in spelling.STOPWORDS]
    return list(dict.fromkeys(telling or parts))


def _words(said):
    return [(match[0],) for match in spelling.words_of(said) if spelling.bare(match[0])]


def _group(part, names, *, is_last):
    if len(part) > 1:
        return _phrase(part)
    word = part[0]
    return _of_word(word, names.get(word, ()), is_last=is_last)


def _of_word(word, names, *, is_last):
    """The ways in which a word may stand in a text: its stem, itself and what begins with it, a name by its sound."""
    own = spelling.bare(word)
    found = [Alternative((own,), open=len(own) >= SHORTEST_OPEN or is_last and len(own) > 1)] if own else []
    readings = []
    if spelling.is_cyrillic(word):
        # Another script's reading of a few letters begins too many words of other languages (ОТГ is not oʻtgan).
        readings = [way for way in spelling.latin_readings(word) if way and way != own]
        found += [Alternative((way,), open=len(way) >= SHORTEST_READING) for way in readings]
    found += [Alternative((stem,)) for stem in _stems(word)]
    found += [Alternative((base,), open=len(base) >= SHORTEST_BASE) for way in (own, *readings) for base in spelling.bases(way)]
    found += [way for name in names for way in _heard(name)]
    return [one for one in dict.fromkeys(found) if not any(_contains(other, one) for other in found)]


def _contains(other, one):
    """Whether a word that is one alternative is always the other, too, which begins as it does and may go on."""
    return other != one and other.open and one.tokens[0].startswith(other.tokens[0])


def _heard(name):
    """The ways in which a name goes on, by its sound."""
    if len(name) >= SHORTEST_OPEN_SOUND:
        return [Alternative((SOUND + name,), open=True)]
    return [Alternative((SOUND + name + ending,)) for ending in ("", *sorted(ENDINGS))]


def _stems(word):
    return [spelling.token(word, "en"), spelling.token(word, "ru"), *spelling.stems_of_cases(word)]


def _phrase(words, *, open_end=False):
    """A phrase as a text of each language has it."""
    ways = [[spelling.token(word, lang) for word in words] for lang in ("en", "ru", "uz", "az")]
    opens = open_end and len(spelling.bare(words[-1])) >= SHORTEST_OPEN
    return [Alternative(tuple(way), open=opens) for way in dict.fromkeys(map(tuple, ways)) if all(way)]


def _meant(word, heard, known):
    """The names that a word is, or of which it is a case; a Russian name may be both (Алиева)."""
    exact = [heard] if heard in known else []
    cases = [start for start in _starts(heard)[1:] if start in known and heard.removeprefix(start) in ENDINGS]
    return exact + cases if spelling.is_cyrillic(word) else exact or cases


def _starts(heard):
    """A sound and its shorter forms without an ending, the longest first."""
    return [heard] + [heard[:-n] for n in range(1, LONGEST_ENDING + 1) if len(heard) - n >= SHORTEST_SOUND]
