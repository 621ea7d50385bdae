"""/en/cards/E12-<stamp>.png. The stamp is that of what the card says: a card of old leads to the present one."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from record import problems
from relations_site.cards import content, drawing

# A withdrawn row's card leaves the caches of others within a week.
CONTROL = "public, max-age=604800"


@require_safe
def card(request, name, stamp):
    """A card by the number of its row, or by the name of its page; 404 unless readers may see that, 410 if they once could."""
    rows = content.rows_of(name) if name[0].isupper() else None
    row = rows.public().first() if rows is not None else None
    found = content.of_row(row) if row else content.of_page(name)
    if found is None:
        gone = rows.gone().first() if rows is not None else None
        if gone is None:
            raise Http404
        return problems.withdrawn_in_words(gone)
    if found.stamp != stamp:
        return redirect(content.address(name, found))
    return HttpResponse(drawing.drawn(found), content_type="image/png", headers={"Cache-Control": CONTROL})
