"""What readers are told of a save: one rule, from how the entry stood before and how it stands after."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from record.models import Change

LANGS = [code for code, _name in settings.LANGUAGES]
What = Change.What


@dataclass(frozen=True)
class Standing:
    """What an entry's version says of its visibility."""

    state: str = ""
    publish_at: object = None
    withdrawn_at: object = None
    revision: int | None = None

    def is_public(self, at):
        return self.state == "published" and self.publish_at <= at


NEVER = Standing()
# What entries share, while a public entry leads to it.
SEEN = Standing(state="seen")


def standing_of(model, key):
    """How a row stood by its newest version so far; as never having been where it has none, or where readers do not see it."""
    from record.history.subjects import is_shared, public_rows
    from record.publishing import Publishable

    if is_shared(model):
        return SEEN if public_rows(model).filter(pk=key).exists() else NEVER
    if not issubclass(model, Publishable):
        return NEVER
    found = model.history.filter(id=key).order_by("-history_id").values_list("state", "publish_at", "withdrawn_at", "revision_id").first()
    return Standing(*found) if found else NEVER


def what_happened(before, after, *, seen, now):
    """(what, since when) that readers are told, or None. `seen`: whether they saw it at any time before."""
    if before.is_public(now):
        if after.is_public(now):
            return What.CORRECTED, now
        return (What.WITHDRAWN, after.withdrawn_at) if after.state == "withdrawn" else None
    if after.state == "published":
        return (What.RESTORED if seen else What.ADDED), after.publish_at
    return None


def tell(model, key, before, version):
    """Keep what readers are told of one entry in a save; what was foreseen and will not come is forgotten."""
    from record.history.subjects import is_shared
    from record.publishing import Publishable

    if is_shared(model):
        if before == SEEN:
            _tell_of_shared(model, key, version)
        return
    row = model.history.filter(id=key).order_by("-history_id").first() if issubclass(model, Publishable) else None
    if row is None or row.history_type == "-":
        return
    now = timezone.now()
    after = Standing(row.state, row.publish_at, row.withdrawn_at, row.revision_id)
    told = Change.objects.filter(letter=model.LETTER, number=row.number)
    happened = what_happened(before, after, seen=told.filter(at__lte=now).exists(), now=now)
    told.filter(at__gt=now).delete()
    if happened is None:
        return
    what, at = happened
    if what == What.CORRECTED:
        _tell_correction(told, model, row, version, at)
        return
    reasons = _reasons_of(row) if what == What.WITHDRAWN else {}
    told.create(letter=model.LETTER, number=row.number, what=what, at=at, by=version.revision.by, after=version.revision, reasons=reasons)


def _tell_of_shared(model, key, version):
    """What entries share is corrected where readers see it and saw it before; its coming and going is told of with the entries."""
    from record.history.snapshots import last_before
    from record.history.subjects import about, public_rows

    if last_before(model, key, version.revision.pk) is None:
        return
    row = model.history.filter(id=key).order_by("-history_id").first()
    if row is not None and row.history_type != "-" and public_rows(model).filter(pk=key).exists():
        _tell_correction(Change.objects.filter(**about(row)), model, row, version, timezone.now())


def tell_import(letter, first, count, *, by, at):
    """An import is one change: so many figures from the first number on."""
    Change.objects.create(letter=letter, number=first, what=What.ADDED, at=at, by=by, figures=count)


def _tell_correction(told, model, row, version, at):
    """A correction names its fields. Those of one person on one day, with nothing between them, are one until a save says another reason.

    To translate what stands is no correction of it.
    """
    from record.history.differences import between
    from record.history.snapshots import last_before, read_each
    from record.history.subjects import about

    last = last_before(model, row.id, version.revision.pk)
    found = between(*read_each(model, row.id, [last, version.revision.pk]), for_readers=True)
    fields = list(dict.fromkeys(difference.field for difference in found))
    if not fields:
        return
    what = _amended(found, row)
    own, newest = {"by": version.revision.by, "after": version.revision}, told.order_by("-at", "-pk").first()
    if newest and _is_continued(newest, what, version, at):
        newest.fields = list(dict.fromkeys([*newest.fields, *fields]))
        newest.at, newest.after = at, version.revision
        newest.save()
        return
    fresh = {**about(row), "what": what, "at": at, "before_id": last}
    told.create(**fresh, **own, fields=fields, reasons=version.reasons)


def _amended(found, row):
    """What these differences are: first words in a language of what stood in another correct nothing."""
    original = getattr(row, "original_language", "")
    return What.TRANSLATED if all(one.is_first_translation(original) for one in found) else What.CORRECTED


def wrongly_told():
    """(change, what it is told as, what it was, its remedy): corrections that were told before there was a word for translations."""
    from record.history.differences import between
    from record.history.snapshots import read_each
    from record.history.subjects import key_of, subjects

    for change in Change.objects.filter(what=What.CORRECTED, before__isnull=False, after__isnull=False).iterator():
        model = subjects()[change.letter]
        own = {field.name for field in model._meta.fields if field.name.rpartition("_")[2] not in LANGS}
        row = None if own & set(change.fields) else model._base_manager.filter(**{key_of(model): change.number}).first()
        both = read_each(model, row.pk, [change.before_id, change.after_id]) if row else [None]
        found = between(*both, for_readers=True) if all(both) else []
        if found and _amended(found, row) == What.TRANSLATED:
            yield change, What.CORRECTED, What.TRANSLATED, _call_translated


def _call_translated(change):
    change.what = What.TRANSLATED
    change.save()


def explain(row, reasons, *, by):
    """Give the last correction of a row the reason that its editor left out; whether there is such a one, and it had none."""
    last = _unexplained(row, by, Change.AMENDMENTS)
    if last:
        last.reasons = reasons
        last.save()
    return bool(last)


def is_unexplained(row, *, by):
    """Whether what readers hear of the newest version of a row is a correction of this person's that gives no reason."""
    from record.history.snapshots import newest

    last = _unexplained(row, by, (What.CORRECTED,))
    return bool(last) and last.after_id == newest(type(row), row.pk)


def _unexplained(row, by, kinds):
    last = Change.objects.of(row).filter(at__lte=timezone.now()).newest_first().first()
    return last if last and last.what in kinds and not last.reasons and last.by_id == by.pk else None


def _is_continued(newest, what, version, at):
    """Whether a correction goes on with the line before it: a reason that is given stands with what it was given for, and nothing else."""
    alike = newest.what == what and newest.by == version.revision.by and _day(newest.at) == _day(at)
    return alike and version.reasons in ({}, newest.reasons)


def _day(moment):
    return timezone.localtime(moment).date()


def _reasons_of(row):
    return {lang: words for lang in LANGS if (words := getattr(row, f"withdrawn_reason_{lang}", None))}
