"""Addresses by the thousand: what stands around the one argument of an address is asked once, not for every row."""

from functools import lru_cache

from django.urls import reverse
from django.utils import translation


@lru_cache(maxsize=512)
def around(name, argument, sample, lang):
    """(before, after) the argument of an address in a language; `sample` is a value that its pattern takes."""
    with translation.override(lang):
        before, _sample, after = reverse(name, kwargs={argument: sample}).rpartition(sample)
    return before, after
