"""A row with everything below it as it stood at one version: read from the tables of old versions, never from the present ones."""

from dataclasses import dataclass, field

from django.db.models import Q, prefetch_related_objects

from record import confirmation
from record.history.fields import lists_of, owner_field, parts_of
from record.models import Revision
from record.prepared import hold


@dataclass
class Kept:
    """One row as a version kept it: its values, and the keys of each of its lists."""

    row: object
    lists: dict

    @property
    def key(self):
        return self.row.id

    def value(self, field):
        return getattr(self.row, field.attname)

    def instance(self):
        """The row in memory, equal to a stored one; nothing of it is stored."""
        model = self.row.instance_type
        values = {f.attname: getattr(self.row, f.attname) for f in self.row.tracked_fields}
        made = model(**values)
        made._state.adding = False
        for name, keys in self.lists.items():
            put(made, name, list(model._meta.get_field(name).related_model._base_manager.filter(pk__in=keys)))
        return made


@dataclass
class Snapshot(Kept):
    """A row that has a page of its own on the desk, with the rows below it: {list: {key: Kept}}."""

    parts: dict = field(default_factory=dict)
    revision: int = 0

    def instance(self):
        made = super().instance()
        for name, rows in self.parts.items():
            own = owner_field(parts_of(type(made))[name])
            children = [kept.instance() for kept in rows.values()]
            for child in children:
                setattr(child, own.name, made)
            put(made, name, children)
        for name, value in self._confirmed().items():
            setattr(made, name, value)
        return made

    def _confirmed(self):
        """Who confirmed it then, by the rule."""
        if "citations" not in self.parts or not hasattr(self.row.instance_type, "confirmation"):
            return {}
        citations = [kept.instance() for kept in self.parts["citations"].values()]
        prefetch_related_objects(citations, "source")
        return confirmation.confirmation_of(citation.source.side for citation in citations)


def put(instance, name, rows):
    """Rows as what a relation of an instance in memory holds, so that whoever reads it reads these and no present ones."""
    hold(instance, name, rows, only=True)


def read(model, key, until):
    """The snapshot of a row at a version (a key of Revision), or None where it was not there."""
    return read_each(model, key, [until])[0]


def read_each(model, key, untils):
    """The snapshots of a row at several versions: what stands below it is read once."""
    rows = [model.history.filter(_until(until), id=key).order_by("-history_id").first() for until in untils]
    rows = [None if row is None or row.history_type == "-" else row for row in rows]
    if not any(rows):
        return rows
    last, parts = max(until or 0 for until in untils), parts_of(model)
    below = {name: _versions(child, key, last) for name, child in parts.items()}
    held = {}

    def kept(row):
        name = type(row), row.history_id
        if name not in held:
            held[name] = Kept(row, _lists(row))
        return held[name]

    return [
        row and Snapshot(row, _lists(row), {name: _there(versions, until or 0, kept) for name, versions in below.items()}, until or 0)
        for row, until in zip(rows, untils, strict=True)
    ]


def _until(revision):
    return Q(revision__isnull=True) | Q(revision__lte=revision or 0)


def _versions(child, key, last):
    return list(child.history.filter(_until(last), **{owner_field(child).attname: key}).order_by("history_id"))


def _there(versions, until, kept):
    newest = {row.id: row for row in versions if row.revision_id is None or row.revision_id <= until}
    there = [row for row in newest.values() if row.history_type != "-"]
    there.sort(key=lambda row: (getattr(row, "position", 0), row.id))
    return {row.id: kept(row) for row in there}


def _lists(row):
    """{name: keys of the rows in it}."""
    found = {}
    for listed in lists_of(row.instance_type):
        there = f"{listed.m2m_reverse_field_name()}_id"
        found[listed.name] = sorted(getattr(kept, there) for kept in getattr(row, listed.name).all())
    return found


def revisions_of(model, key):
    """The versions of a row and of what stands below it, newest first."""
    keys = model.history.filter(id=key, revision__isnull=False).order_by().values("revision")
    found = Q(pk__in=keys)
    for child in parts_of(model).values():
        own = owner_field(child)
        found |= Q(pk__in=child.history.filter(**{own.attname: key}, revision__isnull=False).order_by().values("revision"))
    return Revision.objects.filter(found).order_by("-pk")


def newest(model, key):
    """The key of the newest version of a row, 0 where none is kept."""
    return revisions_of(model, key).values_list("pk", flat=True).first() or 0


def last_before(model, key, revision):
    """The key of the version before another one, None for the first."""
    return revisions_of(model, key).filter(pk__lt=revision).values_list("pk", flat=True).first()


def last_at(model, key, moment):
    """The key of the version that stood at a moment, None where there was none."""
    return revisions_of(model, key).filter(moment__lte=moment).values_list("pk", flat=True).first()
