"""A verb on many entries: all of it is done, or nothing."""

from django.db import transaction

from record import publishing
from record.models import StaleObject

MOST = 200


class NotTogether(Exception):
    """Nothing was done; `reasons` holds, by the key of each entry that was refused, every sentence against it."""

    def __init__(self, reasons):
        self.reasons = reasons
        super().__init__(f"{len(reasons)} entries were refused.")


@transaction.atomic
def together(verb, entries, *, by, **said):
    """Take one step with all entries, in one transaction. Raises NotTogether when any of them is refused."""
    refused = {}
    for entry in entries:
        try:
            getattr(publishing, verb)(entry, by=by, **said)
        except publishing.Refused as error:
            refused[entry.pk] = error.reasons
        except StaleObject as error:
            refused[entry.pk] = error.messages
    if refused:
        raise NotTogether(refused)


def reasons_against_each(verb, entries, *, by):
    """By the key of each entry, every reason that is known before a moment or a reason for readers is named."""
    found = {entry.pk: publishing.reasons_against(verb, entry, by=by) for entry in entries}
    return {key: reasons for key, reasons in found.items() if reasons}
