"""The index follows the record: what is saved, published, withdrawn or deleted is so in the index, in the same transaction."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from record.models.entry import UNDATED
from record.models.search import SearchEntry, SearchTerm
from record.search import documents
from record.search.spelling import bare, normal, words_of

BATCH = 200
LONGEST_TERM, SHORTEST_TERM = 60, 4
# Not compared: the moment of a change is taken over with the words.
KEY = ("kind", "object_id")
COMPARED = ("letter", "number", "since", "first", "last", "day", "title", "summary", "body", "title_words")


def follow(rows):
    """Bring the index up to date with rows of one model that have just been saved, and with the rows that are found by their names."""
    for start in range(0, len(rows), BATCH):
        _follow(type(rows[0]), [row.pk for row in rows[start : start + BATCH]])


def _follow(model, keys):
    if document := documents.of_model(model):
        before = _titles(document, keys)
        index(document, keys)
        after = _titles(document, keys)
        # By the names of what was not there before nothing was found.
        keys = [key for key, title in before.items() if after.get(key) != title]
    if not keys:
        return
    for other, path in _found_by(model):
        found = list(other.indexed().filter(**{f"{path}__in": keys}).order_by().values_list("pk", flat=True).distinct())
        for start in range(0, len(found), BATCH):
            index(other, found[start : start + BATCH])


def _titles(document, keys):
    """{key: title} of those of these rows that are in the index."""
    return dict(SearchEntry.objects.filter(kind=document.name, object_id__in=keys).values_list("object_id", "title"))


def _found_by(model):
    """(document, lookup) of every kind of row that has names or parts from rows of a model."""
    for document in documents.all_documents():
        for path in (*document.named, *(path for path, _column in document.parts)):
            if _end_of(document.model, path) is model:
                yield document, path


def _end_of(model, path):
    for step in path.split("__"):
        model = model._meta.get_field(step).related_model
    return model


def remove(row):
    """Take a row that is being deleted out of the index."""
    if document := documents.of_model(type(row)):
        SearchEntry.objects.filter(kind=document.name, object_id=row.pk).delete()


@transaction.atomic
def index(document, keys, *, met=None):
    """Store what the search is to know of the rows of these keys; forget those that readers will not see. How many changed.

    `met`, a set, is given all their words, and words that are lost are learnt again.
    """
    stored = {entry.object_id: entry for entry in SearchEntry.objects.filter(kind=document.name, object_id__in=keys)}
    changed, terms = [], set()
    for entry, words in made(document, keys, lock=True):
        old = stored.pop(entry.object_id, None)
        if old is None or not same(old, entry):
            changed.append(entry)
            terms |= words
        if met is not None:
            terms |= words
    # Somebody else may have stored the same row meanwhile: the later one holds.
    SearchEntry.objects.bulk_create(changed, update_conflicts=True, unique_fields=KEY, update_fields=[*COMPARED, "changed_at"])
    if stored:
        SearchEntry.objects.filter(pk__in=[entry.pk for entry in stored.values()]).delete()
    _learn(terms if met is None else terms - met)
    if met is not None:
        met |= terms
    return len(changed) + len(stored)


def made(document, keys, *, lock=False):
    """(index row, its words) of each row of these keys that readers see now or will see; nothing is stored.

    With `lock`, nobody changes those rows until the transaction ends: what is made of them is not outdated when it is stored.
    """
    rows = document.indexed().filter(pk__in=keys).order_by()
    rows = list(document.with_parts(rows.select_for_update(no_key=True) if lock else rows))
    moments = _moments(document, rows)
    for row in rows:
        passages = document.searched(row)
        yield _entry(document, row, passages, moments.get(row.pk)), _terms(passages)


def _entry(document, row, passages, changed):
    first, last = (getattr(row, name) for name in document.bounds) if document.bounds else (None, None)
    titles = [len(list(words_of(normal(words)))) for words in document.titles(row)]
    return SearchEntry(
        kind=document.name,
        object_id=row.pk,
        letter=getattr(row, "LETTER", ""),
        number=getattr(row, "number", None) or 0,
        since=row.publish_at if document.is_entry else None,
        first=first,
        last=last,
        day=first or UNDATED,
        changed_at=max(filter(None, (changed, row.publish_at if document.is_entry else None)), default=timezone.now()),
        title_words=min(filter(None, titles), default=0),
        **documents.streams(passages),
    )


def _moments(document, rows):
    """{key: when the row changed last}; what keeps no moment of its own has it from its history."""
    if hasattr(document.model, "modified_at"):
        return {row.pk: row.modified_at for row in rows}
    own = document.model._meta.pk.name
    versions = document.model.history.filter(**{f"{own}__in": [row.pk for row in rows]})
    return dict(versions.order_by().values_list(own).annotate(Max("history_date")))


def same(one, other):
    """Whether two index rows say the same."""
    return all(getattr(one, name) == getattr(other, name) for name in COMPARED)


def _terms(passages):
    words = {bare(match[0]) for said in passages for match in words_of(normal(said.words))}
    return {word for word in words if SHORTEST_TERM <= len(word) <= LONGEST_TERM and word.isalpha()}


def _learn(words):
    known = set(SearchTerm.objects.filter(word__in=words).values_list("word", flat=True)) if words else set()
    SearchTerm.objects.bulk_create([SearchTerm(word=word) for word in sorted(words - known)], ignore_conflicts=True)
