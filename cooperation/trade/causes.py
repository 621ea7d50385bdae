"""Why two books differ: a fixed list, and the rule by which some of it can explain a gap. What can explain a gap
is possible, never proven; what did explain it is said by a source (`GapCause`)."""

from django.utils.translation import gettext_lazy as _

from cooperation.models import Cause

EXPLAINED = {
    Cause.FREIGHT: _(
        "Exports are usually valued at the border of the exporter (FOB), imports at that of the importer (CIF), with freight and "
        "insurance added. This makes the importer’s figure larger."
    ),
    Cause.TRANSIT: _(
        "Goods that pass a third country may be recorded as sold to or bought from that country. Either figure can be too small."
    ),
    Cause.RE_EXPORT: _(
        "Goods made in one country and sold on through another are exports of the seller for one side and imports from the maker for the other."
    ),
    Cause.TIME: _("What leaves in December arrives in January: the two sides record it in different periods."),
    Cause.COVERAGE: _(
        "Small consignments, traders’ luggage, gas and electricity, ships’ supplies and confidential goods are counted by one side and not by the other."
    ),
    Cause.VALUATION: _("Customs may put another value on the goods than the invoice, and convert it at another day’s exchange rate."),
    Cause.CLASSIFICATION: _("The two customs put the same goods under different codes: the sum agrees, the chapters do not."),
    Cause.REVISION: _("One side has revised its figure and the other has not yet."),
}


def possible(gap, *, both_ways=False, product="", valuations=(), statuses=()):
    """The causes that can explain a gap (importer's figure minus exporter's), in the order of the list.

    Freight can only lift the importer's figure (turnover holds imports of both: `both_ways`), and not where both sides say
    that they value alike; classification only matters within products; revision only where a figure is called provisional,
    estimated or revised.
    """
    if not gap:
        return []
    found = {Cause.TRANSIT, Cause.RE_EXPORT, Cause.TIME, Cause.COVERAGE, Cause.VALUATION}
    alike = len(set(valuations)) == 1 and valuations[0] != "not-stated"
    if (gap > 0 or both_ways) and not alike:
        found.add(Cause.FREIGHT)
    if product:
        found.add(Cause.CLASSIFICATION)
    if set(statuses) & {"provisional", "estimated", "revised"}:
        found.add(Cause.REVISION)
    return [cause for cause in Cause if cause in found]
