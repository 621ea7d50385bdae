"""The rule of translations: when is one missing, unreviewed, reviewed, outdated.

Beside each translated text two fingerprints are kept: of the original that it was made from, and of itself. A translation
that is touched is taken to say what the original says at that moment; one that is not touched while its original changes
is outdated. A person who calls it reviewed speaks of the original that he had before him. A fingerprint tells that without a second copy of the texts, whoever changed them and by whichever way, and
the history of the row still holds the original that it stands for.
"""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

LENGTH = 8


class Status(models.TextChoices):
    """What the texts of one language are worth."""

    ORIGINAL = "original", _("the original")
    MISSING = "missing", _("missing")
    MACHINE = "machine", _("not reviewed")
    REVIEWED = "reviewed", _("reviewed")
    OUTDATED = "outdated", _("outdated")


# What somebody has to do something about, in the order of urgency.
OPEN = (Status.MISSING, Status.OUTDATED, Status.MACHINE)
# No status of its own: a language has the row, and not all of its long texts, which readers see in the original, marked as such.
LONG = "long"
# What is counted, and what each is called.
WORK = {status.value: status.label for status in OPEN} | {LONG: _("long texts only in the original")}


def fingerprint(text):
    """Eight signs that stand for a text; '' for none. Line ends and blanks around it do not count."""
    text = (text or "").replace("\r\n", "\n").strip()
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH] if text else ""


def noted(basis, texts):
    """What each translation was made from, brought up to date, and which of them are outdated.

    `basis` is {path: (fingerprint of the original, of the translation)} as noted before; `texts` is {path: (original,
    translation)} of now. Returns (the new basis, paths whose original has changed since).
    """
    now = {path: (fingerprint(original), fingerprint(words)) for path, (original, words) in texts.items()}
    kept = {path: _kept(basis.get(path), pair) for path, pair in now.items() if pair[1]}
    return kept, [path for path, pair in kept.items() if pair[0] != now[path][0]]


def _kept(before, now):
    """An untouched translation keeps its original; one that is new or was touched has that of now."""
    return before if before and before[1] == now[1] else now


def reviewed(basis, texts, seen):
    """The basis after a person has said that a language says what the original says. `seen` is {path: the original} that he saw.

    He speaks of what he saw. Where the original is another one by now, the translation is made from the one that was seen, and is
    outdated, unless it was touched as well: whoever writes both has compared both. A path that is not in `seen` was seen as it is.
    """
    now, _outdated = noted({}, texts)
    return {path: (_compared(basis.get(path), pair, fingerprint(seen.get(path, texts[path][0]))), pair[1]) for path, pair in now.items()}


def _compared(before, now, seen):
    """The fingerprint of the original that one translation was compared with."""
    return seen if before and before[1] == now[1] else now[0]


def mark_of(mark, *, has_text, is_original):
    """The mark of a language: none without text; new text is unreviewed until somebody says otherwise."""
    if not has_text:
        return ""
    if is_original:
        return "original"
    return "machine" if mark in ("", "original") else mark


def status_of(mark, *, is_outdated):
    """The status that a mark and the state of the original make together."""
    if not mark:
        return Status.MISSING
    if mark == "original":
        return Status.ORIGINAL
    return Status.OUTDATED if is_outdated else Status(mark)


def read(stored):
    """A basis from its column: a line for each text, path and the two fingerprints."""
    lines = (line.partition(" ") for line in (stored or "").splitlines())
    return {path: (pair[:LENGTH].strip("-"), pair[LENGTH:]) for path, _sep, pair in lines if pair}


def written(basis):
    """A basis as its column keeps it."""
    return "\n".join(f"{path} {original or '-' * LENGTH}{words}" for path, (original, words) in sorted(basis.items()))
