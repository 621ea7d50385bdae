"""Agreements and initiatives: the lists and the entries."""

import datetime

from django.db.models import Prefetch

from cooperation.chain import relations_of, stated_relations
from cooperation.contradictions import contradictions_of
from cooperation.derived import as_of
from cooperation.feeds import AGREEMENTS, INITIATIVES
from cooperation.filters import AgreementListing, InitiativeListing
from cooperation.lanes import path_of
from cooperation.models import Agreement, AgreementAction, Initiative, Partner, Party, Signatory
from record.views import EntryPage, ListPage


class AgreementList(ListPage):
    listing = AgreementListing
    outlets = AGREEMENTS
    template_name = "cooperation/agreement_list.html"


class AgreementPage(EntryPage):
    model = Agreement
    template_name = "cooperation/agreement.html"

    def queryset(self, at=None):
        return (
            super()
            .queryset(at)
            .prefetch_related(
                Prefetch("parties", Party.objects.select_related("organisation")),
                Prefetch("signatories", Signatory.objects.select_related("person", "office", "organisation")),
                "phases",
                Prefetch("actions", AgreementAction.objects.select_related("place").prefetch_related("sources")),
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

    def queryset(self, at=None):
        related = Initiative.objects.public(at).select_related("place").without_texts()
        partners = Partner.objects.select_related("organisation", "person")
        below = Prefetch("partners", partners), Prefetch("related", related)
        return super().queryset(at).select_related("place").prefetch_related(*below)
