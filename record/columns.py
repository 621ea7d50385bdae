"""What the data outlets say of a row, named once per kind: slugs, numbers and EDTF for machines, one column per language.

A batch of rows is read as plain values: one statement for what stands in the row, one for all lists of related rows.
"""

import datetime
from dataclasses import dataclass, field
from functools import cached_property
from types import SimpleNamespace

from django.conf import settings
from django.db.models import CharField, DateTimeField, Expression, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Greatest
from django.utils.translation import get_language, gettext

from record import dates, kinds, texts
from record.addresses import around
from record.counting import Below
from record.lookups import KEYS
from record.models import Source
from record.prepared import Prepared

LANGS = [code for code, _name in settings.LANGUAGES]
# The columns that are addresses.
ADDRESSES = ("permanent_address", "page_address")
# The moment of what has none.
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
# When a published row changed last for readers: the moment from which they see it counts too.
CHANGED = Greatest("modified_at", "publish_at")


@dataclass(frozen=True)
class Column:
    """A value that stands in the row, or in one that it leads to: `path` is the lookup, `said` how machines read it.

    `field` is the lookup of the model field that says its type, where `path` is not a field itself.
    """

    name: str
    path: str = ""
    said: object = None
    field: str = ""

    @property
    def lookup(self):
        return self.path or self.name

    def values(self, stored):
        """What is stored, as machines read it."""
        return [None if value is None else self.said(value) for value in stored] if self.said else stored


@dataclass(frozen=True)
class Several:
    """The values of related rows, each once; a model named as `of` gives the numbers or slugs of those alone that readers see."""

    name: str
    path: str
    of: type = None
    letter: str = ""
    single: bool = False

    def pairs(self, model, keys):
        """(name, key of the row, value as a text) of a batch; a statement that is joined with those of the other lists."""
        rows, key, value = self._others(model, keys) if self.of else self._own(model, keys)
        # Annotations all three, and no queryset of a translated model: either may put them in another order, which a union keeps.
        said = {"column_name": Value(self.name, CharField()), "column_key": F(key), "column_value": Cast(value, CharField())}
        plain = QuerySet(rows.model, query=rows.query)
        return plain.order_by().annotate(**said).values_list("column_name", "column_key", "column_value")

    def _own(self, model, keys):
        """Asked of the rows below, where there are any: they name the row that they belong to."""
        value = f"{self.path}__number" if self.letter else self.path
        if model._meta.get_field(value.partition("__")[0]).many_to_one:
            return model._base_manager.filter(pk__among=keys, **{f"{value}__isnull": False}), "pk", value
        below = Below.of(model, value)
        rows = below.model._base_manager.filter(**{f"{below.owner}__pk__among": keys, f"{below.rest}__isnull": False})
        return rows, f"{below.owner}_id", below.rest

    def _others(self, model, keys):
        """Asked from the other side, where the public list begins, and for these keys alone."""
        there = model._meta.get_field(self.path).remote_field
        back = self.path if getattr(there, "symmetrical", False) else there.name
        if hasattr(self.of, "LETTER"):
            return self.of.objects.public().filter(**{f"{back}__pk__among": keys}), back, "number"
        return kinds.seen_by_readers(self.of._base_manager.filter(**{f"{back}__pk__among": keys})), back, "slug"

    def in_order(self, values):
        """The values each once, numbers by size and words by letter; of a single one the value itself."""
        if not values:
            return None if self.single else []
        known = {value for value in values if value}
        found = [f"{self._letter}{value}" for value in sorted(known, key=int)] if self._letter else sorted(known)
        return (found[0] if found else None) if self.single else found

    @cached_property
    def _letter(self):
        return getattr(self.of, "LETTER", "") if self.of else self.letter


