"""Where the values stand that an index holds."""

from dataclasses import dataclass

# So many rows are read at once.
CHUNK = 10_000


@dataclass(frozen=True)
class Column:
    """Where values stand: the model, the field that names the entry there ("" in the entry's own row), the field of the value."""

    model: type
    owner: str
    value: str
    # The condition of the rows below an entry that count today; all of them, if None.
    today: object = None
    # What is made of a value before it is held, None leaving it out; as it is, if None.
    of: object = None

    def made(self, stored):
        """The value that is held for a stored one."""
        return self.of(stored) if self.of and stored is not None else stored

    def pairs(self, keys=None):
        """(key of the entry, value) of all rows, or of those of some entries."""
        rows = self.model._base_manager.order_by()
        if self.today is not None:
            rows = rows.filter(self.today())
        if keys is not None:
            rows = rows.filter(**{f"{self.owner}__in": keys})
        return rows.exclude(**{self.value: None}).values_list(self.owner, self.value).iterator(chunk_size=CHUNK)
