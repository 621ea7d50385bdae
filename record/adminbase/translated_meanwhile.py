"""A translation that meets what somebody else saved since its page was opened: what of it concerns the texts that are typed."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from record.history import snapshots
from record.translations.passages import names_of


@dataclass
class Meanwhile:
    """The words that a page showed, and by their paths what is different now: in the language and in the original."""

    seen: dict = field(default_factory=dict)
    original_seen: dict = field(default_factory=dict)
    theirs: dict = field(default_factory=dict)
    original: list = field(default_factory=list)

    def told(self):
        """The sentence on a changed original, '' where it is the one that was read."""
        if not self.original:
            return ""
        names = ", ".join(str(passage.label) for passage in self.original)
        return gettext("The original changed meanwhile: %(texts)s. Compare your texts with it once more.") % {"texts": names}


def meanwhile(form):
    """What changed since the page of a translation was opened. Raises ValidationError where its original is another language now."""
    entry, seen = form.instance, form.cleaned_data.get("seen_revision")
    known = seen is not None and 0 <= seen <= form.initial["seen_revision"]
    opened = snapshots.read(type(entry), entry.pk, seen) if known else None
    if opened and opened.row.original_language != entry.original_language:
        raise ValidationError(
            gettext("The original is in another language now. Keep a copy of what you typed, and open the page anew."), code="stale"
        )
    found = Meanwhile(_texts(opened, form.lang), _texts(opened, entry.original_language))
    for passage in form.passages:
        if found.seen.get(passage.path) != _plain(passage.text(form.lang)) and passage.path in form.data:
            found.theirs[passage.path] = passage.text(form.lang)
        if opened and found.original_seen.get(passage.path, "") != _plain(passage.text(entry.original_language)):
            found.original.append(passage)
    return found


def settle(form, found):
    """Refuse once where texts of this language are others now: theirs beside what was typed, which the next press saves knowingly.

    A field that was left as it was opened shows theirs; every keystroke in the others is kept.
    """
    sent = form.data.copy()
    found.theirs = {path: words for path, words in found.theirs.items() if _plain(sent[path]) != _plain(words)}
    if not found.theirs:
        return
    for path, words in found.theirs.items():
        if _plain(sent[path]) == found.seen.get(path):
            sent[path] = words
    for passage in form.passages:
        sent.setdefault(passage.path, passage.text(form.lang))
    # Saved once more within this very answer: then what is shown here is not the newest, and the next press compares again.
    if form.initial["version_token"] == form.instance.version:
        sent["version_token"], sent["seen_revision"] = form.instance.version, form.initial["seen_revision"]
    form.data = sent
    raise ValidationError(
        gettext("Somebody else changed these texts meanwhile. Nothing was saved yet: read theirs beside yours, then save again."),
        code="stale",
    )


def _texts(opened, lang):
    """{path: words} of a version, as `passages_of` names them."""
    if opened is None:
        return {}
    rows = {"": opened.row} | {f"{part}.{key}.": kept.row for part, found in opened.parts.items() for key, kept in found.items()}
    return {f"{at}{name}": _plain(getattr(row, f"{name}_{lang}")) for at, row in rows.items() for name in names_of(row.instance_type)}


def _plain(words):
    return (words or "").replace("\r\n", "\n").strip()
