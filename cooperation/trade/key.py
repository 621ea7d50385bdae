"""The key of a chart: only what is drawn, in the order in which the eye needs it."""

from django.utils.translation import gettext as _

from record.pair import country_name, pair


def key_of(readings, *, targets=False, joined=False):
    """[(classes of the sample, words)]."""
    first, second = pair().first, pair().second
    present = {r.reporter for r in readings}
    key = [(f"mark {kind}", country_name(code)) for kind, code in (("first", first), ("second", second)) if code in present]
    if "" in present:
        key.append(("mark third", _("reporter not named")))
    if targets:
        key.append(("mark target", _("target")))
    grounds = {r.basis for r in readings}
    if not joined and grounds & {"statistics", "computed"} and "quoted" in grounds:
        key.append(("sample column", _("standing on the axis: statistics")))
        key.append(("sample afloat", _("floating: quoted")))
    if "derived" in grounds:
        key.append(("hollow", _("hollow: computed from a growth rate, not published")))
    if "computed" in grounds:
        key.append(("hollow", _("hollow: computed here from published values")))
    return key
