"""The audit list: what happened to accounts, and the verbs of publishing, in one list for administrators.

`note` is the one way in: a row that the database never changes, and a line of the logger `relations.audit`. The verbs stand in
the history tables already, written with the change itself; the list reads both and writes nothing twice.
"""

import datetime
import heapq
import logging
import re
from dataclasses import dataclass
from itertools import islice

from allauth.core import context
from django.apps import apps
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext

from record.history.desk import VERBS
from relations_site.models import DeskEvent
from relations_site.rate import asked_from

log = logging.getLogger("relations.audit")
# What would end a line or turn it around when it is shown.
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
TOLD = tuple(verb for verb in VERBS if verb != "shipped record")
LINES = 100


def escaped(text):
    """The text on one line: signs that end or turn a line are written as their numbers."""
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", str(text))


def note(kind, *, person=None, about="", request=None):
    """Write down what happened to an account. `person` is a user or None; the request in hand tells the address."""
    request = request or context.request
    row = DeskEvent(
        kind=kind,
        person=getattr(person, "pk", None),
        name=escaped(person.get_username())[:150] if person else "",
        about=escaped(about)[:300],
        address=escaped(asked_from(request))[:64] if request else "",
    )
    row.save(force_insert=True)
    log.info("%s person=%s name=%r about=%r from=%s", row.kind, row.person, row.name, row.about, row.address)


def actor():
    """Who is at the desk in the request in hand, or None."""
    user = getattr(context.request, "user", None)
    return user if user is not None and user.is_authenticated else None


@dataclass(frozen=True)
class Line:
    """One line of the list."""

    at: datetime.datetime
    who: str
    what: str
    about: str
    address: str = ""
    link: str = ""


def lines(*, person=None, day=None, before=None, limit=LINES):
    """The newest lines first: of a person (a user), of a day, before a moment."""
    found = [_events(person, _when("at", day, before), limit)]
    found += [_verbs(model, person, _when("history_date", day, before), limit) for model in _histories()]
    return list(islice(heapq.merge(*found, key=lambda line: line.at, reverse=True), limit))


def _when(field, day, before):
    """The condition on a moment's field; days are those of the site's time zone."""
    asked = Q(**{f"{field}__lt": before}) if before else Q()
    if day:
        begins = timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
        asked &= Q(**{f"{field}__gte": begins, f"{field}__lt": begins + datetime.timedelta(days=1)})
    return asked


def _events(person, when, limit):
    rows = DeskEvent.objects.filter(when, **({"person": person.pk} if person else {})).order_by("-at", "-pk")[:limit]
    return [Line(row.at, row.name, row.get_kind_display(), row.about, row.address) for row in rows]


def _histories():
    return [model for model in apps.get_models() if hasattr(model, "history_change_reason") and hasattr(model, "history_user")]


def _verbs(model, person, when, limit):
    """What somebody published, withdrew, imported or deleted of one kind; of what the site does by itself, imports only."""
    asked = Q(history_user__isnull=False) & (Q(history_change_reason__in=TOLD) | Q(history_type="-")) | Q(history_change_reason="import")
    rows = model.objects.filter(when, asked, **({"history_user": person} if person else {}))
    rows = rows.select_related("history_user").order_by("-history_date", "-history_id")[:limit]
    return [_verb_line(row) for row in rows]


def _verb_line(row):
    verb = VERBS.get(row.history_change_reason) or gettext("changed")
    of = row.instance_type._meta
    try:
        link = reverse(f"admin:{of.app_label}_{of.model_name}_history", args=[row.instance_type._meta.pk.value_from_object(row)])
    except NoReverseMatch:
        link = ""
    who = row.history_user.get_username() if row.history_user else gettext("the site itself")
    what = gettext("deleted") if row.history_type == "-" else str(verb)
    return Line(row.history_date, who, what, f"{of.verbose_name} {_named(row)}", link="" if row.history_type == "-" else link)


def _named(row):
    for name in ("title_en", "name_en", "title", "slug"):
        if value := getattr(row, name, ""):
            return escaped(value)
    return str(row.instance_type._meta.pk.value_from_object(row))


def own_lines(user, limit=5):
    """The last logins of a person and failed ones at this account."""
    kinds = (DeskEvent.Kind.LOGIN, DeskEvent.Kind.LOGIN_FAILED, DeskEvent.Kind.LOCKED)
    return DeskEvent.objects.filter(person=user.pk, kind__in=kinds).order_by("-at", "-pk")[:limit]
