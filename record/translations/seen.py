"""What somebody who ticks a box has seen of the original: the texts of the version that his form was opened with."""

from record.history import snapshots
from record.translations.passages import passages_of


def originals(entry):
    """{path: the original} of a stored row and the rows below it, as the database holds them now."""
    stored = type(entry)._base_manager.get(pk=entry.pk)
    return {passage.path: passage.text(stored.original_language) for passage in passages_of(stored)}


def originals_at(entry, revision):
    """The same as a version of the row told it; of rows that are there now."""
    then = snapshots.read(type(entry), entry.pk, revision)
    return {path: _text(then, path) for path in originals(entry)}


def _text(then, path):
    *below, name = path.split(".")
    kept = then.parts.get(below[0], {}).get(int(below[1])) if below else then
    return getattr(kept.row, f"{name}_{then.row.original_language}", None) or "" if kept else ""
