"""One folding for the index and for the question, so that any keyboard finds any spelling.

Every apostrophe-like sign is dropped (otherwise Oʻzbekiston falls in two), letters that no engine folds are
replaced, and diacritics are stripped, й kept.
"""

import re
import unicodedata

_APOSTROPHES = dict.fromkeys(map(ord, "'`´ʹʻʼ‘’′"), None)
_LETTERS = str.maketrans("əıёўқғҳøłß", "eiеукгхols", "")
_SPACE = re.compile(r"\s+")


def fold(text):
    """Lower case, no apostrophes, no diacritics, single spaces."""
    text = text.replace("İ", "i").lower().translate(_APOSTROPHES).translate(_LETTERS)
    kept = "".join(part for char in text for part in (char if char == "й" else unicodedata.normalize("NFD", char)))
    bare = "".join(char for char in kept if not unicodedata.combining(char))
    return _SPACE.sub(" ", bare).strip()
