"""The rule of translations, as a table."""

import pytest

from record.translations import rule
from record.translations.rule import Status, fingerprint, mark_of, noted, status_of

OLD, NEW, AZ, AZ2 = "A visit.", "A state visit.", "Səfər.", "Dövlət səfəri."


def pair(original, words):
    return fingerprint(original), fingerprint(words)


@pytest.mark.parametrize(
    ("basis", "original", "words", "kept", "is_outdated"),
    [
        (None, OLD, AZ, pair(OLD, AZ), False),
        (pair(OLD, AZ), OLD, AZ, pair(OLD, AZ), False),
        (pair(OLD, AZ), NEW, AZ, pair(OLD, AZ), True),
        (pair(OLD, AZ), NEW, AZ2, pair(NEW, AZ2), False),
        (pair(OLD, AZ), OLD, AZ2, pair(OLD, AZ2), False),
        (pair(OLD, AZ), "", AZ, pair(OLD, AZ), True),
        (pair("", AZ), OLD, AZ, pair("", AZ), True),
        (pair(OLD, AZ), OLD, "", None, False),
        (pair(OLD, AZ), f"  {OLD}\r\n", AZ, pair(OLD, AZ), False),
    ],
    ids=[
        "new",
        "same",
        "original-changed",
        "both-changed",
        "translation-changed",
        "original-gone",
        "original-came",
        "translation-gone",
        "line-ends",
    ],
)
def test_translation_is_outdated_when_its_original_changes_and_it_does_not(basis, original, words, kept, is_outdated):
    found, outdated = noted({"title": basis} if basis else {}, {"title": (original, words)})
    assert (found.get("title"), outdated) == (kept, ["title"] if is_outdated else [])
    assert rule.read(rule.written(found)) == found


@pytest.mark.parametrize(
    ("basis", "seen", "original", "words", "kept"),
    [
        (pair(OLD, AZ), OLD, OLD, AZ, pair(OLD, AZ)),
        (pair("", AZ), OLD, OLD, AZ, pair(OLD, AZ)),
        (pair(OLD, AZ), OLD, NEW, AZ, pair(OLD, AZ)),
        (pair("", AZ), OLD, NEW, AZ, pair(OLD, AZ)),
        (pair(OLD, AZ), OLD, NEW, AZ2, pair(NEW, AZ2)),
        (None, OLD, NEW, AZ, pair(NEW, AZ)),
        (pair(OLD, AZ), None, NEW, AZ, pair(NEW, AZ)),
    ],
    ids=["compared", "outdated-and-compared", "original-changed", "outdated-and-changed-again", "both-changed", "new", "all-is-seen"],
)
def test_box_covers_the_original_that_was_seen_and_what_was_touched_with_it(basis, seen, original, words, kept):
    told = {} if seen is None else {"title": seen}
    found = rule.reviewed({"title": basis} if basis else {}, {"title": (original, words)}, told)
    assert found == {"title": kept}


@pytest.mark.parametrize(
    ("mark", "has_text", "is_original", "expected"),
    [
        ("", False, False, ""),
        ("reviewed", False, False, ""),
        ("", True, False, "machine"),
        ("original", True, False, "machine"),
        ("machine", True, False, "machine"),
        ("reviewed", True, False, "reviewed"),
        ("machine", True, True, "original"),
    ],
)
def test_no_text_is_reviewed_by_being_there(mark, has_text, is_original, expected):
    assert mark_of(mark, has_text=has_text, is_original=is_original) == expected


@pytest.mark.parametrize(
    ("mark", "is_outdated", "expected"),
    [
        ("", False, Status.MISSING),
        ("original", True, Status.ORIGINAL),
        ("machine", False, Status.MACHINE),
        ("machine", True, Status.OUTDATED),
        ("reviewed", False, Status.REVIEWED),
        ("reviewed", True, Status.OUTDATED),
    ],
)
def test_status_follows_from_mark_and_original(mark, is_outdated, expected):
    assert status_of(mark, is_outdated=is_outdated) == expected