@dataclass(frozen=True)
class Columns:
    """The columns of one kind, in their order, and from which of them its title, date and summary are said.

    `of_report` names the column that tells whether the date is only that of the report; `page` names the argument, and
    `route` the address, of its page; `headed` says a row in words where no column is its title.
    """

    model: type
    columns: list
    changed: Expression = CHANGED
    title: str = "title"
    summary: str = "summary"
    date: str = "date"
    kind: str = "kind"
    page: str = "slug"
    of_report: str = ""
    route: str = ""
    headed: object = None
    is_permanent: bool = True
    names: list = field(init=False)

    def __post_init__(self):
        own = [column.name for column in self.columns]
        permanent = ["permanent_address"] if self.is_permanent else []
        object.__setattr__(self, "names", [*own, "changed", *permanent, "page_address"])

    @property
    def key(self):
        """The column by which a row is known: its number, or its slug where it has none."""
        return "number" if any(column.name == "number" for column in self.columns) else "slug"

    @cached_property
    def stored(self):
        return [column for column in self.columns if isinstance(column, Column)]

    @cached_property
    def several(self):
        return [column for column in self.columns if isinstance(column, Several)]

    def reader(self, queryset, origin=""):
        """How rows are read: called with keys, it gives {key: {name: value}} of those that `queryset` still shows, in their order."""
        return _Reader(self, queryset, origin).read

    def lists(self):
        """The question for the lists of a batch, one statement for all of them: (name of the list, key of the row, value)."""
        first, *rest = [column.pairs(self.model, KEYS) for column in self.several]
        return first.union(*rest, all=True)

    def leading(self, origin):
        """(name, the column from which it is said, how) of the addresses."""
        sample = f"{self.model.LETTER}7" if self.page == "code" else "7"
        before, after = around(self.route or self.model._meta.model_name, self.page, sample, get_language())
        source, start = {"slug": ("slug", 0), "number": (self.key, 1), "code": (self.key, 0)}[self.page]
        lead = [("page_address", source, lambda value: f"{origin}{before}{value[start:]}{after}")]
        if self.is_permanent:
            first, last = around("permanent", "number", "E7", get_language())
            lead.append(("permanent_address", "number", lambda number: f"{origin}{first}{number}{last}"))
        return lead

    def permanent(self, row, origin=""):
        return self._led(row, "permanent_address", origin)

    def address(self, row, origin=""):
        """The row's page in the current language."""
        return self._led(row, "page_address", origin)

    def _led(self, row, wanted, origin):
        return next(address(row[source]) for name, source, address in self.leading(origin) if name == wanted)

    def heading(self, row):
        """The row in a few words of the reader's language."""
        return texts.Text(self.headed(row), texts.reader_language()) if self.headed else self.text(row, self.title)

    def text(self, row, name):
        """A text of a row in the reader's language, or in the best other one."""
        if name in row:
            return texts.Text(row[name] or "", row.get("language") or "")
        return texts.best(SimpleNamespace(**row), name)

    def when(self, row):
        """The date of a row in words."""
        said = dates.spoken(row[self.date])
        return f"{said} ({gettext('date of the report')})" if said and row.get(self.of_report) else said


class _Reader:
    """Reads batch after batch. What is the same for all of them is put together once, and a batch goes column after column."""

    def __init__(self, columns, queryset, origin):
        self._names, self._stored, self._several = columns.names, columns.stored, columns.several
        lookups = [column.lookup for column in self._stored]
        chosen = queryset.filter(pk__among=KEYS).order_by().annotate(changed=columns.changed)
        self._rows = Prepared(chosen, "pk", *lookups, "changed")
        self._lists = Prepared(columns.lists()) if self._several else None
        self._leading = columns.leading(origin)

    def read(self, keys):
        found = self._rows.columns(keys)
        if not found:
            return {}
        at = {key: place for place, key in enumerate(found[0])}
        own = [key for key in keys if key in at]
        places = [at[key] for key in own]
        *stored, changed = [[values[place] for place in places] for values in found[1:]]
        said = {column.name: column.values(values) for column, values in zip(self._stored, stored, strict=True)}
        said |= self._said_in_lists(own) | {"changed": changed}
        said |= {name: list(map(address, said[source])) for name, source, address in self._leading}
        rows = zip(*(said[name] for name in self._names), strict=True)
        return {key: dict(zip(self._names, row, strict=True)) for key, row in zip(own, rows, strict=True)}

    def _said_in_lists(self, keys):
        found = {column.name: {} for column in self._several}
        for name, key, value in self._lists.rows(keys) if self._lists else ():
            found[name].setdefault(key, []).append(value)
        return {column.name: [column.in_order(found[column.name].get(key, ())) for key in keys] for column in self._several}


def numbered(model):
    """The row's own number, as readers see it: E12."""
    return Column("number", said=lambda number: f"{model.LETTER}{number}")


def in_every_language(*names):
    """One column per text and language."""
    return [Column(f"{name}_{lang}") for name in names for lang in LANGS]


def words(text):
    """A stored list of codes as a list."""
    return [word.strip() for word in text.split(",") if word.strip()]


SOURCES = Several("sources", "citations__source", letter="S")
CONFIRMED = [Column("confirmation"), Column("confirmed_by")]
TRANSLATED = [Column("original_language"), *in_every_language("translation")]
# What every event, agreement and initiative says of itself, around what its kind says.
DATED = [Column("date"), Column("date_from"), Column("date_to")]
TEXTS = in_every_language("title", "summary", "caveat")
TOPICS = Several("topics", "topics__slug")
ENTRY_END = [SOURCES, *CONFIRMED, Column("checked_on"), *TRANSLATED, Column("version")]


def last_version(model):
    """When a row changed last that keeps no moment of its own: its history does, and the moment from which readers see it."""
    versions = model.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_date").values("history_date")[:1]
    since = "publish_at" if hasattr(model, "publish_at") else Value(NEVER)
    return Greatest(Coalesce(Subquery(versions), since, output_field=DateTimeField()), since, output_field=DateTimeField())


SOURCE = Columns(
    Source,
    [
        numbered(Source),
        Column("kind"),
        Column("side"),
        Column("publisher"),
        Column("title"),
        Column("title_is_description"),
        Column("language"),
        Column("published"),
        Column("published_from"),
        Column("published_to"),
        Column("url"),
        Column("archived_url"),
        Column("read_on"),
        Column("version"),
    ],
    changed=last_version(Source),
    summary="publisher",
    date="published",
    page="number",
)
