"""The list of what happened to the record before readers' eyes, and how it leaves the site."""

from functools import partial

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from record import kinds, texts
from record.columns import LANGS
from record.history.fields import label
from record.history.subjects import key_of, public_rows, subjects, title_in
from record.listing import DayFilter, Facet, Listing
from record.models import Change
from record.outlets import Outlets


def letters():
    """The kinds of what is told of, by the letters of their numbers."""
    return [(letter, model._meta.verbose_name_plural) for letter, model in subjects().items()]


class ChangeListing(Listing):
    """Additions, corrections, withdrawals, by kind, by what happened and by day."""

    q = None
    kind = Facet(field_name="letter", choices=letters, label=_("Kind of entry"))
    what = Facet(choices=Change.What.choices, label=_("What happened"))
    after = DayFilter(field_name="at__date", lookup_expr="gte", label=_("From"))
    before = DayFilter(field_name="at__date", lookup_expr="lte", label=_("Until"))

    ORDERS = {
        "newest": (_("newest first"), lambda queryset: queryset.newest_first()),
        "oldest": (_("oldest first"), lambda queryset: queryset.order_by("at", "pk")),
    }

    class Meta:
        model = Change
        fields = []


def field_names(change):
    """What a correction changed, in words."""
    model = subjects()[change.letter]
    return [_called(model, name) for name in change.fields]


def _called(model, name):
    """A field by its name; a list of rows below by that of its rows."""
    relation = next((rel for rel in model._meta.related_objects if rel.get_accessor_name() == name), None)
    if relation is not None:
        return str(relation.related_model._meta.verbose_name_plural)
    return label(model, name) if name in {field.name for field in model._meta.get_fields()} else name


def entries_of(changes):
    """{number of the change: entry} of those entries, and of what entries share, that readers see."""
    found = {}
    for letter, model in subjects().items():
        numbers = {change.number for change in changes if change.letter == letter}
        if numbers:
            key = key_of(model)
            rows = public_rows(model).filter(**{f"{key}__in": numbers})
            rows = rows.without_texts() if hasattr(rows, "without_texts") else rows
            found |= {f"{letter}{getattr(row, key)}": row for row in rows}
    return found


class ChangeColumns:
    """The columns of a change, as other lists have theirs. A withdrawn entry has no title here."""

    model = Change
    changed = F("at")
    title, summary, date, kind = "title", "summary", "date", "what"
    names = (
        "number", "kind", "what", "fields", "figures", *(f"title_{lang}" for lang in LANGS), *(f"reason_{lang}" for lang in LANGS),
        "changed", "permanent_address", "page_address",
    )  # fmt: skip

    def reader(self, queryset, origin=""):
        """How rows are read: called with keys, it gives {key: {name: value}} of those that readers may hear of, in their order."""
        return partial(self._read, queryset, origin)

    def _read(self, queryset, origin, keys):
        changes = {change.pk: change for change in queryset.filter(pk__in=keys).order_by()}
        entries = entries_of(changes.values())
        return {key: self._row(changes[key], entries.get(changes[key].code), origin) for key in keys if key in changes}

    def _row(self, change, entry, origin):
        model = subjects()[change.letter]
        said = {"number": change.code, "kind": model._meta.model_name, "what": change.what}
        said |= {"fields": change.fields, "figures": change.figures}
        said |= {f"title_{lang}": title_in(entry, lang) if entry else "" for lang in LANGS}
        said |= {f"reason_{lang}": change.reasons.get(lang, "") for lang in LANGS}
        page = f"{origin}{address_of(change)}"
        return said | {"changed": change.at, "permanent_address": self._permanent(change, origin), "page_address": page}

    def _permanent(self, change, origin):
        """What tells one change from another for ever: the address of its entry, and its own key."""
        if kinds.model_of(change.letter):
            return f"{origin}{reverse('permanent', kwargs={'number': change.code})}#change-{change.pk}"
        with translation.override(settings.LANGUAGE_CODE):
            return f"{origin}{address_of(change)}"

    def text(self, row, name):
        """The heading of a change, or what is said of it, in the reader's language."""
        from types import SimpleNamespace

        if name == "summary":
            return texts.Text(texts.best(SimpleNamespace(**row), "reason").words, texts.reader_language())
        title = texts.best(SimpleNamespace(**row), "title").words
        heading = f"{row['number']} {title}".strip()
        return texts.Text(f"{Change.What(row['what']).label}: {heading}", texts.reader_language())

    def when(self, row):
        """What was changed, in words."""
        names = [_called(subjects()[row["number"][0]], name) for name in row["fields"]]
        if row["figures"] > 1:
            number = row["figures"]
            return ngettext("%(number)s trade figure with one import", "%(number)s trade figures with one import", number) % {
                "number": number
            }
        return ", ".join(names)


def address_of(change):
    """The page of the history of its entry, at the change."""
    return f"{reverse('entry-history', kwargs={'code': change.code})}#change-{change.pk}"


CHANGES = Outlets("changes", ChangeListing, ChangeColumns())
