"""Commitments: the list, and each by itself."""

from django.db.models import Count
from django.shortcuts import render

from cooperation.chain import links_of
from cooperation.feeds import COMMITMENTS
from cooperation.filters import CommitmentListing
from cooperation.models import Commitment, Score
from cooperation.models.commitment import score_of
from record.footnotes import Footnotes
from record.views import EntryPage, ListPage, not_found


class CommitmentList(ListPage):
    """Promises that can be checked, the nearest deadline first."""

    listing = CommitmentListing
    outlets = COMMITMENTS
    template_name = "cooperation/commitment_list.html"

    def extra(self, listing, page):
        scores = Commitment.objects.public().order_by().values_list("score").annotate(n=Count("pk"))
        return {"scores": [(score, dict(scores).get(score.value, 0)) for score in Score]}


class CommitmentPage(EntryPage):
    """One commitment with its evidence, at its number. A withdrawn one answers 410 and says why."""

    model = Commitment
    template_name = "cooperation/commitment.html"

    def get(self, request, number):
        rows = self.queryset().filter(number=number)
        if (row := rows.public().first()) is not None:
            asked = request.GET.get("on", "").strip()
            return self.as_of(request, row, asked) if asked else render(request, self.template_name, self.context(row))
        gone = rows.gone().first()
        return render(request, "410.html", {"entry": gone}, status=410) if gone else not_found()

    def as_it_stood(self, entry, day):
        """Scored by the evidence of then."""
        entry.score, entry.on_day = score_of(entry), day
        return entry

    def queryset(self, at=None):
        return Commitment.objects.for_list().prefetch_related("assessments__sources")

    def context(self, entry):
        return {"entry": entry, "commitment": entry, "footnotes": Footnotes(entry.citations.all()), "links": links_of(entry)}
