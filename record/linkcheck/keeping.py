"""What is kept of an answer, and when an address counts as dead: after failures on two different days, without a good answer between."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from record.models import LinkCheck, Source

PARTS = LinkCheck.Part.values


@dataclass(frozen=True)
class Due:
    """An address to be asked."""

    source: int
    part: str
    address: str


def due(*, before=None):
    """Every address that was never asked as it stands now, or not since the moment `before`; the longest unasked first."""
    stored = {(row.source_id, row.part): row for row in LinkCheck.objects.all()}
    found = []
    for key, *addresses in Source.objects.order_by("pk").values_list("pk", *PARTS):
        for part, address in zip(PARTS, addresses, strict=True):
            row = stored.get((key, part))
            is_known = row is not None and row.address == address
            if address and not (is_known and before and row.checked_at >= before):
                found.append((row.checked_at.timestamp() if is_known else 0, Due(key, part, address)))
    return [one for _when, one in sorted(found, key=lambda pair: pair[0])]


def failing(failing_since, dead_since, *, fails, day):
    """The rule: (failing since, dead since) after an answer on a day, from what was known before it."""
    if not fails:
        return None, None
    if failing_since is None:
        return day, None
    return failing_since, dead_since or (failing_since if day > failing_since else None)


def keep(due, answer, *, at=None):
    """Store an answer; returns the row, or None where the source has another address by now or is gone."""
    at = at or timezone.now()
    if not Source.objects.filter(pk=due.source, **{due.part: due.address}).exists():
        return None
    row = LinkCheck.objects.filter(source=due.source, part=due.part).first()
    if row is None or row.address != due.address:
        # What was known of another address says nothing of this one.
        row = LinkCheck(pk=row and row.pk, source_id=due.source, part=due.part, address=due.address)
    row.status, row.fault, row.final_address, row.checked_at = answer.status, answer.fault, answer.final[:2000], at
    day = timezone.localdate(at)
    row.failing_since, row.dead_since = failing(row.failing_since, row.dead_since, fails=answer.fails, day=day)
    if not answer.fails:
        row.fine_by = row.fine_at = None
    row.save()
    return row


def forget_lost():
    """Delete what was kept of addresses that their sources no longer have."""
    lost = Q()
    for part in PARTS:
        lost |= Q(part=part) & ~Q(Exists(Source.objects.filter(pk=OuterRef("source"), **{part: OuterRef("address")})))
    return LinkCheck.objects.filter(lost).delete()[0]


def _dead(part):
    return Q(
        Exists(
            LinkCheck.objects.filter(
                source=OuterRef("pk"), part=part, address=OuterRef(part), dead_since__isnull=False, fine_at__isnull=True
            )
        )
    )


def waiting(user=None):
    """The condition on sources: an address is dead that nobody called fine, and no living archived address stands for it."""
    archived = LinkCheck.Part.ARCHIVED
    return _dead(LinkCheck.Part.ADDRESS) & Q(archived_url="") | _dead(archived)


def say_fine(source, *, by):
    """An editor has looked: the dead addresses of a source are fine. Returns how many were dead."""
    dead = source.link_checks.filter(dead_since__isnull=False, fine_at__isnull=True)
    return dead.update(fine_by=by, fine_at=timezone.now())
