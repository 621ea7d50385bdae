"""Who else has a row open: told quietly on its form. Kept in a cache that all processes of a machine share, and nowhere else."""

import logging

from django.core.cache import caches
from django.http import JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from record.adminbase.pages import desk_page

log = logging.getLogger(__name__)
# Who has not been heard of for so long has gone.
SECONDS = 90


def heard_of(user, entry):
    """Note that a person has a row open; sentences on who else has."""
    name, now = f"{entry._meta.label_lower}-{entry.pk}", timezone.now()
    try:
        cache = caches["desk"]
        there = {key: row for key, row in (cache.get(name) or {}).items() if (now - row["seen"]).total_seconds() < SECONDS}
        since = there.get(user.pk, {"since": now})["since"]
        there[user.pk] = {"name": user.get_full_name() or user.get_username(), "since": since, "seen": now}
        cache.set(name, there, SECONDS)
    except OSError as error:
        log.warning("Nobody is told who else has a row open: %s", error)
        return []
    return [_sentence(row) for key, row in there.items() if key != user.pk]


def _sentence(row):
    since = date_format(timezone.localtime(row["since"]), "H:i")
    return gettext("%(name)s has this open since %(time)s.") % {"name": row["name"], "time": since}


@desk_page("presence")
@require_POST
def presence(request, model_admin, entry):
    """Asked every half minute by the form: who else has the row open."""
    return JsonResponse({"others": heard_of(request.user, entry)})
