"""Addresses by the thousand: what stands around the one argument of an address is asked once, not for every row. And their ends."""

from functools import lru_cache

from django.urls import reverse
from django.utils import translation

from record.search import spelling

LONGEST_SLUG = 90


@lru_cache(maxsize=512)
def around(name, argument, sample, lang):
    """(before, after) the argument of an address in a language; `sample` is a value that its pattern takes."""
    with translation.override(lang):
        before, _sample, after = reverse(name, kwargs={argument: sample}).rpartition(sample)
    return before, after


def free_slug(model, title):
    """The readable end of an address made from a title in any of the languages, one that no row of the model has; '' of no title."""
    words = [match[0] for match in spelling.words_of(spelling.normal(title))]
    latin = [spelling.latin(word, "uz") if spelling.is_cyrillic(word) else spelling.bare(word) for word in words]
    slug = "-".join(word for word in latin if word.isascii() and word)[:LONGEST_SLUG].strip("-")
    taken = set(model._base_manager.filter(slug__startswith=slug).values_list("slug", flat=True)) if slug else set()
    return next(way for way in (slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3))) if way not in taken)
