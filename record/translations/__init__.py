"""Translations of one row: which texts it has, what each was made from, and what is missing, unreviewed or outdated.

`rule` holds the rule, pure; `passages` finds the texts of a row and of the rows below it; `following` stores what the rule
says; `asking` turns a status into a question to the database.
"""

from record.translations.asking import condition, counts, waiting
from record.translations.following import follow, has_text, made_from, refresh, review, wrongly_followed
from record.translations.passages import passages_of
from record.translations.rule import Status, status_of
from record.translations.states import state_of

__all__ = [
    "Status",
    "condition",
    "counts",
    "follow",
    "has_text",
    "made_from",
    "passages_of",
    "refresh",
    "review",
    "state_of",
    "status_of",
    "waiting",
    "wrongly_followed",
]
