"""The kinds of entry, registered by the apps that own them, so that shared pages need not name them."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from record import inverted, kept


@dataclass(frozen=True)
class Kind:
    """A kind of entry: the letter of its numbers, its model, the word in its addresses, how a row looks.

    `involving` says, per reference model, by which lookup an entry of this kind leads to one of its rows;
    `listed` tells which of them is also a filter of the kind's list, under the same name. `meets` says that two of one day and
    sort at one place, or with the same people, are likely one.
    """

    letter: str
    model: type
    path: str
    row: str
    involving: dict = field(default_factory=dict)
    listed: frozenset = frozenset()
    meets: bool = False

    @property
    def name(self):
        return self.model._meta.verbose_name

    @property
    def plural(self):
        return self.model._meta.verbose_name_plural

    def entries_of(self, row, at=None):
        """Public entries of this kind that involve a reference row, newest first."""
        lookups = self.involving.get(type(row)._meta.model_name, ())
        own = Q(pk__in=())
        for lookup in lookups:
            own |= Q(pk__in=self.model._base_manager.filter(**{lookup: row}).values("pk"))
        return self.model.objects.public(at).filter(own).for_list().newest_first()


_kinds = {}
_witnesses = {}
_numbered = {}


def register(kind):
    """Called once by each app that owns a kind, when it is ready."""
    _kinds[kind.letter] = kind


def witness(model, involving):
    """Other public rows that lead readers to reference rows, as a quoted figure leads to its sources."""
    _witnesses[model] = involving


def numbered(model):
    """Rows of this model have a page of their own, and a permanent address by their number, without being a kind of entry."""
    _numbered[model.LETTER] = model


def model_of(letter):
    """The model whose rows a letter numbers and readers can open, or None."""
    kind = by_letter(letter)
    return kind.model if kind else _numbered.get(letter.upper())


def numbered_letters():
    """The letters of everything that has a permanent address."""
    return [*_kinds, *_numbered]


def all_kinds():
    """Every kind, in the order in which the site names them."""
    return list(_kinds.values())


def by_letter(letter):
    """The kind of a number's letter, or None."""
    return _kinds.get(letter.upper())


def seen_by_readers(queryset, at=None):
    """Those rows of a reference table, or those sources, that some public entry leads to.

    A name that only drafts mention is as unpublished as they are.
    """
    return queryset.filter(leads_here(queryset.model._meta.model_name, at))


def leads_here(name, at, key="pk"):
    """The condition that some public entry leads to the row of the reference table `name` whose key stands in `key`."""
    found = Q(pk__in=())
    leading = [(kind.model, kind.involving) for kind in all_kinds()] + list(_witnesses.items())
    for model, involving in leading:
        for lookup in involving.get(name, ()):
            rows = model.objects.public(at).filter(**{lookup: OuterRef(key)})
            found |= Q(Exists(rows.order_by().values("pk")))
    return found


def public_count(at=None):
    """How many entries of each kind readers see, as (kind, number) pairs."""
    if at is not None:
        return [(kind, kind.model.objects.public(at).count()) for kind in all_kinds()]
    return kept.part(_public_count, "kinds")


def _public_count():
    with inverted.following([kind.model for kind in all_kinds()]) as follows:
        return [(kind, len(inverted.public(kind.model)) if follows else kind.model.objects.public().count()) for kind in all_kinds()]
