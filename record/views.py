"""The pages that every kind has: a list, an entry, a reference row, a source, and the permanent address."""

from functools import cache

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.views import View

from record import kept, kinds, questions, texts
from record.alphabet import collate
from record.feeds import SOURCES
from record.filters import DisagreementListing, SourceListing
from record.footnotes import Footnotes
from record.history import days, subjects
from record.lookups import KEY
from record.models import Disagreement, FormerAddress, Organisation, Person, Place, Series, Source, Topic
from record.paging import Page
from record.prepared import MOMENT, Whole

REFERENCES = {"topics": Topic, "people": Person, "organisations": Organisation, "places": Place, "series": Series}
# The names of the index pages' addresses; “series” alone is that of one series.
ADDRESSES = {path: "series-index" if path == "series" else path for path in REFERENCES}
PATHS = {model._meta.model_name: path for path, model in REFERENCES.items()}


class ListPage(View):
    """A list with filters: 400 beside a malformed question, 404 for a page that is not there."""

    listing = None
    outlets = None
    template_name = "layouts/list.html"
    heading = ""

    def get(self, request):
        listing = self.listing(request.GET)
        page = Page(listing)
        status = 200 if listing.is_answerable else 400
        if listing.is_answerable and not page.exists:
            status = 404
        context = {
            "listing": listing,
            "page": page,
            "kind": kinds.by_letter(getattr(listing.Meta.model, "LETTER", "")),
            "outlets": self.outlets.links(listing) if self.outlets and status == 200 else [],
            **self.extra(listing, page),
        }
        return render(request, self.template_name, context, status=status)

    def extra(self, listing, page):
        """What a kind's own list shows besides."""
        return {}


class EntryPage(View):
    """One entry. A withdrawn one answers 410 and says why; a former address leads to the present one."""

    model = None
    template_name = ""

    def get(self, request, slug):
        entry = self.whole().of(slug)
        if entry is None:
            return self.elsewhere(request, slug)
        if request.GET.get("on", "").strip():
            return self.as_of(request, entry, request.GET["on"].strip())
        return render(request, self.template_name, self.context(entry))

    def as_of(self, request, entry, asked):
        """The entry as it stood at the end of a day; 400 for a day that is none, 404 in words where readers did not see it then."""
        shown = {"entry": entry, "kind": kinds.by_letter(entry.LETTER), "asked": asked[:20]}
        try:
            day = days.asked(asked)
            then = self.as_it_stood(days.as_it_stood(entry, day), day)
        except ValidationError as error:
            return render(request, "record/not_as_of.html", shown | {"reason": error.messages[0]}, status=400)
        except days.NotOnRecord as error:
            return render(request, "record/not_as_of.html", shown | {"reason": str(error), "as_of": day}, status=404)
        return render(request, self.template_name, self.context(then) | {"as_of": day, "present": entry})

    def as_it_stood(self, entry, day):
        """What a kind derives from its rows, derived from those of that day; what leads here from other entries is left out."""
        return entry

    @classmethod
    @cache
    def whole(cls):
        """The way to the public entry of a slug with everything that its page shows."""
        return Whole(lambda: cls().queryset(MOMENT).public(MOMENT).filter(slug__among=KEY))

    def queryset(self, at=None):
        """The entry with everything that its page shows, of other entries what readers see at a moment (now, if none is given)."""
        citations = self.model._meta.get_field("citations").related_model
        return self.model.objects.prefetch_related(
            "topics",
            "pictures",
            Prefetch("citations", citations.objects.select_related("source")),
            Prefetch("disagreements", Disagreement.objects.prefetch_related("values__sources")),
        )

    def context(self, entry):
        footnotes = Footnotes(entry.citations.all())
        return {"entry": entry, "kind": kinds.by_letter(entry.LETTER), "footnotes": footnotes}

    def elsewhere(self, request, slug):
        gone = self.model.objects.gone().filter(slug=slug).first()
        if gone is not None:
            return render(request, "410.html", {"entry": gone}, status=410)
        former = FormerAddress.objects.filter(letter=self.model.LETTER, slug=slug).first()
        return leads_to(self.model, former.number) if former else not_found()


def leads_to(model, number):
    """A lasting redirect to the entry's present page; 404 unless readers may see it or once could."""
    entry = (model.objects.public() | model.objects.gone()).filter(number=number).first()
    return HttpResponsePermanentRedirect(entry.get_absolute_url()) if entry else not_found()


