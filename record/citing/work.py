"""What is cited: a row of the record in one version, and the original sources that it rests on. Dates are EDTF texts."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext

from record.pair import country_name, pair


@dataclass(frozen=True)
class Original:
    """A source that somebody else published. `described` marks a title that describes the page and is not its headline."""

    code: str
    publisher: str
    title: str
    published: str
    address: str
    archived: str
    language: str
    kind: str
    read: str
    is_described: bool = False

    @property
    def where(self):
        """Where it can be read: its own address, else that of an archived copy."""
        return self.address or self.archived


@dataclass(frozen=True)
class Work:
    """A row of the record as it stands today.

    `described` says in words what it is, when and where; `event` and `place` are the date and the place of what happened,
    `originated` when a figure was first said or released.
    """

    code: str
    title: str
    language: str
    record: str
    address: str
    version: int
    changed: str
    read: str
    originals: tuple
    described: str = ""
    event: str = ""
    place: str = ""
    originated: str = ""
    genre: str = ""
    keywords: tuple = ()
    is_data: bool = False


def record_name():
    """The record as the container of what is cited."""
    names = {"first": country_name(pair().first), "second": country_name(pair().second)}
    return gettext("The record of relations between %(first)s and %(second)s") % names


def original(source):
    """A source as it is cited."""
    return Original(
        code=source.code,
        publisher=source.publisher,
        title=source.title,
        published=source.published,
        address=source.url,
        archived=source.archived_url,
        language=source.language,
        kind=source.kind,
        read=source.read_on.isoformat() if source.read_on else "",
        is_described=source.title_is_description,
    )


def originals(*groups):
    """The sources of citations and of parts, each once, in the order in which they are leant on."""
    found = {source.pk: source for group in groups for source in group}
    return tuple(original(source) for source in found.values())


def changed_on(row):
    """The day of the row's present version, as EDTF: its last change, or the day from which readers see it if that is later."""
    moments = [getattr(row, "modified_at", None), getattr(row, "publish_at", None)]
    if not hasattr(row, "modified_at"):
        moments.append(row.history.order_by("-history_date").values_list("history_date", flat=True).first())
    days = [timezone.localtime(moment).date() for moment in moments if moment]
    return max(days).isoformat() if days else ""


def today():
    return datetime.date.today().isoformat()
