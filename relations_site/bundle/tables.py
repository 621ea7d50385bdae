"""The tables of a bundle: which rows of the record leave the site, by which columns, and how they lead to each other.

A root table holds rows that readers may open; below each stand the rows that belong to one of them, and the pairs that
join it to others. Every root row is known by its number or its slug, a row below it by its owner and its place there.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db import models

from cooperation.models import Agreement, Commitment, Initiative, QuotedFigure, TradeFigure
from events.models import Event
from record import kinds
from record.columns import LANGS
from record.models import Disagreement, Organisation, Person, Place, Series, Source, Topic

# Columns of our own housekeeping, and what editors tell each other.
KEPT_BACK = frozenset(
    [
        "id",
        "state",
        "publish_at",
        "withdrawn_at",
        "withdrawn_reason",
        "editor_note",
        "folded",
        "created_at",
        "sort_day",
        "position",
        "translation_basis",
    ]
)
# Notes that readers do not see, where a note elsewhere is for them.
NOTES_OF_EDITORS = (Source, TradeFigure)


@dataclass(frozen=True)
class Field:
    """A column: its name, the lookup that reads it, the field that says its type, the table and column that it leads to."""

    name: str
    lookup: str
    field: models.Field
    leads_to: str = ""
    is_required: bool = False


@dataclass(frozen=True)
class Links:
    """Pairs of a many-to-many relation: a table of two columns."""

    name: str
    relation: models.Field
    owner: str

    @property
    def columns(self):
        target = self.relation.related_model._meta.model_name
        return (self.owner, target if target != self.owner else self.relation.name)


@dataclass(frozen=True)
class Table:
    """A table of the bundle. `owner` names the key to the row that one below a root belongs to."""

    name: str
    model: type
    owner: str = ""
    related: tuple = ()
    below: tuple = ()

    @property
    def key(self):
        """The name of the primary key."""
        if self.owner:
            return "id"
        return "number" if hasattr(self.model, "LETTER") else "slug"

    def rows(self, at):
        """The rows of a root that readers may open at a moment."""
        manager = self.model.objects
        return manager.public(at) if hasattr(manager.all(), "public") else kinds.seen_by_readers(manager.all(), at)

    @cached_property
    def fields(self):
        """The columns in the order of the model, the key first."""
        found = [self._column(field) for field in self.model._meta.concrete_fields if self._leaves(field)]
        return sorted(found, key=lambda column: (column.name != self.key, column.name != self.owner))

    @cached_property
    def links(self):
        own = self.model._meta.model_name
        return [Links(f"{self.name}_{name}", self.model._meta.get_field(name), own) for name in self.related]

    def _leaves(self, field):
        base = field.name[:-3] if field.name[-3:] in {f"_{lang}" for lang in LANGS} else field.name
        is_stored_per_language = hasattr(self.model, f"{field.name}_{LANGS[0]}")
        is_for_editors = base == "note" and self.model in NOTES_OF_EDITORS
        return not (base in KEPT_BACK or is_stored_per_language or is_for_editors)

    def _column(self, field):
        if not field.is_relation:
            return Field(field.name, field.name, field, is_required=field.name == self.key)
        target = field.related_model
        numbered, slugged = hasattr(target, "LETTER"), any(f.name == "slug" for f in target._meta.fields)
        lookup = f"{field.name}__number" if numbered else f"{field.name}__slug" if slugged else f"{field.name}_id"
        return Field(field.name, lookup, field, TABLE_OF[target], is_required=not field.null)


TABLE_OF = {}


def _table(name, model, *, owner="", related=(), below=()):
    TABLE_OF[model] = name
    return Table(name, model, owner, related, below)


def _below(name, owner_model, relation, *, related=()):
    """The rows that belong to those of a model by one of its relations."""
    found = owner_model._meta.get_field(relation).remote_field
    return _table(name, found.model, owner=found.name, related=related)


def _common(model, name):
    return _below(f"{name}_citations", model, "citations")


ROOTS = [
    _table("topics", Topic),
    _table("places", Place),
    _table("organisations", Organisation),
    _table("people", Person, below=(_below("offices", Person, "offices"),)),
    _table("sources", Source),
    _table("series", Series),
    _table("disagreements", Disagreement, below=(_below("disagreement_values", Disagreement, "values", related=("sources",)),)),
    _table(
        "events",
        Event,
        related=("topics", "disagreements", "related"),
        below=(_below("event_participants", Event, "participants"), _common(Event, "event")),
    ),
    _table(
        "agreements",
        Agreement,
        related=("topics", "disagreements", "events"),
        below=(
            _below("agreement_parties", Agreement, "parties"),
            _below("agreement_signatories", Agreement, "signatories"),
            _below("agreement_actions", Agreement, "actions", related=("sources",)),
            _below("agreement_phases", Agreement, "phases"),
            _below("agreement_relations", Agreement, "relations"),
            _below("agreement_references", Agreement, "references"),
            _below("agreement_texts", Agreement, "texts"),
            _common(Agreement, "agreement"),
        ),
    ),
    _table(
        "initiatives",
        Initiative,
        related=("topics", "disagreements", "agreements", "events", "related"),
        below=(_below("initiative_partners", Initiative, "partners"), _common(Initiative, "initiative")),
    ),
    _table(
        "commitments",
        Commitment,
        below=(_below("commitment_assessments", Commitment, "assessments", related=("sources",)), _common(Commitment, "commitment")),
    ),
    _table("trade_figures", TradeFigure),
    _table("quoted_figures", QuotedFigure, related=("disagreements",), below=(_common(QuotedFigure, "quoted_figure"),)),
]


def all_tables():
    """Every table of rows, those below a root after it."""
    return [table for root in ROOTS for table in (root, *root.below)]


def key_of(name):
    """The primary key of a table."""
    return next(table.key for table in all_tables() if table.name == name)
