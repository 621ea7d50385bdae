"""One entry as JSON at its permanent address: every language, its sources, its parts and where it leads."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext

from cooperation.columns import AGREEMENT, COMMITMENT, INITIATIVE
from cooperation.models import Agreement, Commitment, Initiative, TradeFigure
from events.columns import EVENT
from events.models import Event
from record import jsonlist, kinds, problems
from record.columns import LANGS, SOURCE
from record.models import Disagreement, Person, Source
from record.outlets import FORMS, finished
from relations_site import as_of
from relations_site import entry_parts as parts

COLUMNS = {Event: EVENT, Agreement: AGREEMENT, Initiative: INITIATIVE, Commitment: COMMITMENT, Source: SOURCE}
PARTS = {
    Event: parts.of_event,
    Agreement: parts.of_agreement,
    Initiative: parts.of_initiative,
    Commitment: parts.of_commitment,
    Person: parts.of_person,
    TradeFigure: parts.of_observation,
}
LONG_TEXTS = ("body",)


def entry(request, number):
    """/r/E12.json. One that was withdrawn answers 410 with the reason, one that never was public 404."""
    model = known if (known := kinds.model_of(number[0])) in COLUMNS else None
    rows = model.objects.filter(number=int(number[1:])) if model else None
    key = rows.public().values_list("pk", flat=True).first() if model else None
    if key is not None and (asked := request.GET.get("on", "").strip()) and hasattr(model, "citations"):
        origin = f"{request.scheme}://{request.get_host()}"
        response = as_of.entry(request, COLUMNS[model], model._base_manager.get(pk=key), asked, origin)
    elif key is not None:
        response = _found(request, model, key)
    elif model and (gone := rows.gone().first()):
        response = problems.withdrawn(gone)
    else:
        response = problems.problem(404, gettext("There is no such entry."))
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _found(request, model, key):
    origin, columns = f"{request.scheme}://{request.get_host()}", COLUMNS[model]
    seen = model.objects.public()
    row = columns.reader(seen.as_of() if model is Agreement else seen, origin)([key])[key]
    del row["page_address"]
    said = jsonlist.row(row) | {"pages": _pages(columns, row, origin)} | parts_of(model, key)
    response = finished(request, HttpResponse(jsonlist.written(said)), FORMS["json"], row["changed"])
    response["Content-Disposition"] = f'inline; filename="{row["number"]}.json"'
    return response


def _pages(columns, row, origin):
    """The page's address in every language."""
    found = {}
    for lang, _name in settings.LANGUAGES:
        with translation.override(lang):
            found[lang] = columns.address(row, origin)
    return found


def parts_of(model, key):
    """What only a row by itself says: long texts, sources with their quotations, disagreements, its kind's own parts."""
    row = model._base_manager.get(pk=key)
    said = {name: getattr(row, name) or None for field in LONG_TEXTS for lang in LANGS if hasattr(row, name := f"{field}_{lang}")}
    if hasattr(row, "citations"):
        said["citations"] = [parts.citation(citation) for citation in row.citations.select_related("source")]
    if hasattr(row, "disagreements"):
        disputed = Disagreement.objects.filter(pk__in=row.disagreements.values("pk")).prefetch_related("values__sources")
        said["disagreements"] = [parts.disagreement(one) for one in disputed]
    return said | PARTS[model](row) if model in PARTS else said
