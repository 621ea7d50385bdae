"""Agreements and initiatives: the lists and the entries. The pages of trade stand in cooperation/trade/pages.py."""

from django.db.models import Prefetch

from cooperation.chain import relations_of
from cooperation.filters import AgreementListing, InitiativeListing
from cooperation.lanes import path_of
from cooperation.models import Agreement, Initiative
from record.views import EntryPage, ListPage


class AgreementList(ListPage):
    listing = AgreementListing
    template_name = "cooperation/agreement_list.html"


class AgreementPage(EntryPage):
    model = Agreement
    template_name = "cooperation/agreement.html"

    def queryset(self):
        return (
            super()
            .queryset()
            .prefetch_related(
                "parties__organisation",
                "signatories__person",
                "signatories__office",
                "signatories__organisation",
                "actions__place",
                "actions__sources",
                "references",
                "texts",
            )
        )

    def context(self, entry):
        return super().context(entry) | {"path": path_of(entry), "relations": relations_of(entry)}


class InitiativeList(ListPage):
    listing = InitiativeListing
    template_name = "cooperation/initiative_list.html"


class InitiativePage(EntryPage):
    model = Initiative
    template_name = "cooperation/initiative.html"

    def queryset(self):
        related = Prefetch("related", Initiative.objects.public().select_related("place"))
        partners = ("partners__organisation", "partners__person")
        return super().queryset().select_related("place").prefetch_related(*partners, related)
