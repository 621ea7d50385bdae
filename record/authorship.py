"""Who entered an entry, and who last wrote in it: read from its history, which nobody can edit."""

from itertools import pairwise

from record import roles

# What changes without anybody writing in the entry.
BOOKKEEPING = ("version", "state", "publish_at", "withdrawn_at", "modified_at", "checked_on", "confirmation")


def author_of(entry):
    """Whoever stands at the first version; None for what the site added itself."""
    first = entry.history.filter(history_type="+").select_related("history_user").order_by("history_id").first()
    return first and first.history_user


def last_writer(entry):
    """The key of whoever last changed what an entry says, its rows below included; None where it was the site.

    A step of publishing and a save that changed nothing do not count.
    """
    changes = [change for change in (_own_change(entry), *_changes_below(entry)) if change]
    newest = max(changes, key=lambda change: change.history_date, default=None)
    return newest and newest.history_user_id


def _own_change(entry):
    versions = list(entry.history.order_by("-history_date", "-history_id"))
    for newer, older in pairwise(versions):
        if set(newer.diff_against(older).changed_fields) - _left_out(entry):
            return newer
    return versions[-1] if versions else None


def _left_out(entry):
    reasons = {field.name for field in entry._meta.fields if field.name.startswith("withdrawn_reason")}
    return reasons | set(BOOKKEEPING)


def _changes_below(entry):
    for relation in entry._meta.related_objects:
        model = relation.related_model
        if roles.is_part(model) and hasattr(model, "history"):
            yield model.history.filter(**{relation.field.attname: entry.pk}).order_by("-history_date", "-history_id").first()
