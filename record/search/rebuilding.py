"""The whole index against the record: what disagrees, and making it right, a batch at a time.

A batch is a transaction of its own that only writes what differs. Whoever searches meanwhile, and whoever searches after the
work was broken off, finds every row, as it was or as it should be.
"""

from django.db import transaction

from record.models.search import SearchEntry, SearchTerm
from record.search import backends, documents, keeping


def batches():
    """(document, keys) of everything that belongs into the index."""
    for document in documents.all_documents():
        keys = list(document.indexed().order_by().values_list("pk", flat=True))
        for start in range(0, len(keys), keeping.BATCH):
            yield document, keys[start : start + keeping.BATCH]


def rebuild(*, progress=iter):
    """Make the index what the record says; how many rows were wrong. `progress` wraps the list of batches."""
    met = set()
    changed = sum(keeping.index(document, keys, met=met) for document, keys in progress(list(batches())))
    changed += _forget()
    _unlearn(met)
    backends.rebuild()
    return changed


def _forget():
    """Delete the index rows of what readers will not see."""
    gone = 0
    for document, rows in _stored():
        with transaction.atomic():
            gone += rows.exclude(object_id__in=document.indexed().order_by().values("pk")).delete()[0]
    unknown = SearchEntry.objects.exclude(kind__in=[document.name for document in documents.all_documents()])
    return gone + unknown.delete()[0]


def _unlearn(met):
    """Delete the words that no text has any more. Nothing is found by them."""
    lost = sorted(set(SearchTerm.objects.values_list("word", flat=True)) - met)
    for start in range(0, len(lost), keeping.BATCH):
        SearchTerm.objects.filter(word__in=lost[start : start + keeping.BATCH]).delete()


def _stored():
    for document in documents.all_documents():
        yield document, SearchEntry.objects.filter(kind=document.name)


def wrongly_indexed():
    """(index row, what is wrong, its remedy) of everything in which the index disagrees with the record."""
    for document, keys in batches():
        stored = {entry.object_id: entry for entry in SearchEntry.objects.filter(kind=document.name, object_id__in=keys)}
        for entry, _words in keeping.made(document, keys):
            old = stored.get(entry.object_id)
            if old is None or not keeping.same(old, entry):
                yield entry, "missing" if old is None else "old", lambda row, document=document: keeping.index(document, [row.object_id])
    for document, rows in _stored():
        for entry in rows.exclude(object_id__in=document.indexed().order_by().values("pk")):
            yield entry, "left over", lambda row: SearchEntry.objects.filter(pk=row.pk).delete()
