"""Words as the index keeps them and as a question asks for them: one folding, stems, scripts, and names by their sound.

A text is kept as one token a word: its stem in English and Russian (Snowball), the folded word in any other language. The
Cyrillic of Uzbek and Azerbaijani is turned into their Latin letters first. Names have a second token, their sound: what is
left of a name when every spelling of it, in any of the languages and scripts, is to be the same.
"""

import re
import unicodedata
from functools import lru_cache

import Stemmer

from record.folding import fold

# A word, with any of the apostrophes in use inside it.
WORD = re.compile(r"[^\W_]+(?:['’ʻʼ‘`´ʹ′][^\W_]+)*")
# Stands between two texts, so that no phrase reaches from one into the other, and before a sound.
GAP, SOUND = "¶", "·"
SHORTEST_STEM, SHORTEST_SOUND = 3, 4
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_NOT_ALNUM = re.compile(r"[\W_]+")

# Uzbek: the Latin alphabet of 1995 without its apostrophes, as `fold` leaves it. At the beginning of a word and after a vowel
# е is ye.
_UZBEK = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "yo", "ж": "j", "з": "z", "и": "i", "й": "y",
    "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "o",
    "ф": "f", "х": "x", "ҳ": "h", "ц": "s", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "yu",
    "я": "ya",
}  # fmt: skip
_UZBEK_E = re.compile(r"\bе|(?<=[аеёиоуўэюя])е")
# Azerbaijani: the Latin alphabet of 1991, folded.
_AZERBAIJANI = {
    **_UZBEK, "ә": "e", "ө": "o", "ү": "u", "ҝ": "g", "ғ": "g", "г": "q", "ҹ": "c", "ҷ": "c", "ч": "c", "ш": "s", "ж": "j",
    "һ": "h", "ј": "y", "ы": "i", "х": "x", "э": "e",
}  # fmt: skip
_ONLY_AZERBAIJANI = set("әөүҝҹһј")
# The sound of Cyrillic letters; vowels become one below.
_SOUNDS = {
    **_UZBEK, "х": "h", "қ": "k", "ҳ": "h", "щ": "sh", "ц": "ts", "ә": "a", "ө": "o", "ү": "u", "ҝ": "g", "ҹ": "j", "һ": "h", "ј": "y",
}  # fmt: skip
_LETTER_SOUNDS = {"ə": "a", "ş": "sh", "ç": "ch", "ğ": "h", "ı": "i", "ö": "o", "ü": "u", "ž": "j", "š": "sh", "č": "ch"}
_DIGRAPHS = [("shch", "sh"), ("tch", "ch"), ("dzh", "j"), ("dj", "j"), ("zh", "j"), ("kh", "h"), ("gh", "h"), ("ph", "f"), ("ck", "k")]
_LAST_SOUNDS = str.maketrans({"q": "k", "x": "h", "g": "h", "w": "v"})
_VOWELS = re.compile(r"[aeiouy]+")
_TWICE = re.compile(r"(.)\1+")
_stemmers = {"en": Stemmer.Stemmer("english"), "ru": Stemmer.Stemmer("russian")}

# Russian nouns whose last consonant is also the ending of a verb (Фергана: signed, прочитана): their cases have several stems.
_LIKE_A_VERB = re.compile(r"(.{4,}[нл])(?:а|ы|и|е|у|ой|ом|о|ов|ам|ами|ах)?")
_CASES = ("", "а", "ы", "е", "у", "ой", "ом", "ов")
# Endings of Azerbaijani and Uzbek nouns as `fold` leaves them, the longest first: cases, “which is in”, possession, number.
_ENDINGS = sorted(
    [
        "nin", "nun", "ning", "ni", "nu", "na", "ne", "ga", "ka", "qa", "da", "de", "dan", "den", "dagi", "daki", "deki",
        "nda", "nde", "ndan", "nden", "ndaki", "ndeki", "si", "su", "gi", "yi", "lar", "ler", "lari", "leri", "larin", "lerin",
    ],
    key=len,
    reverse=True,
)  # fmt: skip
# What is left of a word at least: two letters are the end of too many others (online). Of so many endings at the most.
_SHORTEST_BASE, _SHORTEST_BEFORE_TWO, _MOST_ENDINGS = 4, 6, 3
# Their last letter becomes another one before an ending: hamkorlik, hamkorligi; əməkdaşlıq, əməkdaşlığı.
_SOFTENED = ("lik", "liq")

# Left out of a question that has other words: they stand in nearly every text.
STOPWORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "with",
        "va",
        "bilan",
        "uchun",
        "ve",
        "ile",
        "ucun",
        "da",
        "de",
        "и",
        "в",
        "во",
        "на",
        "с",
        "со",
        "по",
        "о",
        "об",
        "за",
        "к",
        "ко",
        "от",
        "из",
        "для",
        "у",
    ]
)

