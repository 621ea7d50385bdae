"""An entry as it stood at the end of a day: only versions that readers could see then, and nothing that they may not see now.

What the record said on that day is one thing; what the record says today of that day (an agreement's status over time) is another,
and is shown by the lists. Names of people, places and bodies are those of today.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext

from record import answers, confirmation, kinds
from record.facets import DayField
from record.history import snapshots
from record.history.names import Names
from record.models import Disagreement, Picture

# No version is older; earlier days overflow when they are made moments.
FIRST_DAY = datetime.date(1970, 1, 1)


class NotOnRecord(Exception):
    """Readers did not see the entry on that day; the message says so."""


def asked(text):
    """The day of a question: a month or year means its last day, the present one today. Raises ValidationError in words."""
    span = DayField().clean(text)
    today = timezone.localdate()
    if span.first > today:
        raise ValidationError(gettext("“%(value)s” has not come yet: the record cannot be shown as of then."), params={"value": text})
    return min(span.last, today)


def end_of(day):
    """The moment at which a day ends, in the site's time zone."""
    return timezone.make_aware(
        datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min), timezone.get_default_timezone()
    )


def as_it_stood(entry, day):
    """A public entry, in memory, as readers saw it at the end of a day. Raises NotOnRecord."""
    moment = min(end_of(day), answers.moment())
    seen = day >= FIRST_DAY and snapshots.last_at(type(entry), entry.pk, moment)
    snapshot = snapshots.read(type(entry), entry.pk, seen) if seen else None
    if snapshot is None or not _was_public(snapshot.row, moment):
        raise NotOnRecord(_why_not(snapshot, moment))
    then = snapshot.instance()
    for name in snapshot.lists:
        snapshots.put(then, name, _readable(then, name, moment))
    for name, rows in then._prefetched_objects_cache.items():
        keys = _keys(rows.model, type(entry))
        if name in snapshot.parts and rows._result_cache and keys:
            prefetch_related_objects(rows._result_cache, *keys)
    return then


def _was_public(row, moment):
    return row.state == "published" and row.publish_at is not None and row.publish_at <= moment


def _why_not(snapshot, moment):
    if snapshot and snapshot.row.state == "withdrawn" and snapshot.row.publish_at:
        return gettext("On that day it was withdrawn.")
    return gettext("On that day it was not yet on record here.")


def _readable(then, name, moment):
    """The rows of a list that readers may see now, disagreements as they stood."""
    held = getattr(then, name).all()
    model, rows = held.model, list(held)
    if hasattr(model, "state") or model in (Disagreement, Picture):
        names = Names(for_readers=True)
        names.learn(model, [row.pk for row in rows])
        rows = [row for row in rows if names.of_row(model, row.pk) or model is Picture and _is_seen(row)]
    return [_disagreement(row, moment) for row in rows] if model is Disagreement else rows


def _is_seen(picture):
    return kinds.seen_by_readers(Picture.objects.filter(pk=picture.pk)).exists()


def _disagreement(row, moment):
    """A disagreement with the values of that moment, each with who said it."""
    key = snapshots.last_at(Disagreement, row.pk, moment)
    snapshot = snapshots.read(Disagreement, row.pk, key) if key else None
    if snapshot is None:
        return row
    then = snapshot.instance()
    for value in then.values.all():
        for name, said in confirmation.confirmation_of(source.side for source in value.sources.all()).items():
            setattr(value, name, said)
    return then


def _keys(model, owner):
    """The keys of rows below, but for that of their owner."""
    return [f.name for f in model._meta.fields if f.is_relation and f.related_model is not owner]
