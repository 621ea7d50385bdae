"""What a reader or an editor is told while the database, or the disk under it, does not do its work."""

import sys

from django.db import DatabaseError, InterfaceError
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from record import problems
from record.adminbase.storing import is_of_storing

# Seconds after which a reader's program may ask again.
RETRY_AFTER = "30"
# Faults of the question or of our code, not of the database: they stay a 500.
OURS = ("DataError", "IntegrityError", "ProgrammingError", "NotSupportedError")


def is_outage(error):
    """Whether an error tells of a database or a disk that does not do its work."""
    return is_of_storing(error) or isinstance(error, (DatabaseError, InterfaceError)) and type(error).__name__ not in OURS


def answer(request):
    """The 503 in the reader's language, where what is being handled is an outage; else None. Asks nothing of the database."""
    error = sys.exc_info()[1]
    if error is None or not is_outage(error):
        return None
    lang = translation.get_language_from_path(request.path_info) or translation.get_language_from_request(request)
    with translation.override(lang):
        if problems.is_for_programs(request.path_info):
            response = problems.problem(503, _("The record cannot be read just now."))
        else:
            response = render(None, "503.html", {"language": lang, "was_saving": request.method == "POST"}, status=503)
    response["Retry-After"] = RETRY_AFTER
    response["Cache-Control"] = "no-store"
    return response
