"""Words of the record itself, such as a status: what was asked in them is answered by a list, to which the search leads."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from record.search.spelling import bare, normal, words_of

# Whoever writes “other” looks for no such list.
SAYS_NOTHING = ("other", "not-known")


@dataclass(frozen=True)
class Signpost:
    """A list of entries, narrowed by one choice of one of its filters."""

    plural: object
    label: object
    route: str
    name: str
    value: str

    @property
    def address(self):
        return f"{reverse(self.route)}?{self.name}={self.value}"


_registered = []


def register(model, route, name, choices, *, also=None):
    """The choices of a filter of the list at `route`; `also` are other words for some, {value: words in any language}."""
    said = [(value, label) for value, label in choices if value not in SAYS_NOTHING]
    _registered.append((model._meta.verbose_name_plural, route, name, said, also or {}))


def found(said):
    """The signposts whose words a question is as a whole, in any language and case."""
    return _by_words().get(_plain(said), [])


@cache
def _by_words():
    posts = {}
    for plural, route, name, choices, also in _registered:
        for value, label in choices:
            for words in {_plain(said) for said in (*_in_every_language(label), *also.get(value, ()))}:
                posts.setdefault(words, []).append(Signpost(plural, label, route, name, value))
    return posts


def _in_every_language(label):
    for lang, _name in settings.LANGUAGES:
        with translation.override(lang):
            yield str(label)


def _plain(said):
    return " ".join(bare(match[0]) for match in words_of(normal(said)))
