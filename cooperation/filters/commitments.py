"""The list of commitments: by how far they are kept, by whom they were made, by deadline."""

from django.utils.translation import gettext_lazy as _

from cooperation.models import Commitment, Score
from cooperation.status import ActionSide
from record.listing import DayFilter, Facet, Listing
from record.models import Confirmation
from record.pair import side_name


def promisers():
    """Who promised, by the countries' own names."""
    return [(value, label if value == ActionSide.JOINT else side_name(value)) for value, label in ActionSide.choices]


class CommitmentListing(Listing):
    """Commitments by score, side, confirmation and deadline."""

    score = Facet(choices=Score.choices, label=_("Kept so far"))
    side = Facet(choices=promisers, label=_("Promised by"))
    confirmed = Facet(field_name="confirmation", choices=Confirmation.choices[:3], label=_("Confirmed"))
    after = DayFilter(field_name="deadline_to", lookup_expr="gte", label=_("From"))
    before = DayFilter(field_name="deadline_from", lookup_expr="lte", label=_("Until"))

    ORDERS = {
        "deadline": (_("nearest deadline first"), lambda queryset: queryset.soonest_first()),
        "newest": (_("latest promise first"), lambda queryset: queryset.newest_first()),
    }

    class Meta:
        model = Commitment
        fields = []
