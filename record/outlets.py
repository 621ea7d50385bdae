"""The outlets that every list has: the same question as CSV, JSON, Atom and, where days are known, iCalendar.

Each begins with the list's own definition. A CSV file and a calendar hold the whole answer: the first batch goes out at
once, then all keys are read, in the order asked for, and rows in batches by key, so that memory is flat and no cursor
waits for a slow reader. JSON and Atom come in pages, each naming the next. A small answer is sent whole, with an ETag;
a large one streams without validators.
"""

import array
import hashlib
from dataclasses import dataclass
from http import HTTPStatus

from django.db.models import Max
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.functional import cached_property
from django.utils.http import http_date, quote_etag
from django.utils.translation import pgettext_lazy
from django.views import View

from record import atom, counting, csvfile, ical, jsonlist, kept, problems, questions, streams
from record.columns import Columns
from record.pair import pair

BATCH = 500
# What is sent at once, while the keys of the rest are read.
FIRST = 50
PAGE_SIZE = 100
# A row of columns is as long as so many other parts that are kept.
LONG = 5


@dataclass(frozen=True)
class Form:
    """One form of an outlet: its content type, whether it is kept as a file, and whether it comes in pages."""

    ending: str
    label: str
    content_type: str
    is_file: bool = False
    is_paged: bool = False

    @property
    def media_type(self):
        return self.content_type.partition(";")[0]


FORMS = {
    form.ending: form
    for form in (
        Form("csv", pgettext_lazy("a format", "CSV"), "text/csv; charset=utf-8; header=present", is_file=True),
        Form("json", pgettext_lazy("a format", "JSON"), "application/json", is_paged=True),
        Form("atom", pgettext_lazy("a format", "Atom"), "application/atom+xml; charset=utf-8", is_paged=True),
        Form("ics", pgettext_lazy("a format", "iCalendar"), "text/calendar; charset=utf-8", is_file=True),
    )
}


# The forms of a list of what happened, was signed, was built or was promised: on a day, as far as it is known.
IN_DAYS = ("csv", "json", "atom", "ics")


@dataclass(frozen=True)
class Outlets:
    """The outlets of one list: the name of its address, its definition, its columns, its forms.

    `path` is the address of the page without its last stroke, where that is not the name.
    """

    name: str
    listing: type
    columns: Columns
    endings: tuple = ("csv", "json", "atom")
    path: str = ""

    @property
    def forms(self):
        return [FORMS[ending] for ending in self.endings]

    def urls(self):
        """One address for each form: events.csv, named events-csv."""
        return [
            path(f"{self.path or self.name}.{form.ending}", OutletView.as_view(outlets=self, form=form), name=f"{self.name}-{form.ending}")
            for form in self.forms
        ]

    def links(self, listing):
        """(form, address) of every outlet of exactly the question of a list."""
        return [(form, questions.address(reverse(f"{self.name}-{form.ending}"), listing)) for form in self.forms]