# What places are, in their names: heard like a name it would meet every other word that sounds so (City, cotton).
KINDS_OF_PLACES = [
    "city", "town", "region", "district", "province", "square", "park", "palace", "hall", "centre", "center", "airport", "range", "port",
    "şəhəri", "vilayəti", "parkı", "sarayı", "zalı", "mərkəzi", "limanı", "poliqonu",
    "shahri", "tumani", "viloyati", "saroyi", "zali", "markazi", "aeroporti", "porti", "poligoni",
    "город", "район", "область", "площадь", "парк", "дворец", "зал", "центр", "аэропорт", "порт", "полигон",
]  # fmt: skip


def words_of(text):
    """The words of a text as matches, apostrophes inside them; the text must be `normal`."""
    return WORD.finditer(text)


def normal(text):
    """A text in the form in which one letter is one character."""
    return unicodedata.normalize("NFC", text)


def is_cyrillic(word):
    return bool(_CYRILLIC.search(word))


@lru_cache(maxsize=20_000)
def token(word, lang):
    """The token of a word of a text in a language; '' where nothing is left of it."""
    if is_cyrillic(word):
        if lang in {"uz", "az"}:
            return latin(word, lang)
        return stem(bare(word), "ru")
    return stem(bare(word), "en") if lang == "en" else bare(word)


@lru_cache(maxsize=20_000)
def bare(word):
    """A word folded, without anything that is neither letter nor figure."""
    return _NOT_ALNUM.sub("", fold(word))


@lru_cache(maxsize=20_000)
def stem(word, lang):
    """The stem of a folded word; what would leave less than three letters (Алиев) is left alone.

    Russian nouns in -ит are taken for verbs in their first case alone: визит would meet виза, and not визита.
    """
    found = _stemmers[lang].stemWord(word)
    if lang == "ru" and word == f"{found}ит":
        return word
    return found if len(found) >= SHORTEST_STEM else word


@lru_cache(maxsize=20_000)
def stems_of_cases(word):
    """The stems that the cases of a Russian noun have, where they differ: Ферганы is kept as “ферга”, Фергане as “ферган”."""
    match = _LIKE_A_VERB.fullmatch(bare(word)) if is_cyrillic(word) else None
    return sorted({stem(match[1] + case, "ru") for case in _CASES}) if match else []


@lru_cache(maxsize=20_000)
def bases(word):
    """What is left of a folded word without the endings that Azerbaijani and Uzbek nouns take, one after the other:
    müqaviləsində, müqaviləsi, müqavilə."""
    found = [word[:-1]] if word.endswith(_SOFTENED) else []
    while len(found) < _MOST_ENDINGS:
        ending = next((end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= _least_before(end)), "")
        if not ending:
            break
        word = word.removesuffix(ending)
        found.append(word)
    return found


def _least_before(ending):
    return _SHORTEST_BEFORE_TWO if len(ending) == 2 else _SHORTEST_BASE


@lru_cache(maxsize=20_000)
def latin(word, lang):
    """A Cyrillic word of Uzbek or Azerbaijani in the folded letters of its Latin alphabet."""
    low = word.lower()
    if lang == "uz":
        low = _UZBEK_E.sub("ye", low)
    letters = _AZERBAIJANI if lang == "az" else _UZBEK
    return bare("".join(letters.get(char, char) for char in low))


def latin_readings(word):
    """The Latin words that a Cyrillic one may stand for, read as Uzbek and, by its letters, as Azerbaijani."""
    low = word.lower()
    readings = [latin(low, "az")] if _ONLY_AZERBAIJANI & set(low) else []
    return dict.fromkeys([*readings, latin(low, "uz"), bare("".join(_UZBEK.get(char, char) for char in low))])


@lru_cache(maxsize=20_000)
def sound(word, lang=""):
    """The sound of a name: consonants as heard, every run of vowels one; '' of what is too short to tell names apart."""
    low = word.replace("İ", "i").lower()
    low = "".join(_SOUNDS.get(char) or _LETTER_SOUNDS.get(char, char) for char in low if char not in "ьъ")
    low = bare(low)
    if lang == "az":
        low = re.sub("c(?!h)", "j", low)
    for letters, heard in _DIGRAPHS:
        low = low.replace(letters, heard)
    low = re.sub("c(?!h)", "k", low).translate(_LAST_SOUNDS)
    low = _TWICE.sub(r"\1", _VOWELS.sub("a", low))
    return low if len(low) >= SHORTEST_SOUND and not low.isdecimal() else ""


@lru_cache(maxsize=1)
def of_no_name():
    """The sounds of what places are."""
    return {heard for word in KINDS_OF_PLACES for heard in sounds(word)}


def sounds(word):
    """The sounds of a word of unknown language."""
    return [heard for heard in dict.fromkeys([sound(word), sound(word, "az")]) if heard]
