"""/r/E12.bib, .ris and .csl.json: a row of the record, with the sources that it rests on, for reference managers."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext, pgettext_lazy
from django.views.decorators.http import require_safe

from record import kinds, problems
from record.citing import bibtex, csl, ris
from record.outlets import Form, finished
from relations_site import works
from relations_site.context import origin

FORMS = {
    form.ending: form
    for form in (
        Form("bib", pgettext_lazy("a format", "BibTeX"), "application/x-bibtex; charset=utf-8", is_file=True),
        Form("ris", pgettext_lazy("a format", "RIS"), "application/x-research-info-systems; charset=utf-8", is_file=True),
        Form("csl.json", pgettext_lazy("a format", "CSL-JSON"), "application/vnd.citationstyles.csl+json", is_file=True),
    )
}
_WRITERS = {"bib": bibtex.written, "ris": ris.written, "csl.json": csl.written}


@require_safe
def citation(request, number, ending):
    """The citation in the language of `?lang=` (English without it). Withdrawn is 410 with the reason, never public 404."""
    lang = request.GET.get("lang", settings.LANGUAGE_CODE)
    if lang not in dict(settings.LANGUAGES):
        return _plain(400, gettext("There is no language “%(code)s” here: choose from %(known)s.") % _known(lang))
    with translation.override(lang):
        response = _answer(request, number, FORMS[ending])
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _answer(request, number, form):
    model = kinds.model_of(number[0])
    rows = model.objects.filter(number=int(number[1:])) if model and works.is_known(model) else None
    row = rows.public().first() if rows is not None else None
    if row is None:
        return _missing(rows)
    work = works.work_of(row, origin(request))
    response = finished(request, HttpResponse(_WRITERS[form.ending](work)), form, None)
    response["Content-Disposition"] = f'attachment; filename="{bibtex.key(row.code)}.{form.ending}"'
    return response


def _missing(rows):
    gone = rows.gone().first() if rows is not None else None
    if gone is None:
        return _plain(404, gettext("There is no such entry."))
    return problems.withdrawn_in_words(gone)


def _known(lang):
    return {"code": lang[:10], "known": ", ".join(dict(settings.LANGUAGES))}


def _plain(status, sentence):
    return HttpResponse(f"{sentence}\n", status=status, content_type=problems.PLAIN)
