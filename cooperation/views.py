"""Agreements, initiatives and trade: the lists, the entries and the trade page."""

from django.db.models import Prefetch
from django.shortcuts import render

from cooperation import charts, figures
from cooperation.chain import relations_of
from cooperation.filters import AgreementListing, InitiativeListing
from cooperation.lanes import path_of
from cooperation.models import Agreement, Initiative, PeriodType
from record.models import Disagreement
from record.pair import country_name, pair
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


def trade(request):
    """Trade: what was quoted for whole years, drawn and in a table; part-years, targets, goods and claims apart."""
    quoted = list(figures.quotations())
    years = figures.full_years(quoted)
    observed = figures.observations()
    context = {
        "has_yearly_statistics": any(figure.period_type == PeriodType.YEAR for figure in observed),
        "both_countries": [country_name(pair().first), country_name(pair().second)],
        "years": years,
        "chart": charts.scatter(figures.drawable(years)),
        "latest": figures.latest(years),
        "observations": observed,
        "disagreements": disputed_figures(),
        "sections": figures.sections(quoted, years),
    }
    return render(request, "cooperation/trade.html", context)


def disputed_figures():
    """Disagreements about figures that readers see."""
    public = figures.QuotedFigure.objects.public().order_by().values("disagreements")
    return Disagreement.objects.filter(pk__in=public).prefetch_related("values__sources")
