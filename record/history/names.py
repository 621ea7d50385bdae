"""Names of the rows that old versions lead to, read in few statements; for readers, only names that they may read."""

from django.utils.translation import gettext

from record import kinds, texts
from record.models import Citation
from record.search import documents


class Names:
    """`names(model, key)` in words. `for_readers` withholds what readers do not see today."""

    def __init__(self, *, for_readers=False):
        self.for_readers = for_readers
        self._known = {}

    def __call__(self, model, key):
        return self.of_row(model, key) or (
            gettext("no longer on the site") if self.for_readers else gettext("deleted (%(key)s)") % {"key": key}
        )

    def of_row(self, model, key):
        """The name, '' where there is none to tell."""
        if (model, key) not in self._known:
            self.learn(model, [key])
        return self._known[model, key]

    def learn(self, model, keys):
        """Read the names of several rows at once."""
        wanted = {key for key in keys if key is not None and (model, key) not in self._known}
        if not wanted:
            return
        rows = model._base_manager.filter(pk__in=wanted)
        found = {row.pk: name_of(row) for row in (self._readable(model, rows) if self.for_readers else rows)}
        self._known |= {(model, key): found.get(key, "") for key in wanted}

    def _readable(self, model, rows):
        if hasattr(model, "state"):
            return model.objects.public().filter(pk__in=rows.values("pk"))
        if model._meta.model_name == "office":
            return rows.filter(person__in=kinds.seen_by_readers(model._meta.get_field("person").related_model._base_manager.all()))
        return kinds.seen_by_readers(rows)

    def is_hidden(self, model, key):
        """Whether a row is an entry that readers do not see."""
        return self.for_readers and hasattr(model, "state") and key is not None and not self.of_row(model, key)


def name_of(row):
    """What a row is called: its number, and its title or name in the best language."""
    if isinstance(row, Citation):
        return str(row.source)
    if (document := documents.of_model(type(row))) and document.heading:
        return f"{row.code} {document.heading(row)}"
    for name in ("title", "name", "label", "alt"):
        if words := texts.best(row, name).words:
            return f"{row.code} {words}" if getattr(row, "number", None) and hasattr(row, "code") else words
    return str(row)
