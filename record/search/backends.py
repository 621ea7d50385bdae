"""The two engines behind the search. Each is asked for the keys of the index rows that contain an expression.

An expression is a list of groups, of which all (or any) must be found; a group is a list of alternatives; an alternative is a
phrase of one or more tokens, the last of which may go on. Tokens are letters and figures only, and every one is quoted: no
question can be an error of syntax. Both engines are given the tokens as they are and split, fold and stem nothing themselves.
What they keep beside the table of index rows is made, and kept in step with it by the database, in migration 0005.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models.expressions import RawSQL
from pyroaring import BitMap

from record.inverted.column import CHUNK
from record.search.documents import PARTS

WEIGHTS = dict(zip(PARTS, "ABC", strict=True))


@dataclass(frozen=True)
class Alternative:
    """Tokens that stand one after another; with `open`, the last may be the beginning of a longer one."""

    tokens: tuple
    open: bool = False


def matching(groups, parts=PARTS, *, any_of=False):
    """The keys of the index rows in which the groups are found in some of these parts."""
    return RawSQL(*_statement(groups, parts, any_of))


def keys(groups, parts=PARTS, *, any_of=False):
    """The same keys as a set."""
    found = BitMap()
    with connection.cursor() as cursor:
        cursor.execute(*_statement(groups, parts, any_of))
        while rows := cursor.fetchmany(CHUNK):
            found.update([key for (key,) in rows])
    return found


def _statement(groups, parts, any_of):
    return (_sqlite if connection.vendor == "sqlite" else _postgres)(groups, parts, any_of)


def _sqlite(groups, parts, any_of):
    groups = [" OR ".join(f'"{" ".join(one.tokens)}"{" *" if one.open else ""}' for one in group) for group in groups]
    joined = (" OR " if any_of else " AND ").join(f"({group})" for group in groups)
    words = f"{{{' '.join(parts)}}} : ({joined})"
    return "SELECT rowid FROM record_searchindex WHERE record_searchindex MATCH %s", (words,)


def _postgres(groups, parts, any_of):
    weights = "".join(WEIGHTS[part] for part in parts)

    def phrase(one):
        quoted = [f"'{token}':{'*' if one.open and at == len(one.tokens) else ''}{weights}" for at, token in enumerate(one.tokens, 1)]
        return f"({' <-> '.join(quoted)})"

    joined = (" | " if any_of else " & ").join(f"({' | '.join(map(phrase, group))})" for group in groups)
    return "SELECT id FROM record_searchentry WHERE words @@ %s::tsquery", (joined,)


def rebuild():
    """Let the engine read the stored rows anew, in one statement; its old index holds until then."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO record_searchindex(record_searchindex) VALUES ('rebuild')")
