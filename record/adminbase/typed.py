"""What was typed beside a verb that was refused. The form was saved and is opened anew: the words are shown on that page, once."""

from django.conf import settings

from record.adminbase.reasons import CORRECTION, WITHDRAWAL

KEY = "typed_beside_verb"
LONGEST = 2000
# Of so many rows at once, in as many windows.
MOST = 5
REASONS, TOLD = ([f"{stem}_{lang}" for lang, _name in settings.LANGUAGES] for stem in (WITHDRAWAL, CORRECTION))
BESIDE_VERBS = ("_verb", "_moment", "_note", *REASONS)


def keep(request, row, *, with_told):
    """Keep it for the next page of the row; the reason of a correction only where no correction was told with it."""
    names = (*BESIDE_VERBS, *TOLD) if with_told else BESIDE_VERBS
    boxes = {name: request.POST.get(name, "")[:LONGEST] for name in names}
    request.session[KEY] = dict([*request.session.get(KEY, {}).items(), (_key_of(row), boxes)][-MOST:])


def shown(request, row):
    """{name of a box: what it holds} for the page of a row: what was just sent, or what was kept for it."""
    if request.method == "POST":
        return request.POST
    waiting = request.session.get(KEY, {})
    if row is None or _key_of(row) not in waiting:
        return {}
    boxes = waiting.pop(_key_of(row))
    request.session[KEY] = waiting
    return boxes


def _key_of(row):
    return f"{row._meta.label_lower} {row.pk}"
