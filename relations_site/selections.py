"""Freezing a list, and the page of a frozen one. Readers have no cookies and no account: the request carries everything.

Freezing is a POST without a token: it does nothing in anybody's name, and the same answer to the same question is kept once. It is
bounded in size, by address and by day, and refused to other sites.
"""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from cooperation.columns import AGREEMENT, INITIATIVE
from cooperation.filters import CountListing, DocumentChain, InitiativeChain, MeetingChain, WaitingListing
from events.columns import EVENT
from record import csvfile, jsonlist, selections
from record.models import FrozenSelection
from record.outlets import FORMS, Outlets, finished
from relations_site import rate
from relations_site.data import LISTS as WITH_OUTLETS
from relations_site.limits import LONGEST_QUESTION

# Lists that are narrower than one with outlets, and have its columns.
NARROWER = [
    Outlets("waiting", WaitingListing, AGREEMENT, endings=()),
    Outlets("counts", CountListing, AGREEMENT, endings=()),
    Outlets("chain", MeetingChain, EVENT, endings=()),
    Outlets("chain-documents", DocumentChain, AGREEMENT, endings=()),
    Outlets("chain-initiatives", InitiativeChain, INITIATIVE, endings=()),
]
LISTS = {outlets.name: outlets for outlets in [*WITH_OUTLETS, *NARROWER]}
ON_A_PAGE = 100


@csrf_exempt
@require_POST
def freeze(request):
    """Freeze the answer to a question of a list, and lead to it; refused in words, with the reason."""
    name, question = request.POST.get("list", ""), request.POST.get("question", "")
    if _is_from_elsewhere(request):
        return _refused(request, 403, _("A list is frozen from its own page."))
    if name not in LISTS or len(question) > LONGEST_QUESTION:
        return _refused(request, 400, _("There is no such list."))
    if wait := rate.seconds_to_wait(request, "freeze", settings.FREEZE_RATE):
        return _refused(request, 429, _("Too many lists were frozen from one address. Try again in a while."), wait=wait)
    outlets = LISTS[name]
    try:
        found = selections.freeze(outlets, outlets.listing(QueryDict(question)), at_most_a_day=settings.FREEZES_A_DAY)
    except selections.Refusal as refusal:
        return _not_frozen(request, refusal.reason)
    response = HttpResponseRedirect(found.get_absolute_url())
    response.status_code = 303
    return response


def _is_from_elsewhere(request):
    """Whether a page of another site sent it: browsers name where a POST comes from."""
    origin = request.headers.get("Origin", "")
    return bool(origin) and origin.partition("://")[2] != request.get_host()


def _not_frozen(request, reason):
    most = {"most": selections.MOST}
    sentences = {
        "empty": _("No entry answers this question: there is nothing to freeze."),
        "too-many": _("More than %(most)s entries answer this question: narrow the list first.") % most,
        "unanswerable": _("This question cannot be answered as it stands."),
        "busy": _("Too many lists were frozen today. Try again tomorrow."),
    }
    busy = reason == "busy"
    return _refused(request, 429 if busy else 400, sentences[reason], wait=24 * 60 * 60 if busy else 0)


def _refused(request, status, sentence, *, wait=0):
    response = render(request, "relations_site/not_frozen.html", {"sentence": sentence}, status=status)
    if wait:
        response["Retry-After"] = str(wait)
    return response


def _found(code):
    selection = get_object_or_404(FrozenSelection, code=code)
    outlets = LISTS[selection.listing]
    return selection, outlets, selections.Unfrozen(selection, outlets)


@require_safe
def page(request, code):
    """A frozen list: its question in words, its day, its entries as they are now, and what has changed since."""
    selection, outlets, unfrozen = _found(code)
    paginator = Paginator(unfrozen.entries, ON_A_PAGE)
    address = reverse(selection.listing)
    context = {
        "selection": selection,
        "listing": unfrozen.listing,
        "unfrozen": unfrozen,
        "columns": outlets.columns,
        "name": outlets.columns.model._meta.verbose_name_plural,
        "part": paginator.get_page(request.GET.get("page")),
        "counts": {state.replace("-", "_"): unfrozen.count(state) for state in (selections.UNCHANGED, selections.CHANGED, selections.GONE)},
        "added": unfrozen.added[:ON_A_PAGE],
        "live": f"{address}?{selection.question}" if selection.question else address,
    }
    return render(request, "relations_site/selection.html", context)


@require_safe
def as_json(request, code):
    """The same for programs."""
    selection, _outlets, unfrozen = _found(code)
    origin = f"{request.scheme}://{request.get_host()}"
    said = {
        "code": selection.code,
        "list": selection.listing,
        "question": dict(QueryDict(selection.question).lists()),
        "frozen": selection.frozen_at,
        "checksum": selection.checksum,
        "columns": selection.columns,
        "address": f"{origin}{selection.get_absolute_url()}",
        "entries": [_told(entry) for entry in unfrozen.entries],
        "added": [_told(entry) for entry in unfrozen.added] if unfrozen.can_be_asked else None,
    }
    response = finished(request, HttpResponse(jsonlist.written(said)), FORMS["json"], None)
    return _for_anyone(response, f'inline; filename="{selection.code}.json"')


def _told(entry):
    row = entry.row and jsonlist.row({name: value for name, value in entry.row.items() if not name.endswith("_address")})
    return {
        "number": entry.number,
        "state": entry.state,
        "answers": bool(row) and entry.answers,
        "checksum": entry.checksum or None,
        "row": row,
    }


@require_safe
def as_csv(request, code):
    """The entries as they are now, each with what has become of it; of one that is gone, its number alone."""
    selection, outlets, unfrozen = _found(code)
    columns = [name for name in outlets.columns.names if name != "number" and not name.endswith("_address")]
    names = ["number", "state", "checksum", *columns]
    rows = [dict.fromkeys(columns) | (entry.row or {}) | _state(entry) for entry in [*unfrozen.entries, *unfrozen.added]]
    batches = (rows[start : start + selections.BATCH] for start in range(0, len(rows), selections.BATCH))
    response = finished(request, HttpResponse(b"".join(csvfile.parts(names, batches))), FORMS["csv"], None)
    return _for_anyone(response, f'attachment; filename="{selection.code}.csv"')


def _state(entry):
    return {"number": entry.number, "state": entry.state, "checksum": entry.checksum}


def _for_anyone(response, disposition):
    response["Content-Disposition"] = disposition
    response["Access-Control-Allow-Origin"] = "*"
    return response


def question_of(listing):
    """The question of a list as an address carries it, without its page."""
    asked = listing.data.copy() if listing.data else QueryDict(mutable=True)
    asked.pop("page", None)
    return urlencode(list(asked.lists()), doseq=True)
