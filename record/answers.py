"""What a page asked of the database and what it was answered: while the answers are the same, so is the page.

A page is made of nothing but the answers to its questions and of the day. So after a commit it need not be made anew: it is
enough to ask its questions again. That costs a small part of the making, it is exact whoever wrote what, and a commit that
changed nothing that the page rests on leaves it standing.

Questions that look at the present take it from `moment()`: when they are asked again, the present is a later one.
"""

import datetime
import re
import sqlite3
import sys
import threading
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from hashlib import blake2b
from itertools import islice

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime

# Whoever asks more than this is made anew instead.
MOST_QUESTIONS, MOST_PARAMETERS = 500, 20_000
# Bytes of a parameter, about.
PARAMETER = 50
# Statements that are kept as SQLite reads them.
MOST_WRITTEN = 2_000
# A moment this near to the present, in a question that did not take it from here, is somebody's own idea of “now”.
NEAR = datetime.timedelta(hours=1)
# By then everything that is scheduled has become public.
FOREVER = datetime.datetime(9999, 1, 1, tzinfo=datetime.UTC)
READING = re.compile(r"\s*\(*\s*(SELECT|WITH)\b(?!.*\b(INSERT|UPDATE|DELETE)\b)", re.DOTALL)
_open = ContextVar("asked", default=None)


class Present:
    """Stands in a question for the moment at which it is asked."""


PRESENT = Present()


class Asked:
    """The questions of one computation, with a mark of every answer, and what it rests on besides: parts with questions of their own."""

    def __init__(self):
        self.moment = timezone.now()
        self._questions, self._parts, self._is_known, self._parameters = [], {}, True, 0
        self._lock, self._seen = threading.Lock(), None

    @property
    def has_questions(self):
        """Whether anything was asked: what asked nothing rests on something else, of which nobody is told."""
        return bool(self._questions) or any(part.has_questions for part in self._parts.values())

    @property
    def weight(self):
        """About how many bytes of memory the questions take."""
        return 200 * len(self._questions) + PARAMETER * self._parameters + sum(part.weight for part in self._parts.values())

    def add(self, sql, parameters, rows):
        """A question and its answer."""
        if not self._is_known:
            return
        parameters = tuple(parameters or ())
        # A parameter may be a list of keys, or one written as JSON: as many bytes as signs.
        self._parameters += len(parameters) + sum(len(value) for value in parameters if isinstance(value, list))
        self._parameters += sum(len(value) // PARAMETER for value in parameters if isinstance(value, str))
        if len(self._questions) >= MOST_QUESTIONS or self._parameters > MOST_PARAMETERS:
            return self.forget()
        now = stored(self.moment)
        held = tuple(PRESENT if value == now else value for value in parameters)
        if any(_is_near(value, self.moment) for value in held):
            return self.forget()
        self._questions.append((sys.intern(sql), held, _mark(rows)))

    def forget(self):
        """Nobody can tell from its questions whether this is still right."""
        self._is_known, self._questions, self._parts, self._parameters = False, [], {}, 0

    def rest_on(self, part):
        """What was computed rests on this too."""
        if part is not self and self._is_known:
            self._parts[id(part)] = part

    def stands(self, generation):
        """Whether all questions have the same answers in a generation of the record; each is asked once in a generation."""
        if not self._is_known or not self.has_questions:
            return False
        with self._lock:
            if self._seen is None or self._seen[0] < generation:
                self._seen = generation, self._has_the_same_answers(generation)
            return self._seen[1]

    def _has_the_same_answers(self, generation):
        if not all(part.stands(generation) for part in self._parts.values() if part.has_questions or not part._is_known):
            return False
        now = stored(timezone.now())
        try:
            with connection.cursor() as cursor, connection.wrap_database_errors:
                for sql, held, mark in self._questions:
                    if _mark(_ask(cursor.cursor, sql, [now if value is PRESENT else value for value in held])) != mark:
                        return False
        except (DatabaseError, InterfaceError):
            return False
        return True


@contextmanager
def recorded():
    """Remember what is asked within, and for whatever is recorded around it too."""
    around, asked = _open.get(), Asked()
    if around:
        asked.moment = around.moment
    token = _open.set(asked)
    try:
        # Heard twice, an answer would be read twice.
        with nullcontext() if _hear in connection.execute_wrappers else connection.execute_wrapper(_hear):
            yield asked
    finally:
        _open.reset(token)
        if around:
            around.rest_on(asked)


@contextmanager
def unheard():
    """Ask within without being remembered: for what is made for all, and rests on a question of its own."""
    token = _open.set(None)
    try:
        yield
    finally:
        _open.reset(token)


def rest_on(asked):
    """What is being recorded rests on something that was recorded before."""
    if around := _open.get():
        around.rest_on(asked)


def moment():
    """The present, for questions: one and the same for everything that is recorded together."""
    asked = _open.get()
    return asked.moment if asked else timezone.now()


def present():
    """The present, for what has been read: a row may have been published after the moment of the questions and before it was read. Its
    readers see it, and no question that is asked again would tell that they did not."""
    return max(moment(), timezone.now())


def _hear(execute, sql, parameters, many, context):
    result, asked = execute(sql, parameters, many, context), _open.get()
    if asked is None:
        return result
    if many or not isinstance(sql, str) or not READING.match(sql):
        asked.forget()
        return result
    wrapper = context["cursor"]
    cursor = getattr(wrapper.cursor, "read_cursor", wrapper.cursor)
    with connection.wrap_database_errors:
        rows = cursor.fetchall()
    wrapper.cursor = _Read(cursor, rows)
    asked.add(sql, parameters, rows)
    return result


class _Read:
    """A cursor whose rows have been read, and which gives them as if they had not."""

    def __init__(self, cursor, rows):
        self.read_cursor, self._rows = cursor, iter(rows)

    def __getattr__(self, name):
        return getattr(self.read_cursor, name)

    def __iter__(self):
        return self._rows

    def fetchone(self):
        return next(self._rows, None)

    def fetchmany(self, size=None):
        return list(islice(self._rows, size or self.read_cursor.arraysize))

    def fetchall(self):
        return list(self._rows)


def _ask(cursor, sql, parameters):
    """All rows of the database's own cursor. SQLite has other marks for parameters, written once for each statement."""
    if isinstance(cursor, sqlite3.Cursor):
        sqlite3.Cursor.execute(cursor, _for_sqlite(cursor, sql), parameters)
    else:
        cursor.execute(sql, parameters)
    return cursor.fetchall()


def _for_sqlite(cursor, sql):
    found = _written.get(sql)
    if found is None:
        if len(_written) >= MOST_WRITTEN:
            _written.clear()
        found = _written[sql] = cursor.convert_query(sql)
    return found


_written = {}


def _mark(rows):
    return blake2b(repr(rows).encode(), digest_size=16).digest()


def stored(at):
    """A moment as it stands among the parameters of a question."""
    return connection.ops.adapt_datetimefield_value(at)


def _is_near(value, at):
    if isinstance(value, str):
        try:
            value = parse_datetime(value) if 19 <= len(value) <= 35 and value[4:5] == "-" else None
        except ValueError:
            # Written like a moment, and none.
            return False
    if not isinstance(value, datetime.datetime):
        return False
    value = value if timezone.is_aware(value) else value.replace(tzinfo=datetime.UTC)
    return abs(value - at) < NEAR
