"""Agreements and initiatives: the lists and the entries."""

import datetime

from django.db.models import Prefetch

from cooperation.chain import relations_of, stated_relations
from cooperation.contradictions import contradictions_of
from cooperation.derived import as_of
from cooperation.feeds import AGREEMENTS, INITIATIVES
from cooperation.filters import AgreementListing, InitiativeListing
from cooperation.lanes import path_of
from cooperation.models import Agreement, Initiative
from record.views import EntryPage, ListPage


class AgreementList(ListPage):
    listing = AgreementListing
    outlets = AGREEMENTS
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
                "phases",
                "actions__place",
                "actions__sources",
                "references",
                "texts",
            )
        )

    def as_it_stood(self, entry, day):
        return as_of(entry, day)

    def context(self, entry):
        begun = [phase for phase in entry.phases.all() if phase.first > datetime.date.min]
        return super().context(entry) | {
            "path": path_of(entry, getattr(entry, "on_day", None)),
            "phases": begun,
            "contradictions": contradictions_of(entry),
            "relations": stated_relations(entry) if hasattr(entry, "on_day") else relations_of(entry),
        }


class InitiativeList(ListPage):
    listing = InitiativeListing
    outlets = INITIATIVES
    template_name = "cooperation/initiative_list.html"


class InitiativePage(EntryPage):
    model = Initiative
    template_name = "cooperation/initiative.html"

    def queryset(self):
        related = Prefetch("related", Initiative.objects.public().select_related("place"))
        partners = ("partners__organisation", "partners__person")
        return super().queryset().select_related("place").prefetch_related(*partners, related)
