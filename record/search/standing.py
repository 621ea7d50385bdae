"""In which order rows answer a question, from sets of bits: the same places as `Question.ranked` gives, without looking at a row."""

from functools import cached_property

from pyroaring import BitMap

from record.models import SearchEntry
from record.search import question as questions
from record.search.backends import keys


class Standing:
    """What the engine finds for a question, asked for once: the sets that decide of the places."""

    def __init__(self, question):
        self.question = question

    @cached_property
    def found(self):
        """The rows that answer: that contain it, have this number, or a date that has a day in common with this one."""
        asked, rows = self.question, BitMap()
        if asked.is_empty:
            return rows
        rows |= keys(asked.groups, any_of=asked.any_of)
        if asked.also:
            rows |= _keys(asked.also)
        return rows

    @cached_property
    def sets(self):
        """(place, set) of each place that a row may have, the first that it is in being its own; the rest stands behind all."""
        asked, title = self.question, ["title"]
        found = [(0, _keys(asked.asked_for))] if asked.asked_for else []
        found += [(1, keys([asked.complete], title))] if asked.complete else []
        ways = [(at, keys([way], title)) for at, way in enumerate((asked.beginning, asked.whole), questions.NEARLY + 1) if way]
        in_title = keys(asked.groups, title, any_of=asked.any_of)
        return found, in_title, ways, keys(asked.groups, ["title", "summary"], any_of=asked.any_of)

    def tiers(self, answer):
        """Sets of the rows of an answer that stand equal, the best first."""
        places, rest = {}, answer.bits

        def take(place, bits):
            nonlocal rest
            places.setdefault(place, BitMap()).update(rest & bits)
            rest = rest - bits

        first, in_title, ways, with_summary = self.sets
        for place, bits in first:
            take(place, bits)
        words = answer.index.numbers("title_words")
        for at, more in enumerate(questions.MORE_WORDS):
            take(2 + at, in_title & words.until(len(self.question.words) + more))
        for place, bits in ways:
            take(place, bits)
        take(questions.NEARLY + 3, in_title)
        take(questions.NEARLY + 4, with_summary)
        take(questions.NEARLY + 5, rest)
        behind = answer.index.with_values(answer.index.kinds, questions.BEHIND)
        for place, bits in sorted(places.items()):
            names = answer.index.without_moment if 0 < place <= questions.NEARLY else BitMap()
            yield from (bits & names - behind, bits - names - behind, bits & behind)

    def between(self, answer, start, stop, order):
        """The keys from one place of the order to another, `order` being that of rows that stand equal."""
        found, passed = [], 0
        for tier in self.tiers(answer):
            if passed < stop and passed + len(tier) > start:
                found += answer.among(tier).between(max(start - passed, 0), stop - passed, order)
            passed += len(tier)
        return found


def _keys(condition):
    return BitMap(SearchEntry.objects.filter(condition).order_by().values_list("pk", flat=True))