def not_found():
    raise Http404


def permanent_address(request, number):
    """/r/E12: the entry's page in the reader's language."""
    model = kinds.model_of(number[0])
    digits = number[1:]
    if model is None or len(digits) > 9:
        raise Http404
    entry = (model.objects.public() | model.objects.gone()).filter(number=int(digits)).first()
    if entry is None:
        raise Http404
    lang = translation.get_language_from_request(request)
    with translation.override(lang):
        response = redirect(questions.kept(request, entry.get_absolute_url(), "on"))
    response["Vary"] = "Accept-Language"
    return response


def reference_index(request, path):
    """All topics, people, organisations, places or series that public entries lead to, with how many."""
    model = REFERENCES[path]
    rows = list(kinds.seen_by_readers(model.objects.all()))
    rows.sort(key=lambda row: collate(texts.best(row, "name").words))
    numbers = kept.part(lambda: _numbers_of_entries(model, rows), "entries of", model, tuple(row.pk for row in rows))
    context = {
        # A row that came between the two questions has its number at the next one.
        "rows": [(row, numbers[row.pk]) for row in rows if row.pk in numbers],
        "model": model._meta,
        "current": ADDRESSES[path],
        "tabs": [(ADDRESSES[name], other._meta.verbose_name_plural) for name, other in REFERENCES.items()],
    }
    return render(request, "record/reference_index.html", context)


def _numbers_of_entries(model, rows):
    numbers = dict.fromkeys([row.pk for row in rows], 0)
    for kind in kinds.all_kinds():
        owners = {}
        for lookup in kind.involving.get(model._meta.model_name, ()):
            for row, entry in kind.model.objects.public().order_by().values_list(lookup, "pk"):
                owners.setdefault(row, set()).add(entry)
        for row, entries in owners.items():
            if row in numbers:
                numbers[row] += len(entries)
    return numbers


class ReferencePage(View):
    """A topic, person, organisation, place or series with everything that involves it."""

    model = None
    SHOWN = 50

    def get(self, request, slug):
        row = get_object_or_404(kinds.seen_by_readers(self.model.objects.all()), slug=slug)
        sections = []
        for kind in kinds.all_kinds():
            entries = list(kind.entries_of(row)[: self.SHOWN + 1])
            if entries:
                sections.append((kind, entries[: self.SHOWN], len(entries) > self.SHOWN))
        name = self.model._meta.model_name
        context = {"row": row, "sections": sections, "path": PATHS[name], "model": self.model._meta, "name": name}
        context["history_code"] = "{letter}{number}".format(**subjects.about(row))
        return render(request, "record/reference.html", context | self.extra(row))

    def extra(self, row):
        if isinstance(row, Person):
            return {"offices": row.offices.select_related("organisation")}
        if isinstance(row, Series):
            return {"sessions": with_gaps(row.events.public().filter(ordinal__isnull=False).order_by("ordinal"))}
        if isinstance(row, Place):
            return {"parts": kinds.seen_by_readers(Place.objects.filter(part_of=row))}
        return {}


def with_gaps(sessions):
    """(first and last missing number or None, session) in order: what stands between two known numbers is not on record."""
    expected, rows = 1, []
    for session in sessions:
        gap = (expected, session.ordinal - 1) if session.ordinal > expected else None
        rows.append((gap, session))
        expected = session.ordinal + 1
    return rows


class DisagreementList(ListPage):
    """Where sources differ, and who says what."""

    listing = DisagreementListing
    template_name = "record/disagreement_list.html"


class SourceList(ListPage):
    """What the record rests on."""

    listing = SourceListing
    outlets = SOURCES
    template_name = "record/source_list.html"


def source(request, number):
    """One source, and every statement that rests on it."""
    row = get_object_or_404(kinds.seen_by_readers(Source.objects.all()), number=number)
    sections = [(kind, entries) for kind in kinds.all_kinds() if (entries := list(kind.entries_of(row)[:200]))]
    disputed = [
        (disagreement, [value for value in disagreement.values.all() if row in value.sources.all()])
        for disagreement in shown_disagreements().filter(values__sources=row).distinct()
    ]
    return render(request, "record/source.html", {"source": row, "sections": sections, "disputed": disputed})


def shown_disagreements():
    """Disagreements that something public carries."""
    return kinds.seen_by_readers(Disagreement.objects.prefetch_related("values__sources"))
