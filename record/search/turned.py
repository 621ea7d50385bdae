"""The search's rows as sets of bits: who may be found, of what kind, on which days, in which order; see `record.inverted`.

Words are always asked of the engine. What it finds are keys and nothing else: no long row is read but those that are shown.
"""

from pyroaring import BitMap

from record import kept
from record.inverted.answer import Answer
from record.inverted.column import Column
from record.inverted.index import Index
from record.search import documents

# Among equals: the most recent day, kinds in their order, the highest number, the first key.
ORDER = (("day", True), ("place_of_kind", False), ("number", True), ("object_id", False))
OLDEST = (("day", False), ("place_of_kind", False), ("number", False), ("object_id", False))


def _place_of_kind(kind):
    places = documents.places_of_kinds()
    return places.get(kind, len(places))


def led_to():
    """{kind: the keys of its rows that entries lead to} of all that has no moment of its own."""
    return {document.name: documents.keys_led_to(document) for document in documents.all_documents() if not document.is_entry}


class SearchIndex(Index):
    """Entries are found from their moment on, which stands in `since`; other rows while a public entry leads to them."""

    # A changed text may be found by other words.
    SINCE, DECIDING = "since", ("since", "letter", "title", "summary", "body")

    def __init__(self, model):
        super().__init__(model)
        self._numbers |= {"title_words"}
        self.made_numbers["place_of_kind"] = "kind", _place_of_kind
        # {key of a row that has no moment of its own: (kind, key of what it stands for)}.
        self._names = {}

    def everything(self):
        return self.model.objects.order_by("kind", "since")

    @property
    def kinds(self):
        """Where the kinds stand."""
        return Column(self.model, "", "kind")

    @property
    def without_moment(self):
        """The rows that have no moment of their own: what entries lead to."""
        return BitMap(self._names)

    def public(self):
        return Answer(self, kept.part(self._seen_by_readers, "found by readers", self.reading))

    def _seen_by_readers(self):
        # What is made of the bits rests on what they stand at.
        self.follows()
        shown = led_to()
        hidden = [key for key, (kind, row) in self._names.items() if row not in shown.get(kind, ())]
        return super().public().bits - BitMap(hidden)

    def _read(self):
        self._names = {}
        return super()._read()

    def _drop(self, keys):
        super()._drop(keys)
        for key in keys:
            self._names.pop(key, None)

    def _put(self, rows):
        super()._put(rows)
        kind, row = (2 + self._stored.index(name) for name in ("kind", "object_id"))
        self._names |= {found[0]: (found[kind], found[row]) for found in rows if found[1] is None}
