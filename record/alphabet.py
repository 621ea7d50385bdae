"""Order by the alphabet of the reader's language, where the order of code points is wrong."""

from record.texts import reader_language

ALPHABETS = {
    "az": [
        "a",
        "b",
        "c",
        "ç",
        "d",
        "e",
        "ə",
        "f",
        "g",
        "ğ",
        "h",
        "x",
        "ı",
        "i",
        "j",
        "k",
        "q",
        "l",
        "m",
        "n",
        "o",
        "ö",
        "p",
        "r",
        "s",
        "ş",
        "t",
        "u",
        "ü",
        "v",
        "y",
        "z",
    ],
    "uz": [
        "a",
        "b",
        "d",
        "e",
        "f",
        "g",
        "h",
        "i",
        "j",
        "k",
        "l",
        "m",
        "n",
        "o",
        "p",
        "q",
        "r",
        "s",
        "t",
        "u",
        "v",
        "x",
        "y",
        "z",
        "oʻ",
        "gʻ",
        "sh",
        "ch",
    ],
    "ru": list("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    "en": list("abcdefghijklmnopqrstuvwxyz"),
}
_RANKS = {lang: {letter: rank for rank, letter in enumerate(letters, start=1)} for lang, letters in ALPHABETS.items()}


def collate(words, lang=None):
    """A sort key for a name: letters by their place in the alphabet, two-sign letters as one, others after them."""
    lang = lang or reader_language()
    ranks, text, key = _RANKS[lang], _lower(words, lang), []
    while text:
        size = 2 if text[:2] in ranks else 1
        letter = text[:size]
        if letter.strip(" -–ʼ«»“”\\"):
            key.append(ranks.get(letter, 1000 + ord(letter[0])))
        text = text[size:]
    return key


def _lower(words, lang):
    if lang == "az":
        words = words.replace("I", "ı").replace("İ", "i")
    return words.lower()
