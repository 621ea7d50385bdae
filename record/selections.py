"""Freezing a list: the rule by which an answer becomes a checksum, and by which one tells later what has changed.

What an entry said is one line of JSON of its columns, without those that change of themselves: its version, moments and
addresses, and the day as of which it is told. The checksum of a selection is that of its lines `E12 checksum`.
"""

import hashlib
import json
from base64 import b32encode
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from record import jsonlist
from record.models import FrozenSelection

MOST = 10_000
BATCH = 500
# What changes without anything being said otherwise.
FLEETING = frozenset(["version", "changed", "permanent_address", "page_address", "as_of"])
UNCHANGED, CHANGED, GONE, ADDED = "unchanged", "changed", "no-longer-public", "added"


class Refusal(Exception):
    """A list that is not frozen: `reason` is empty, too-many, unanswerable or busy."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def normalised(listing):
    """The question as it was understood: names and values in the list's own order, without the page."""
    said = QueryDict(mutable=True)
    for name in listing.form.fields:
        values = listing.data.getlist(name) if listing.data and name != "page" else []
        if name in listing.facets:
            offered = [str(value) for value, _label in listing.facets[name].offered(listing.whole)]
            said.setlist(name, [value for value in offered if value in values])
        elif values:
            said[name] = " ".join(values[-1].split())
    return said.urlencode()


def digest(row, names):
    """What a row says in these columns, as sixteen characters."""
    told = json.dumps([jsonlist.row(row).get(name) for name in names], ensure_ascii=False, default=jsonlist.plain)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def checksum(entries):
    """The SHA-256 of the lines `E12 checksum`."""
    return hashlib.sha256("".join(f"{number} {own}\n" for number, own in entries).encode()).hexdigest()


def freeze(outlets, listing, *, at_most_a_day):
    """The frozen selection of an answer, new or the same as before. Raises Refusal."""
    if not listing.is_answerable:
        raise Refusal("unanswerable")
    keys = list(listing.in_order(listing.narrowed()).values_list("pk", flat=True)[: MOST + 1])
    if not keys or len(keys) > MOST:
        raise Refusal("too-many" if keys else "empty")
    names = [name for name in outlets.columns.names if name not in FLEETING]
    entries = [[row["number"], digest(row, names)] for row in read(outlets, listing, keys)]
    question, own = normalised(listing), checksum(entries)
    code = code_of(outlets.name, question, own)
    found = FrozenSelection.objects.filter(code=code).first()
    if found:
        return found
    since = timezone.now() - timezone.timedelta(days=1)
    if FrozenSelection.objects.filter(frozen_at__gt=since).count() >= at_most_a_day:
        raise Refusal("busy")
    given = {"listing": outlets.name, "question": question, "columns": names, "entries": entries, "checksum": own}
    return FrozenSelection.objects.get_or_create(code=code, defaults=given)[0]


def code_of(name, question, own):
    """The code of a selection, from what it is: S and sixteen letters and digits."""
    seed = hashlib.sha256(f"{name}\n{question}\n{own}".encode()).digest()
    return f"S{b32encode(seed).decode()[:16]}"


def read(outlets, listing, keys):
    """The rows of these keys, a batch at a time."""
    read_rows = outlets.columns.reader(listing.base())
    for start in range(0, len(keys), BATCH):
        yield from read_rows(keys[start : start + BATCH]).values()


@dataclass
class Then:
    """An entry of a selection: its number, what has become of it, its checksum then, and its row as it is now, if readers may see it."""

    number: str
    state: str
    checksum: str = ""
    row: dict | None = field(default=None, repr=False)
    answers: bool = True


class Unfrozen:
    """A frozen selection beside the record as it is now."""

    def __init__(self, selection, outlets):
        self.selection, self.outlets = selection, outlets
        self.listing = outlets.listing(QueryDict(selection.question))

    @cached_property
    def entries(self):
        """Every entry of the selection, in its order, with what has become of it."""
        return [self._then(number, own) for number, own in self.selection.entries]

    def _then(self, number, own):
        row = self._rows.get(number)
        if row is None:
            return Then(number, GONE, own)
        state = UNCHANGED if digest(row, self.selection.columns) == own else CHANGED
        return Then(number, state, own, row, int(number[1:]) in self._answering)

    @cached_property
    def _numbers(self):
        return [int(number[1:]) for number, _own in self.selection.entries]

    @cached_property
    def _rows(self):
        """{number: row} of those that readers may see now, whatever was asked."""
        seen, found = self.listing.looked_at(), {}
        read_rows = self.outlets.columns.reader(seen)
        for start in range(0, len(self._numbers), BATCH):
            keys = list(seen.filter(number__in=self._numbers[start : start + BATCH]).values_list("pk", flat=True))
            found |= {row["number"]: row for row in read_rows(keys).values()}
        return found

    @cached_property
    def _answering(self):
        """{number: key} of what answers the same question now, in the list's order."""
        if not self.can_be_asked:
            return {}
        answer = self.listing.in_order(self.listing.narrowed())
        return dict(answer.values_list("number", "pk")[: 2 * MOST])

    @property
    def can_be_asked(self):
        """Whether the list still understands the question: a name in it may have left the record."""
        return self.listing.is_answerable

    @cached_property
    def added(self):
        """What answers the same question now and did not then."""
        known = set(self._numbers)
        keys = [key for number, key in self._answering.items() if number not in known][:MOST]
        return [Then(row["number"], ADDED, row=row) for row in read(self.outlets, self.listing, keys)]

    def count(self, state):
        return sum(entry.state == state for entry in self.entries)
