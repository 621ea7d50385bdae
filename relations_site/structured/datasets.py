"""Lists and charts as data that can be taken along, and the home page as the way into the record."""

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from cooperation.trade.catalogue import charts
from record import texts
from record.citing.work import record_name
from record.pair import country_name, pair
from relations_site.structured import things
from relations_site.structured.things import known

# The media types of a chart's files, by the ending of their addresses.
_CHART_FILES = {"csv": "text/csv", "svg": "image/svg+xml", "png": "image/png"}
_PROMISE = gettext_noop("Every statement has its source; where sources disagree, both values are shown.")
# Which charts stand on which page of trade, by the name of its tab.
CHARTS_OF = {
    "years": ("turnover", "exports", "imports", "balance"),
    "mirror": ("mirror-{0}-{1}", "mirror-{1}-{0}"),
    "parts": ("part-years", "months"),
    "goods": ("goods",),
    "claims": ("targets",),
}


def home(origin):
    """The record, and how it is searched."""
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{origin}{reverse('home')}search/?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    own = {"description": gettext(_PROMISE), "inLanguage": texts.reader_language(), "license": things.LICENCE, "potentialAction": search}
    return [things.website(origin) | own]


def of_list(name, path, address, outlets, origin):
    """A list, at the canonical address of its question: the same question as data, one distribution for each form."""
    whole = [things.crumbs(origin, (gettext("Home page"), reverse("home")), (name, path))]
    if not outlets:
        return whole
    files = [_download(str(form.label), form.media_type, origin + link) for form, link in outlets]
    return [_dataset(name, address, files, origin), *whole]


def of_trade(tab, chart, name, path, address, origin):
    """A page of trade: the charts on it as files. `chart` is the one that has a page to itself."""
    names = [chart] if chart else [one.format(pair().first, pair().second) for one in CHARTS_OF.get(tab, ())]
    files = [
        _download(f"{one}.{ending}", media_type, origin + reverse(f"trade-chart-{ending}", kwargs={"name": one}))
        for one in names
        if one in charts()
        for ending, media_type in _CHART_FILES.items()
    ]
    steps = [(gettext("Home page"), reverse("home")), (gettext("Trade"), reverse("trade"))]
    crumbs = things.crumbs(origin, *steps, *([(name, path)] if path != reverse("trade") else []))
    return [_dataset(name, address, files, origin), crumbs] if files else [crumbs]


def _dataset(name, address, files, origin):
    own = record_name()
    return known(
        _at_type="Dataset",
        _at_id=address,
        name=f"{name}: {country_name(pair().first)} – {country_name(pair().second)}",
        description=f"{own}. {gettext(_PROMISE)}",
        url=address,
        inLanguage=texts.reader_language(),
        license=things.LICENCE,
        creator={"@type": "Organization", "name": own, "url": origin + reverse("home")},
        isAccessibleForFree=True,
        spatialCoverage=[things.country(pair().first), things.country(pair().second)],
        distribution=files,
    )


def _download(name, media_type, address):
    return {"@type": "DataDownload", "name": name, "encodingFormat": media_type, "contentUrl": address}
