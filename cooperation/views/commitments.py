"""Commitments: the list, and each by itself."""

from django.db.models import Count
from django.shortcuts import render

from cooperation.chain import links_of
from cooperation.feeds import COMMITMENTS
from cooperation.filters import CommitmentListing
from cooperation.models import Commitment, Score
from record.footnotes import Footnotes
from record.views import ListPage, not_found


class CommitmentList(ListPage):
    """Promises that can be checked, the nearest deadline first."""

    listing = CommitmentListing
    outlets = COMMITMENTS
    template_name = "cooperation/commitment_list.html"

    def extra(self, listing, page):
        scores = Commitment.objects.public().order_by().values_list("score").annotate(n=Count("pk"))
        return {"scores": [(score, dict(scores).get(score.value, 0)) for score in Score]}


def commitment(request, number):
    """One commitment with its evidence. A withdrawn one answers 410 and says why."""
    rows = Commitment.objects.filter(number=number)
    row = rows.public().for_list().prefetch_related("assessments__sources").first()
    if row is not None:
        context = {"commitment": row, "footnotes": Footnotes(row.citations.all()), "links": links_of(row)}
        return render(request, "cooperation/commitment.html", context)
    gone = rows.gone().first()
    return render(request, "410.html", {"entry": gone}, status=410) if gone else not_found()
