"""The texts of a row that are translated: its own, and those of the rows below it."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db.models import CASCADE, Model
from modeltranslation.translator import NotRegistered, translator

LANGS = [code for code, _name in settings.LANGUAGES]
# Marks are no texts; the reason of a withdrawal has its own moment and is no part of what a translator is given.
NO_TEXTS = ("translation", "translation_basis", "withdrawn_reason")


@dataclass(frozen=True)
class Passage:
    """One text of one row: `path` names it within its entry, `title` or `parties.14.name`."""

    path: str
    row: Model
    name: str

    def text(self, lang):
        """The words in a language, '' where there are none."""
        return getattr(self.row, f"{self.name}_{lang}") or ""

    def field(self, lang):
        """The model field that holds the words of a language."""
        return self.row._meta.get_field(f"{self.name}_{lang}")

    @property
    def label(self):
        """What the text is called; below the entry, after the row that it belongs to."""
        said = self.row._meta.get_field(self.name).verbose_name
        return said if "." not in self.path else f"{self.row._meta.verbose_name} {self.path.split('.')[1]}: {said}"

    @property
    def is_below(self):
        """Whether it belongs to a row below the entry."""
        return "." in self.path

    @property
    def is_long(self):
        """Whether it needs more than one line."""
        return self.name in long_names_of(type(self.row))


@cache
def names_of(model):
    """The names of a model's translated texts, in the order in which the model names them."""
    try:
        translated = translator.get_options_for_model(model).all_fields
    except NotRegistered:
        return ()
    return tuple(f.name for f in model._meta.fields if f.name in translated and f.name not in NO_TEXTS)


@cache
def long_names_of(model):
    """Those of them that need more than one line."""
    return tuple(name for name in names_of(model) if model._meta.get_field(name).get_internal_type() == "TextField")


@cache
def below(model):
    """(accessor, model) of the rows that belong to a row of this model and have texts of their own."""
    relations = [r for r in model._meta.related_objects if r.one_to_many and r.on_delete is CASCADE]
    owned = [r for r in relations if names_of(r.related_model) and not hasattr(r.related_model, "original_language")]
    return tuple((r.get_accessor_name(), r.related_model) for r in owned if not hasattr(r.related_model, "history_id"))


def own_passages(entry):
    """The texts of the row itself."""
    return [Passage(name, entry, name) for name in names_of(type(entry))]


def passages_of(entry):
    """Every text of an entry and of the rows below it, whether or not a language has it."""
    found = own_passages(entry)
    if entry.pk:
        for accessor, model in below(type(entry)):
            for row in model._base_manager.filter(**{getattr(type(entry), accessor).field.name: entry}).order_by("pk"):
                found += [Passage(f"{accessor}.{row.pk}.{name}", row, name) for name in names_of(model)]
    return found
