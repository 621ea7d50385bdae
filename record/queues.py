"""What waits for an editor, registered by whoever knows it, and shown with counts on the desk's first page.

A queue either gives its lines itself, or gathers what `wait` has registered under its name: which rows of a model wait, as one
condition. The count on the first page and the list behind it (`?queue=<key>`, see `record.adminbase.waiting`) are that condition.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One row of a queue: what, how many, and the address of the list that shows exactly these; a note, where there is one."""

    label: str
    count: int
    address: str
    note: str = ""


@dataclass(frozen=True)
class Queue:
    """A queue: its name, what it is called, a sentence on what to do, and its lines for a person, where it counts them itself."""

    name: str
    label: str
    hint: str
    lines: Callable | None = None


@dataclass(frozen=True)
class Waiting:
    """Rows of a model that wait in a queue: those that meet `condition(user)`, a Q.

    `key` stands in the address of the list, `label` is said where it is not the model's own name, `next_at` names the moment
    column of which the first one is told.
    """

    queue: str
    key: str
    model: type
    condition: Callable
    label: str = ""
    next_at: str = ""


_queues = {}
_waiting = {}


def register(queue):
    """Called once for each queue, when the app that knows it is ready."""
    _queues[queue.name] = queue


def wait(queue, model, condition, *, key="", label="", next_at=""):
    """Say which rows of a model wait in a queue: a function of the person that gives a Q."""
    found = Waiting(queue, key or queue, model, condition, label, next_at)
    _waiting[model, found.key] = found


def all_queues():
    """Every queue, in the order in which they were registered."""
    return list(_queues.values())


def all_waiting():
    """Everything registered by `wait`."""
    return list(_waiting.values())


def waiting_for(model):
    """What waits among the rows of a model, by key."""
    return {key: one for (owner, key), one in _waiting.items() if owner is model}
