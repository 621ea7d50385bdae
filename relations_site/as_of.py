"""An entry as JSON as it stood at the end of a day: the columns of the outlets, read from a row in memory instead of the database."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse

from cooperation.derived import as_of as agreement_as_of
from cooperation.models import Agreement, Commitment
from cooperation.models.commitment import score_of
from record import jsonlist, problems
from record.columns import LANGS
from record.history import days
from record.outlets import FORMS, finished
from relations_site import entry_parts as parts

LONG_TEXTS = ("body",)


def entry(request, columns, row, asked, origin):
    """What readers were told on a day; 400 for a day that is none, 404 where the entry was not public then."""
    try:
        day = days.asked(asked)
        then = days.as_it_stood(row, day)
    except ValidationError as error:
        return problems.problem(400, error.messages[0], errors=[("on", error.messages[0])])
    except days.NotOnRecord as error:
        return problems.problem(404, str(error))
    if isinstance(row, Agreement):
        then = agreement_as_of(then, day)
    if isinstance(row, Commitment):
        then.score = score_of(then)
    said = {
        "on": day,
        **jsonlist.row(_row(columns, then)),
        "permanent_address": f"{columns.permanent({'number': then.code}, origin)}?on={day}",
    }
    said |= {name: getattr(then, name) or None for field in LONG_TEXTS for lang in LANGS if hasattr(then, name := f"{field}_{lang}")}
    said["citations"] = [parts.citation(citation) for citation in then.citations.all()]
    if hasattr(then, "disagreements"):
        said["disagreements"] = [parts.disagreement(one) for one in then.disagreements.all()]
    response = finished(request, HttpResponse(jsonlist.written(said)), FORMS["json"], None)
    response["X-Robots-Tag"] = "noindex"
    return response


def _row(columns, then):
    """The columns that stand in the row or in the rows below it; what other entries say of it is left out."""
    found = {column.name: column.values([_one(then, column.lookup)])[0] for column in columns.stored}
    for column in columns.several:
        if not column.of:
            values = [value for value in _all(then, column.path.split("__")) if value]
            numbers = [value.number for value in values] if column.letter else values
            found[column.name] = column.in_order(numbers)
    return {name: found[name] for name in columns.names if name in found}


def _one(row, path):
    for name in path.split("__"):
        row = getattr(row, name, None) if row is not None else None
    return row


def _all(row, path):
    """The values at the end of a path through lists that the row holds."""
    if row is None or not path:
        return [] if row is None else [row]
    step = getattr(row, path[0], None)
    rows = step.all() if hasattr(step, "all") else [step]
    return [value for one in rows for value in _all(one, path[1:])]
