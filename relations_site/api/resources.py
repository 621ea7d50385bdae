"""What the interface offers: each list by the definition that its page has, each row by the columns of its outlets."""

from dataclasses import dataclass

from django.urls import reverse

from cooperation.columns import AGREEMENT, COMMITMENT, INITIATIVE
from cooperation.filters import AgreementListing, CommitmentListing, InitiativeListing
from cooperation.models import QuotedFigure, TradeFigure
from cooperation.trade.columns import QUOTATION, STATISTIC
from cooperation.trade.question import QuotationListing, StatisticsListing
from events.columns import EVENT
from events.filters import EventListing
from record import kinds
from record.columns import SOURCE, Columns
from record.filters import SourceListing
from record.references import ORGANISATION, PERSON, PLACE, SERIES, TOPIC, listing_of


@dataclass(frozen=True)
class Resource:
    """One list: its name, its address below /api/v1/, its definition, its columns, and all rows that have an address."""

    name: str
    path: str
    listing: type
    columns: Columns
    seen: object

    @property
    def model(self):
        return self.columns.model

    @property
    def key(self):
        """The pattern of what its rows are known by: a number or a slug."""
        return f"{self.model.LETTER}[1-9][0-9]{{0,8}}" if self.columns.key == "number" else "[-a-zA-Z0-9_]{1,100}"

    @property
    def page(self):
        """The name of the page's address that asks the same questions."""
        return {"series": "series-index"}.get(self.name, self.name)

    def rows(self, key):
        """The row of a key, as a queryset of everything that readers may open or not."""
        known = {"number": int(key[1:])} if self.columns.key == "number" else {"slug": key}
        return self.model._base_manager.filter(**known)

    def address(self, origin=""):
        return f"{origin}{reverse(f'api-{self.name}')}"

    def row_address(self, key, origin=""):
        return f"{origin}{reverse(f'api-{self.name}-one', kwargs={'key': key})}"


def _reference(name, columns):
    model = columns.model
    return Resource(name, f"{name}/", listing_of(model), columns, lambda: kinds.seen_by_readers(model.objects.all()))


RESOURCES = [
    Resource("events", "events/", EventListing, EVENT, EVENT.model.objects.public),
    Resource("agreements", "agreements/", AgreementListing, AGREEMENT, lambda: AGREEMENT.model.objects.public().as_of()),
    Resource("initiatives", "initiatives/", InitiativeListing, INITIATIVE, INITIATIVE.model.objects.public),
    Resource("commitments", "commitments/", CommitmentListing, COMMITMENT, COMMITMENT.model.objects.public),
    Resource("sources", "sources/", SourceListing, SOURCE, SOURCE.model.objects.public),
    Resource("trade-statistics", "trade/statistics/", StatisticsListing, STATISTIC, TradeFigure.objects.public),
    Resource("trade-quotations", "trade/quotations/", QuotationListing, QUOTATION, lambda: QuotedFigure.objects.public().on_trade()),
    _reference("topics", TOPIC),
    _reference("people", PERSON),
    _reference("organisations", ORGANISATION),
    _reference("places", PLACE),
    _reference("series", SERIES),
]
BY_NAME = {resource.name: resource for resource in RESOURCES}
