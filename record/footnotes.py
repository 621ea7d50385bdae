"""Sources of one page, numbered in the order in which its statements first lean on them."""

from record.models.source import Statement


class Footnotes:
    """Numbers for the sources of an entry: the same source has one number all over the page."""

    def __init__(self, citations=()):
        self._numbers = {}
        self._by_statement = {}
        self.citations = list(citations)
        for citation in self.citations:
            self._by_statement.setdefault(citation.statement, []).append(citation.source)
            self.number(citation.source)

    def number(self, source):
        """The number of a source; a new one if the page has not used it yet."""
        return self._numbers.setdefault(source, len(self._numbers) + 1)

    def of_code(self, code):
        """The number on this page of the source that is known as S39; None where the entry does not cite it."""
        found = next((citation.source for citation in self.citations if citation.source.code == code), None)
        return self.number(found) if found else None

    def numbers(self, sources):
        """Sorted numbers of several sources."""
        return sorted(self.number(source) for source in sources)

    def of_statement(self, statement):
        """Numbers of the sources that support one statement; of the whole entry if none is cited for it alone."""
        own = self._by_statement.get(statement) or []
        return self.numbers(own)

    def of_entry(self):
        return self.of_statement(Statement.ENTRY)

    def quotations(self, source):
        """What the entry quotes from a source, with where it stands there."""
        return [c for c in self.citations if c.source_id == source.pk and (c.quotation or c.locator)]

    def __iter__(self):
        """(number, source) pairs for the list at the foot of the page."""
        return iter((number, source) for source, number in self._numbers.items())

    def __len__(self):
        return len(self._numbers)
