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
        """(place, set) of each place that a row may have by its title, the first that it is in being its own; and all titles that answer."""
        asked, title = self.question, ["title"]
        first = [(0, _keys(asked.asked_for))] if asked.asked_for else []
        # Each lies within the one before: what is not even there need not be looked for at the beginning, nor by itself.
        whole = keys([asked.whole], title) if asked.whole else BitMap()
        beginning = keys([asked.beginning], title) if whole and asked.beginning else BitMap()
        complete = keys([asked.complete], title) if beginning and asked.complete else BitMap()
        ways = [(questions.NEARLY + 1, beginning), (questions.NEARLY + 2, whole)]
        return [*first, (1, complete)], keys(asked.groups, title, any_of=asked.any_of), ways

    @cached_property
    def with_summary(self):
        """The rows that have all words in title and summary."""
        return keys(self.question.groups, ["title", "summary"], any_of=self.question.any_of)

    def tiers(self, answer):
        """Sets of the rows of an answer that stand equal, the best first."""
        places, rest = {}, answer.bits
        words = answer.index.numbers("title_words")
        behind, happened = [answer.index.with_values(answer.index.kinds, kinds) for kinds in (questions.BEHIND, questions.AHEAD)]

        def take(place, bits):
            nonlocal rest
            places.setdefault(place, BitMap()).update(rest & bits)
            rest = rest - bits

        def equal(place, bits):
            first = (answer.index.without_moment if place else happened) if place <= questions.NEARLY else BitMap()
            return (bits & first - behind, bits - first - behind, bits & behind)

        first, in_title, ways = self.sets
        for place, bits in first:
            take(place, bits)
        for at, more in enumerate(questions.MORE_WORDS):
            take(2 + at, in_title & words.until(len(self.question.words) + more))
        for place, bits in ways:
            take(place, bits)
        take(questions.NEARLY + 3, in_title)
        for place, bits in sorted(places.items()):
            yield from equal(place, bits)
        yield from equal(questions.NEARLY + 4, rest & self.with_summary)
        yield from equal(questions.NEARLY + 5, rest - self.with_summary)

    def between(self, answer, start, stop, order):
        """The keys from one place of the order to another, `order` being that of rows that stand equal."""
        found, passed = [], 0
        for tier in self.tiers(answer):
            if passed + len(tier) > start:
                found += answer.among(tier).between(max(start - passed, 0), stop - passed, order)
            passed += len(tier)
            if passed >= stop:
                break
        return found


def _keys(condition):
    return BitMap(SearchEntry.objects.filter(condition).order_by().values_list("pk", flat=True))
