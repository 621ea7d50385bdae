"""A question put to a list of the interface: the page's own filters, and how much of the answer is wanted. Nothing is overlooked."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from record import questions
from record.facets import Facet
from relations_site.api import cursor as cursors

MOST = 100
FORMS = ["json", "html"]
REPEATED = gettext_lazy("This parameter is given more than once.")


class Extent(forms.Form):
    """Which part of an answer is wanted, and in which form."""

    limit = forms.IntegerField(min_value=1, max_value=MOST, required=False)
    cursor = forms.CharField(max_length=2000, required=False)
    format = forms.ChoiceField(choices=[(form, form) for form in FORMS], required=False)


def empty_ones(data):
    """(name, sentence) of every parameter without a value: a page's form sends such, a program that does has lost something."""
    return [(name, _("This parameter is empty.")) for name, values in data.lists() if not all(value.strip() for value in values)]


def faults_beside_a_list(data, known):
    """(name, sentence) of everything wrong with the parameters of an address that is no list: it knows the form alone, or nothing."""
    extent = Extent({name: data[name] for name in known if name in data})
    found = empty_ones(data) + [(name, str(error)) for name, errors in extent.errors.items() for error in errors]
    found += [(name, _("There is no such parameter here.")) for name in data if name not in known]
    return found + [(name, str(REPEATED)) for name, values in data.lists() if name in known and len(values) > 1]


class Question:
    """The parts of a request. `faults` are (name, sentence) pairs; without any, `listing` can be answered."""

    def __init__(self, resource, data):
        self.resource = resource
        self.data, self.asked = data, questions.asked(data)
        self.extent = Extent({name: self.asked[name] for name in Extent.base_fields if name in self.asked})
        own = self.asked.copy()
        for name in Extent.base_fields:
            own.pop(name, None)
        self.listing = resource.listing(own)

    @cached_property
    def names(self):
        """The names of the parameters that this list understands, as the page has them, `page` apart."""
        return [name for name in self.listing.form.fields if name != "page"]

    @cached_property
    def faults(self):
        found = empty_ones(self.data)
        found += [(name, str(error)) for name, errors in self.listing.form.errors.items() for error in errors]
        found += [(name, str(error)) for name, errors in self.extent.errors.items() for error in errors]
        for name, values in self.asked.lists():
            if name not in self.names and name not in Extent.base_fields:
                found.append((name, _("This list has no such parameter.")))
            elif len(values) > 1 and not isinstance(self.listing.filters.get(name), Facet):
                found.append((name, str(REPEATED)))
        if not found and self.cursor and self._place is None:
            found.append(("cursor", _("This cursor does not belong to this question.")))
        return found

    @property
    def size(self):
        return self.extent.cleaned_data.get("limit") or MOST

    @property
    def cursor(self):
        return self.extent.cleaned_data.get("cursor")

    @cached_property
    def understood(self):
        return questions.understood(self.listing)

    @cached_property
    def _place(self):
        """The values of the order behind which the answer begins; None where the cursor cannot be read."""
        try:
            return cursors.read(self.cursor, self._identity)
        except cursors.Malformed:
            return None

    @property
    def _identity(self):
        return [self.resource.name, self.understood]

    def page(self):
        """(keys of the rows of this page, the cursor of the next one or None)."""
        rows = cursors.Keyset(self.listing.in_order(self.listing.narrowed())).page(self.size, self._place if self.cursor else None)
        shown = rows[: self.size]
        follows = cursors.written(shown[-1][1], self._identity) if len(rows) > self.size else None
        return [key for key, _values in shown], follows

    def address(self, origin, **changed):
        """The full address of this question, or of another page of it."""
        own = self.asked.copy()
        for name, value in changed.items():
            own[name] = value
        query = own.urlencode()
        return self.resource.address(origin) + (f"?{query}" if query else "")
