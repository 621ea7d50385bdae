"""Pages for other people's pages: one layout, one decorator that lets them be framed, and what every kind of entry shows there."""

from csp.decorators import csp_replace
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from record import kinds, questions
from record.models import FormerAddress
from record.views import not_found

# How many rows of a list are shown elsewhere; the rest is behind its link.
ROWS = 5


def framed(view):
    """The view's answer may be framed by any page. It shows nothing that only some readers may see, and acts on nothing."""
    return xframe_options_exempt(csp_replace({"frame-ancestors": ["*"]})(view))


def entry_card(model):
    """One entry of a kind as a card. A withdrawn one answers 410, and a former address leads to the present card."""

    @framed
    @require_safe
    def card(request, slug):
        entry = model.objects.public().filter(slug=slug).for_list().first()
        if entry is not None:
            context = {"entry": entry, "kind": kinds.by_letter(model.LETTER), "whole": entry.get_absolute_url()}
            return render(request, "record/card.html", context)
        if gone := model.objects.gone().filter(slug=slug).first():
            return render(request, "record/card_gone.html", {"entry": gone, "whole": gone.get_absolute_url()}, status=410)
        former = FormerAddress.objects.filter(letter=model.LETTER, slug=slug).first()
        present = former and (model.objects.public() | model.objects.gone()).filter(number=former.number).first()
        return redirect(f"{present.get_absolute_url()}embed/", permanent=True) if present else not_found()

    return card


def list_embed(listing_class, name, heading=""):
    """The first rows of a question, with a link to all of them; 400 in words for one that cannot be answered."""

    @framed
    @require_safe
    def rows(request):
        listing = listing_class(request.GET, offering=False)
        kind = kinds.by_letter(getattr(listing.Meta.model, "LETTER", ""))
        context = {
            "listing": listing,
            "heading": heading or kind.plural,
            "whole": questions.address(reverse(name), listing),
            "rows": _first_rows(listing, kind) if listing.is_answerable else [],
        }
        return render(request, "layouts/list_embed.html", context, status=200 if listing.is_answerable else 400)

    return rows


def _first_rows(listing, kind):
    """(kind, entry) of the first rows: a list of several kinds says of each row which it is."""
    return [(row.kind, row.entry) if hasattr(row, "entry") else (kind, row) for row in listing.between(0, ROWS)]
