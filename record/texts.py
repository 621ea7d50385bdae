"""Texts in the reader's language, or in the best other one, marked as such."""

from dataclasses import dataclass

from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import get_language

ORDER = ("en", "ru", "uz", "az")


@dataclass(frozen=True)
class Text:
    """A text and the language it is in. Empty where no language has it."""

    words: str = ""
    lang: str = ""

    def __bool__(self):
        return bool(self.words)

    def __str__(self):
        return self.words

    @property
    def is_foreign(self):
        """Whether the reader should be told that this is not the page's language."""
        return bool(self.words) and self.lang != reader_language()


def reader_language():
    """The two letters of the page's language."""
    return (get_language() or "en")[:2]


def best(row, name, *, lang=None):
    """The text `name` of a row in `lang` (the page's, if none is given), else in its original, else in any."""
    wanted = [lang or reader_language(), getattr(row, "original_language", "en"), *ORDER]
    for code in wanted:
        if words := getattr(row, f"{name}_{code}", None):
            return Text(words, code)
    return Text()


def among(said):
    """The text in the page's language out of {language: text}, else the first of any other."""
    codes = [reader_language(), *ORDER]
    return next((Text(words, lang) for lang in codes if (words := said.get(lang))), Text())


def capital(words, *, lang=None):
    """Words with their first letter large, as their language has it: Azerbaijani i becomes İ, where Django makes I of it."""
    words = str(words)
    return f"İ{words[1:]}" if words[:1] == "i" and (lang or reader_language()) == "az" else capfirst(words)


capital_lazy = lazy(capital, str)
