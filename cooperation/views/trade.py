"""The trade page."""

from django.shortcuts import render

from cooperation import charts, figures
from cooperation.models import PeriodType
from record.models import Disagreement
from record.pair import country_name, pair


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
