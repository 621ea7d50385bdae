"""One search over everything that readers may see.

The interface is narrow, so that another engine can stand behind it: `follow` and `remove` keep the index of a row, `rebuild`
makes all of it anew, `ask` answers a question with the index rows that it finds.
"""


def follow(row):
    """Bring the index up to date with a row that has just been saved, in the caller's transaction; once for all of one version."""
    from record.history import once_stored
    from record.search import keeping

    once_stored(keeping.follow, row)


def remove(row):
    """Take a row that is being deleted out of the index, in the caller's transaction."""
    from record.search import keeping

    keeping.remove(row)


def ask(said, *, any_of=False, at=None):
    """A question in words, read; its `found(queryset)` and `ranked(queryset)` narrow and order index rows."""
    from record.search.question import Question

    return Question(said, any_of=any_of, at=at)
