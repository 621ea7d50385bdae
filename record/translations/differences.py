"""What changed between two texts, word by word."""

import difflib
import re

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
# Comparing takes time with the square of the length: beyond this two texts are shown whole.
LONGEST = 4_000


def differences(before, after):
    """[(kind, words)] with the kinds "same", "gone" and "new", which together say both texts."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > LONGEST:
        return [("gone", before), ("new", after)]
    parts = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(("same", "".join(old[i:j])))
            continue
        parts += [("gone", "".join(old[i:j]))] if i < j else []
        parts += [("new", "".join(new[k:m]))] if k < m else []
    return parts
