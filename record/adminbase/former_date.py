"""A date that was corrected in its field may still stand in the texts beside it: the desk says where."""

import re

from django.conf import settings
from django.contrib import messages
from django.utils.translation import gettext

from record import dates
from record.history.fields import label

LANGS = [code for code, _name in settings.LANGUAGES]


def warn(model_admin, request, form):
    """After a save: name the texts that still say a day which the date no longer names."""
    if "date" not in form.changed_data:
        return
    row = form.instance
    for day in sorted(_days(form.initial.get("date")) - _days(row.date)):
        found = [f"{name}_{lang}" for name in row.TEXTS for lang in LANGS if _says(getattr(row, f"{name}_{lang}", None), day, lang)]
        if found:
            said = {"day": dates.spoken(day), "fields": ", ".join(label(type(row), name) for name in found)}
            model_admin.message_user(request, gettext("The former date, %(day)s, still stands in: %(fields)s.") % said, messages.WARNING)


def _days(text):
    """The days that a date names itself; months and years stand in too many sentences."""
    span = dates.read(text) if text else None
    return {part for part in (span.start, span.end) if len(part) == 10} if span else set()


def _says(words, day, lang):
    return bool(words) and re.search(rf"(?<!\d){re.escape(dates.without_year(day, lang))}", words, re.IGNORECASE) is not None
