"""What of each kind of row is searched. Every app registers its own, as it registers its kinds."""

from dataclasses import dataclass
from functools import cache

from babel import Locale
from django.conf import settings
from django.db.models import Case, IntegerField, Q, When
from django.utils import translation

from record import answers, kept, kinds, markup
from record.publishing import Publishable
from record.search.spelling import GAP, SOUND, normal, sound, token, words_of

LANGS = [code for code, _name in settings.LANGUAGES]
PARTS = ("title", "summary", "body")
# Of more rows that something leads to no list of keys is kept.
MOST_KEYS = 1_000


@dataclass(frozen=True)
class Passage:
    """A text of a row: in which part of the index it stands, in which language it is ('' where nobody says)."""

    part: str
    lang: str
    words: str


@dataclass(frozen=True)
class Document:
    """How one kind of row is searched, found and shown.

    `title`, `summary`, `body` name texts that exist in every language, `spellings`, `wording` columns that do not; `named` are
    lookups to rows whose names belong to the body, `parts` (lookup, column) texts of rows below. `language` is the column
    that says in which language the title is, where it has but one; `heading` makes the title of what has none, in the reader's
    language, and `otherwise` says it in other words; it is found by both, in each language, and the latter is never shown. `rows` narrows the model
    to what has a page.
    """

    name: str
    model: type
    title: tuple = ()
    summary: tuple = ()
    body: tuple = ()
    spellings: tuple = ()
    wording: tuple = ()
    named: tuple = ()
    parts: tuple = ()
    language: str = ""
    date: str = ""
    bounds: tuple = ()
    rows: object = None
    heading: object = None
    otherwise: object = None
    detail: object = None
    address: object = None

    @property
    def is_entry(self):
        """Whether its rows are published by themselves; the others are seen while something leads to them."""
        return issubclass(self.model, Publishable)

    @property
    def label(self):
        return self.model._meta.verbose_name

    @property
    def plural(self):
        return self.model._meta.verbose_name_plural

    def page(self, row):
        """The address of a row's page."""
        return self.address(row) if self.address else row.get_absolute_url()

    def indexed(self):
        """Every row that readers see now or will see."""
        rows = self.rows() if self.rows else self.model.objects.all()
        return rows.public(at=answers.FOREVER) if self.is_entry else rows

    def shown(self):
        """Every row that readers see now."""
        rows = self.rows() if self.rows else self.model.objects.all()
        return rows.public() if self.is_entry else rows.filter(_led_to(self, key="pk"))

    def with_parts(self, rows):
        """Rows with all that their passages are read from."""
        below = [path for path, _column in self.parts]
        sources = ["citations__source"] if "citations" in below else []
        return rows.prefetch_related(*self.named, *below, *sources)

    def names(self, row):
        """The passages of the title: names in every language, and other spellings."""
        found = [Passage("title", lang, words) for lang, words in _in_every_language(self.heading, row)]
        found += self._texts(row, "title", self.title)
        if self.language:
            found += [Passage("title", getattr(row, self.language), row.title)]
        for column in self.spellings:
            found += [Passage("title", "", line) for line in (getattr(row, column) or "").splitlines()]
        return found

    def titles(self, row):
        """The title in each of its languages, without acronyms and other spellings."""
        if self.language:
            return [row.title]
        if self.heading:
            return [words for _lang, words in _in_every_language(self.heading, row)]
        return [words for lang in LANGS if (words := getattr(row, f"{self.title[0]}_{lang}", None))]

    def searched(self, row):
        """Everything by which a row is found: what readers are shown of it, and other words for that."""
        return self.passages(row) + [Passage("summary", lang, words) for lang, words in _in_every_language(self.otherwise, row)]

    def passages(self, row):
        """Everything that readers may be shown of a row that was found, in the order in which it is looked at."""
        found = self.names(row) + self._texts(row, "summary", self.summary)
        found += [Passage("summary", "", getattr(row, column) or "") for column in self.wording]
        found += self._texts(row, "body", self.body, plain=markup.plain)
        for path, column in self.parts:
            found += [passage for below in _reached(row, path) for passage in _of_part(below, column)]
        for path in self.named:
            for other in _reached(row, path):
                found += [Passage("body", said.lang, said.words) for said in of_model(type(other)).names(other)]
        return [passage for passage in dict.fromkeys(found) if passage.words]

    def _texts(self, row, part, names, plain=str):
        texts = [(lang, getattr(row, f"{name}_{lang}", None)) for name in names for lang in LANGS]
        return [Passage(part, lang, plain(words)) for lang, words in texts if words]


