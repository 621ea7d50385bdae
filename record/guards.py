"""Every reason why a step of publishing cannot be taken, all at once and in the language of whoever asks."""

from django.utils import timezone
from django.utils.translation import gettext as _

from record import rights
from record.sourcefigures import figures_without_source


def reasons_against_publishing(entry):
    """Every reason why an entry may not be seen by readers yet; empty when it may."""
    reasons = []
    lang = getattr(entry, "original_language", None)
    for name, sentence in (
        ("title", _("It has no title in its original language.")),
        ("summary", _("It has no summary in its original language.")),
    ):
        if hasattr(entry, name) and not getattr(entry, f"{name}_{lang}", None):
            reasons.append(sentence)
    if hasattr(entry, "citations") and not entry.citations.exists():
        reasons.append(_("It has no source: add at least one citation."))
    if hasattr(entry, "citations"):
        reasons += figures_without_source(entry, {f"S{number}" for number in entry.citations.values_list("source__number", flat=True)})
    reasons += pictures_that_lack(getattr(entry, "pictures", None), lang)
    return reasons + [str(reason) for reason in entry.missing_for_publication()]


def pictures_that_lack(pictures, lang):
    """Sentences on the alternative texts and credits without which an entry shows no picture to readers.

    `pictures` are what an entry has stored, or what a form has read: rows in any form, or None.
    """
    shown = pictures.all() if hasattr(pictures, "all") else pictures or ()
    return [sentence for place, picture in enumerate(shown, 1) for sentence in picture.missing_for_readers(lang, place=place)]


def reasons_against(verb, entry, *, by, **said):
    """Every reason against a verb of `record.publishing`: role, state, what the entry lacks, what was not said with it.

    What is `said` with a verb (a moment, a reason, a note) is asked for only where its name is given.
    """
    return [str(reason) for reason in (*rights.against(verb, entry, by), *_GUARDS[verb](entry, **said))]


def _submit(entry):
    if not entry.is_draft:
        yield _("Only a draft can be submitted for review.")


def _publish(entry):
    if entry.is_public():
        yield _("It is public already.")
    if entry.is_withdrawn:
        yield _("A withdrawn entry must be restored first.")
    yield from reasons_against_publishing(entry)


def _schedule(entry, **said):
    if entry.is_public():
        yield _("It is public already: withdraw it first.")
    if entry.is_withdrawn:
        yield _("A withdrawn entry must be restored first.")
    if "at" in said and said["at"] is None:
        yield _("Say from which day and hour readers may see it.")
    elif "at" in said and said["at"] <= timezone.now():
        yield _("The moment of publication has already passed.")
    yield from reasons_against_publishing(entry)


def _unschedule(entry):
    if not entry.is_scheduled:
        yield _("Only a scheduled entry can be taken off the schedule.")


def _withdraw(entry, **said):
    if not (entry.is_public() or entry.is_scheduled):
        yield _("Only a published entry can be withdrawn.")
    if "reason" in said and not any(text.strip() for text in said["reason"].values()):
        yield _("Say in one sentence why it is withdrawn: readers will see it.")


def _send_back(entry, **said):
    if not entry.is_in_review:
        yield _("Only an entry in review can be sent back to its author.")
    if "note" in said and not said["note"].strip():
        yield _("Say in a note to the author what is to be done.")


def _restore(entry):
    if not (entry.is_in_review or entry.is_withdrawn):
        yield _("Only an entry in review or withdrawn can go back to draft.")


_GUARDS = {
    "submit": _submit,
    "publish": _publish,
    "schedule": _schedule,
    "unschedule": _unschedule,
    "withdraw": _withdraw,
    "send_back": _send_back,
    "restore": _restore,
}
