"""Which kinds of rows leave and enter as tables, and by which columns. Each app registers its own."""

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

LANGS = [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True)
class Kind:
    """A kind: its model, its columns as names of fields, and how a row without number is known again.

    A name in `texts` stands for one column per language. `alike` names the columns that, all equal, make a row without a
    number or an address the same row. `finish(entry)` stores what follows from the columns. The state is no column:
    what a table adds is a draft.
    """

    model: type
    facts: tuple
    texts: tuple = ()
    alike: tuple = ()
    finish: object = field(default=lambda entry: None)

    @property
    def name(self):
        return self.model._meta.model_name

    @property
    def label(self):
        """What several rows of it are called."""
        return self.model._meta.verbose_name_plural

    @property
    def is_numbered(self):
        return hasattr(self.model, "LETTER")

    @property
    def key(self):
        """The column by which a row is known."""
        return "number" if self.is_numbered else "slug"

    @property
    def how_rows_are_known(self):
        """Which column a file must have and what new rows say in it, as a sentence for the editor."""
        if self.alike:
            return _("A row without number is new, unless one on record says the same in: %(columns)s.") % {
                "columns": ", ".join(self.alike)
            }
        if self.is_numbered:
            return _("The column “number” must be in the file; in new rows it stays empty.")
        return _("The column “slug” must be in the file; a row is new if its address is not on record.")

    @property
    def fields(self):
        """The columns that a form reads, in their order."""
        own = [f"{name}_{lang}" for name in self.texts for lang in LANGS]
        return [*self.facts, *(["original_language"] if self.texts else []), *own]

    @property
    def columns(self):
        """The columns of the table, in their order."""
        return [*(["number"] if self.is_numbered else []), *self.fields, "version"]


_kinds = {}


def register(kind):
    """Called once for each kind, by the app that owns it."""
    _kinds[kind.name] = kind


def all_kinds():
    """Every kind that has a table, in the order in which they were registered."""
    return list(_kinds.values())


def by_name(name):
    """The kind of a model's name, or None."""
    return _kinds.get(name)
