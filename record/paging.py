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
        if not (self.exists and self.listing.is_answerable and self.listing.total):
            return []
        start = (self.number - 1) * self.size
        return list(self.listing.ordered()[start : start + self.size])

    @property
    def first_row(self):
        return (self.number - 1) * self.size + 1

    @property
    def last_row(self):
        return (self.number - 1) * self.size + len(self.rows)

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
