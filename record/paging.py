"""Pages of a list, by number."""

from django.utils.functional import cached_property

PAGE_SIZE = 30


class Page:
    """One page of a list: its rows, and where the others are. A page that does not exist has no rows."""

    size = PAGE_SIZE

    def __init__(self, listing):
        self.listing = listing
        self.number = (listing.form.cleaned_data.get("page") if listing.is_answerable else None) or 1
        self.last = max(1, -(-listing.total // self.size))
        self.exists = self.number <= self.last

    @cached_property
    def rows(self):
        return self.listing.between(self._start, self._start + self.size) if self._has_rows else []

    @cached_property
    def keys(self):
        """The keys of its rows, for who needs no more of them."""
        return self.listing.keys_between(self._start, self._start + self.size) if self._has_rows else []

    @property
    def _has_rows(self):
        return bool(self.exists and self.listing.is_answerable and self.listing.total)

    @property
    def _start(self):
        return (self.number - 1) * self.size

    @property
    def first_row(self):
        return self._start + 1

    @property
    def last_row(self):
        return min(self._start + self.size, self.listing.total)

    def neighbours(self):
        """Page numbers to link to: the ends and those around the present one, None for a gap."""
        near = {1, self.last, *range(max(1, self.number - 2), min(self.last, self.number + 2) + 1)}
        shown, previous = [], 0
        for number in sorted(near):
            if number - previous > 1:
                shown.append(None)
            shown.append(number)
            previous = number
        return shown