class Answer:
    """Everything that answers one question, as rows of columns."""

    def __init__(self, outlets, request):
        self.outlets, self.request = outlets, request
        self.columns = outlets.columns
        self.listing = outlets.listing(request.GET, offering=False)
        self.origin = f"{request.scheme}://{request.get_host()}"
        self.lang = translation.get_language()

    @cached_property
    def rows(self):
        return self.listing.narrowed()

    @cached_property
    def count(self):
        return self._of_all("number", self._counted)

    def _counted(self):
        with self.listing.answering() as narrowed:
            return counting.number(narrowed())

    @cached_property
    def changed(self):
        """When a row of the answer changed last; None if there is none."""
        return self._of_all(
            "changed", lambda: self.rows.order_by().annotate(changed=self.columns.changed).aggregate(last=Max("changed"))["last"]
        )

    def _of_all(self, name, make):
        """What looks at every row of the answer: kept where that is the whole list."""
        if self.listing.at is not None or self.listing.asked_of_rows or not self.listing.is_answerable:
            return make()
        return kept.part(make, f"outlet {name}", self.outlets.name)

    @cached_property
    def ordered(self):
        return self.listing.in_order(self.rows)

    @property
    def page(self):
        return self.listing.form.cleaned_data.get("page") or 1

    @property
    def last_page(self):
        return max(1, -(-self.count // PAGE_SIZE))

    @cached_property
    def _reader(self):
        return self.columns.reader(self.listing.base(), self.origin)

    def read(self, keys):
        """The rows of these keys, as far as readers may still see them."""
        with translation.override(self.lang):
            return list(self._reader(keys).values())

    def page_rows(self, read, queryset=None):
        """What `read` makes of the rows of the present page, in the list's order or another: {key: row} of {key: columns}, whose addresses
        begin with the path. Each is read once for all pages on which it stands, on whatever site."""
        start = (self.page - 1) * PAGE_SIZE
        keys = self.listing.marked_between(start, start + PAGE_SIZE) if queryset is None else None
        if keys is None:
            chosen = self.ordered if queryset is None else queryset
            keys = list(chosen.values_list("pk", flat=True)[start : start + PAGE_SIZE])

        def made(some):
            return read(self.columns.reader(self.listing.base())(some))

        rows = kept.parts(made, keys, "columns", read, self.outlets.name, *self.listing.looks, weight=LONG, lasting=True)
        return [rows[key] for key in keys if key in rows]

    @cached_property
    def first_keys(self):
        """The keys of one batch, and of one row more if there are more."""
        return list(self.ordered.values_list("pk", flat=True)[: BATCH + 1])

    @property
    def is_large(self):
        return len(self.first_keys) > BATCH

    def batches(self):
        """The whole answer, a batch of rows at a time. Each row once, whatever is entered while the file goes out."""
        sent = self.first_keys[: FIRST if self.is_large else BATCH]
        if sent:
            yield self.read(sent)
        if self.is_large:
            rest = array.array("q", self.ordered.exclude(pk__in=sent).values_list("pk", flat=True).iterator(chunk_size=2000))
            for start in range(0, len(rest), BATCH):
                yield self.read(list(rest[start : start + BATCH]))

    def address(self, *, ending="", **changed):
        """The absolute address of this question: its page, or one of its outlets."""
        name = f"{self.outlets.name}-{ending}" if ending else self.outlets.name
        return self.origin + questions.address(reverse(name), self.listing, **changed)


class OutletView(View):
    """A question's answer in one form; 400 with the reasons if it is malformed, 404 for a page that is not there."""

    outlets = None
    form = None

    def get(self, request):
        answer, as_json = Answer(self.outlets, request), self.form.ending == "json"
        if not answer.listing.is_answerable:
            response = problems.unanswerable(answer.listing, as_json=as_json)
        elif self.form.is_paged and answer.page > answer.last_page:
            response = problems.no_such_page(answer.page, answer.last_page, as_json=as_json)
        else:
            response = _WRITERS[self.form.ending](answer)
            if response.status_code == HTTPStatus.OK:
                response = finished(request, response, self.form, None if response.streaming else answer.changed)
                response["Content-Disposition"] = self.disposition()
        response["Access-Control-Allow-Origin"] = "*"
        return response

    def disposition(self):
        own = pair()
        how = "attachment" if self.form.is_file else "inline"
        return f'{how}; filename="{own.first}-{own.second}-{self.outlets.name}.{self.form.ending}"'


def finished(request, response, form, changed):
    """With its content type and validators, and as 304 to who has it already; a HEAD is told the same without the body.

    Only the ETag decides: what a row shows of others, and what has left the answer, changes without a later moment.
    """
    response["Content-Type"] = form.content_type
    response["Cache-Control"] = "no-cache"
    if changed:
        response["Last-Modified"] = http_date(changed.timestamp())
    if response.streaming:
        return HttpResponse(headers=dict(response.headers)) if request.method == "HEAD" else response
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    response["Content-Length"] = str(len(response.content))
    return get_conditional_response(request, etag=etag, response=response)


def _whole_or_streamed(answer, parts):
    """What fits into one batch is sent whole."""
    return streams.streamed(parts) if answer.is_large else HttpResponse(b"".join(parts))


def _csv(answer):
    return _whole_or_streamed(answer, csvfile.parts(answer.columns.names, answer.batches()))


def _json(answer):
    return HttpResponse(jsonlist.page(answer))


def _atom(answer):
    return HttpResponse(atom.page(answer))


def _ics(answer):
    items = ([ical.of_row(answer.columns, row) for row in rows] for rows in answer.batches())
    return _whole_or_streamed(answer, ical.parts(atom.heading(answer), items, lang=answer.lang))


_WRITERS = {"csv": _csv, "json": _json, "atom": _atom, "ics": _ics}
