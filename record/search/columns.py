"""What the data outlets say of what was found, whatever its kind."""

from functools import partial
from types import SimpleNamespace

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import translation

from record import dates, kinds, texts
from record.columns import LANGS
from record.models import SearchEntry
from record.search import documents, hits

OWN = ("number", "kind", "date", *(f"title_{lang}" for lang in LANGS), *(f"summary_{lang}" for lang in LANGS), "title", "title_language")


class SearchColumns:
    """The columns of the search, as other lists have theirs.

    `title` and `title_language` are filled where a title exists in one language only: of sources, and of quoted figures.
    """

    model = SearchEntry
    changed = F("changed_at")
    title, summary, date, kind = "title", "summary", "date", "kind"
    names = (*OWN, "changed", "permanent_address", "page_address")

    def reader(self, queryset, origin=""):
        """How rows are read: called with keys, it gives {key: {name: value}} of those that readers may see, in their order."""
        return partial(self._read, queryset, origin)

    def _read(self, queryset, origin, keys):
        entries = {entry.pk: entry for entry in queryset.filter(pk__in=keys).order_by().defer("title", "summary", "body")}
        rows = hits.rows_of([entry.place for entry in entries.values()])
        found = [(key, entries[key], rows.get(entries[key].place)) for key in keys if key in entries]
        return {key: self._row(entry, row, origin) for key, entry, row in found if row is not None}

    def _row(self, entry, row, origin):
        document = documents.by_name(entry.kind)
        name = hits.title_of(document, row)
        is_plain = bool(document.language or document.heading)
        said = dict.fromkeys(self.names, "")
        said |= {"number": getattr(row, "code", ""), "kind": entry.kind, "date": getattr(row, document.date) if document.date else ""}
        for lang in LANGS:
            said[f"title_{lang}"] = "" if is_plain else getattr(row, f"{document.title[0]}_{lang}")
            said[f"summary_{lang}"] = getattr(row, f"{document.summary[0]}_{lang}") if document.summary else ""
        if is_plain:
            said |= {"title": name.words, "title_language": name.lang}
        return said | {
            "changed": entry.changed_at,
            "permanent_address": self._permanent(entry, document, row, origin),
            "page_address": f"{origin}{document.page(row)}",
        }

    def _permanent(self, entry, document, row, origin):
        """The address by number; of what has none, the page in the language that is there always."""
        if entry.letter and kinds.model_of(entry.letter):
            return f"{origin}{reverse('permanent', kwargs={'number': row.code})}"
        with translation.override(settings.LANGUAGE_CODE):
            return f"{origin}{document.page(row)}"

    def text(self, row, name):
        """A text of a row in the reader's language, or in the best other one."""
        if row.get(name):
            return texts.Text(row[name], row["title_language"])
        return texts.best(SimpleNamespace(**row), name)

    def when(self, row):
        """The date of a row in words."""
        return dates.spoken(row["date"])


SEARCH = SearchColumns()
