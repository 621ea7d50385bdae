"""What differs between two versions of a row and of everything below it, in words; and texts compared word by word."""

import difflib
import re
from dataclasses import dataclass

from record.history.fields import LANGS, is_for_readers, label, lists_of, parts_of, said, told_fields
from record.history.names import Names

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
NOTHING = "–"
# Texts that have less in common than this are told whole; so are texts too long to be compared at once.
LEAST_SHARED = 0.3
MOST_COMPARED = 4_000_000


@dataclass(frozen=True)
class Difference:
    """One thing that differs: the field (or the list, or the sort of rows below), what it is called, before and after in words.

    `of` is the field of a row below that differs; `stood`, of a text that is kept once per language, whether another language had it before.
    """

    field: str
    label: str
    before: str
    after: str
    of: str = ""
    stood: bool = False

    @property
    def lang(self):
        """The language of a text that is kept once per language, '' for anything else."""
        field = self.of or self.field
        lang = field.rpartition("_")[2]
        return lang if lang in LANGS and "_" in field and not field.startswith("translation") else ""

    def is_first_translation(self, original):
        """Whether a language that is not the original got words where it had none, of what stood in another."""
        return self.lang not in ("", original) and self.stood and not self.before and bool(self.after)

    @property
    def left(self):
        """The earlier value as (mark, words) pairs, "del" marking what is gone."""
        return [(mark, words) for mark, words in self._pieces() if mark != "ins"]

    @property
    def right(self):
        """The later value as (mark, words) pairs, "ins" marking what is new."""
        return [(mark, words) for mark, words in self._pieces() if mark != "del"]

    def _pieces(self):
        return list(word_by_word(self.before, self.after))


def word_by_word(before, after):
    """("", "del" or "ins", words) pieces that lead from one text to another. Texts that share little are told whole."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if (
        not before
        or not after
        or len(old) * len(new) > MOST_COMPARED
        or _shared(matcher, old) < LEAST_SHARED * min(len(before), len(after))
    ):
        yield from (piece for piece in (("del", before), ("ins", after)) if piece[1])
        return
    for how, a, b, c, d in matcher.get_opcodes():
        if how == "equal":
            yield "", "".join(old[a:b])
            continue
        if a < b:
            yield "del", "".join(old[a:b])
        if c < d:
            yield "ins", "".join(new[c:d])


def _shared(matcher, old):
    """How many letters two texts share, word by word."""
    blocks = matcher.get_matching_blocks()
    return sum(len(word.strip()) for block in blocks for word in old[block.a : block.a + block.size])


def between(old, new, *, for_readers=False, whole=False):
    """Everything that differs between two snapshots, either of which may be None; with `whole`, what is the same as well."""
    names = Names(for_readers=for_readers)
    model = (new or old).row.instance_type
    found = list(_of_row(model, old, new, names, whole=whole))
    for name, child in parts_of(model).items():
        found += _of_parts(name, child, old.parts[name] if old else {}, new.parts[name] if new else {}, names)
    return found if whole else [one for one in found if one.before != one.after]


def _of_row(model, old, new, names, prefix="", *, whole=False):
    for field in told_fields(model):
        if names.for_readers and not is_for_readers(model, field.name) or not whole and _is_kept(field, old, new):
            continue
        values = [_value(field, kept, names) for kept in (old, new)]
        sides = [said(field, value, names) for value in values]
        yield Difference(field.name, f"{prefix}{label(model, field.name)}", *sides, stood=_stood(field.name, old))
    for field in lists_of(model):
        if not whole and _is_list_kept(field, old, new):
            continue
        names.learn(field.related_model, [key for kept in (old, new) if kept for key in kept.lists[field.name]])
        sides = [_list(field, kept, names) for kept in (old, new)]
        yield Difference(field.name, f"{prefix}{field.verbose_name}", *sides)


def _is_kept(field, old, new):
    """Whether both versions hold the same value: nobody has to be asked what it is called."""
    return bool(old and new) and old.value(field) == new.value(field)


def _stood(name, old):
    """Whether a version says in another language what a text says in its own."""
    stem, _, lang = name.rpartition("_")
    return lang in LANGS and any(getattr(old and old.row, f"{stem}_{other}", "") for other in LANGS if other != lang)


def _is_list_kept(field, old, new):
    return bool(old and new) and old.lists[field.name] == new.lists[field.name]


def _is_same(model, old, new):
    """Whether a row below is in both versions as it was."""
    return all(_is_kept(f, old, new) for f in told_fields(model)) and all(_is_list_kept(f, old, new) for f in lists_of(model))


def _value(field, kept, names):
    """A value; for readers, an entry that they do not see is as none."""
    value = kept and kept.value(field)
    return None if field.is_relation and names.is_hidden(field.related_model, value) else value


def _list(field, kept, names):
    """A list in words, in the order of its names; for readers without the entries that they do not see."""
    keys = kept.lists[field.name] if kept else []
    return "; ".join(sorted(names(field.related_model, key) for key in keys if not names.is_hidden(field.related_model, key)))


def _of_parts(name, child, old, new, names):
    """Rows below: each that came or went as a whole, each that was changed by its fields; what readers do not see is as not there."""
    called = str(child._meta.verbose_name)
    for key in dict.fromkeys([*old, *new]):
        if key in old and key in new and _is_same(child, old[key], new[key]):
            continue
        before, after = (kept if kept and not _is_hidden(child, kept, names) else None for kept in (old.get(key), new.get(key)))
        if before and after:
            own = _called(child, after, names)
            for one in _of_row(child, before, after, names, f"{called} ({own}): "):
                yield Difference(name, one.label, one.before, one.after, one.field, one.stood)
        elif before or after:
            yield Difference(name, called, *(in_words(child, kept, names) if kept else "" for kept in (before, after)))


def _is_hidden(child, kept, names):
    """Whether a row below leads to an entry that readers do not see."""
    return any(names.is_hidden(f.related_model, kept.value(f)) for f in told_fields(child) if f.is_relation)


def _called(child, kept, names):
    """A row below by the first other row or name that it leads to."""
    values = (said(field, kept.value(field), names) for field in told_fields(child))
    return next((words for words in values if words), NOTHING)


def in_words(child, kept, names):
    """A row below as one phrase: what each of its fields says."""
    parts = [
        f"{label(child, field.name)}: {words}"
        for field in told_fields(child)
        if (words := said(field, kept.value(field), names)) and not (names.for_readers and not is_for_readers(child, field.name))
    ]
    parts += [f"{field.verbose_name}: {words}" for field in lists_of(child) if (words := _list(field, kept, names))]
    return " · ".join(parts)