def _in_every_language(say, row):
    """(language, what is said of a row in it)."""
    found = []
    for lang in LANGS if say else ():
        with translation.override(lang):
            found.append((lang, say(row)))
    return found


def _reached(row, path):
    """The rows at the end of a lookup."""
    rows = [row]
    for step in path.split("__"):
        found = [getattr(one, step) for one in rows if getattr(one, step) is not None]
        rows = [one for thing in found for one in (thing.all() if hasattr(thing, "all") else [thing])]
    return list(dict.fromkeys(rows))


def _of_part(row, column):
    if hasattr(row, f"{column}_{LANGS[0]}"):
        return [Passage("body", lang, words) for lang in LANGS if (words := getattr(row, f"{column}_{lang}"))]
    source = getattr(row, "source", None)
    return [Passage("body", source.language if source else "", getattr(row, column))]


def streams(passages):
    """{part: its tokens, a gap before and after each text, the sounds of its names at the end}."""
    found = {}
    for part in PARTS:
        said, heard = [], {}
        for passage in passages:
            if passage.part == part:
                words = [match[0] for match in words_of(normal(passage.words))]
                said.append(" ".join(filter(None, (token(word, passage.lang) for word in words))))
                heard |= dict.fromkeys(SOUND + own for word in words if (own := name_sound(word, passage.lang)))
        found[part] = f" {GAP} ".join(["", *said, " ".join(heard)]).strip() if said else ""
    return found


def name_sound(word, lang):
    """The sound of a word that is written like a name, or begins like the name of one of the two countries; else ''."""
    heard = sound(word, lang)
    return heard if word[0].isupper() or country_of(heard) else ""


def country_of(heard):
    """The sound of the name of one of the two countries with which a word begins, or ''."""
    return next((name for name in _country_sounds() if heard.startswith(name)), "")


def _country_sounds():
    if settings.PAIR not in _countries:
        named = [(lang, Locale.parse(lang).territories.get(code.upper(), "")) for code in settings.PAIR for lang in LANGS]
        _countries[settings.PAIR] = {own for lang, name in named if " " not in name and len(own := sound(name, lang)) > 4}
    return _countries[settings.PAIR]


_countries = {}
_documents = {}


def register(document):
    """Called once by each app for each kind of row that readers may search, when it is ready."""
    _documents[document.name] = document


def all_documents():
    """Every kind of row that is searched: entries first, then what they lead to."""
    return sorted(_documents.values(), key=lambda document: not document.is_entry)


@cache
def places_of_kinds():
    """{kind: where it stands among rows that are equal otherwise}: what happened, then what was agreed, then the names they lead to."""
    return {document.name: at for at, document in enumerate(all_documents())}


def place_of_kind():
    """The same of a row of the index; what this release does not know stands behind all others."""
    places = places_of_kinds()
    return Case(*(When(kind=name, then=at) for name, at in places.items()), default=len(places), output_field=IntegerField())


def by_name(name):
    return _documents[name]


def of_model(model):
    """The document of a model, or None."""
    return next((document for document in _documents.values() if document.model is model), None)


def letters():
    """The letters of the numbers by which a row is found."""
    return {getattr(document.model, "LETTER", "") for document in _documents.values()} - {""}


def seen(at=None, only=None):
    """The condition on the index under which a reader finds a row, of some kinds only, at a moment: now, if none is given."""
    found = Q(since__lte=at or answers.moment())
    for document in map(by_name, only) if only else all_documents():
        if not document.is_entry:
            found |= Q(kind=document.name) & _led_to(document, at, key="object_id")
    return found


def _led_to(document, at=None, *, key):
    """The condition that some public entry leads to the row whose key stands in `key`.

    A search asks it of every row that it finds: where it can be kept it is asked once, of all rows, while they are not too many.
    """
    name = document.model._meta.model_name
    if at is None and kept.is_open():
        keys = kept.part(lambda: _keys_led_to(document), "led to", name, lasting=True)
        if len(keys) <= MOST_KEYS:
            return Q(**{f"{key}__among": keys})
    return kinds.leads_here(name, at, key=key)


def _keys_led_to(document, most=MOST_KEYS + 1):
    rows = kinds.seen_by_readers(document.model._base_manager.all())
    return list(rows.order_by("pk").values_list("pk", flat=True)[:most])


def keys_led_to(document):
    """The keys of all rows that some public entry leads to."""
    return kept.part(lambda: frozenset(_keys_led_to(document, most=None)), "all led to", document.name, lasting=True)
