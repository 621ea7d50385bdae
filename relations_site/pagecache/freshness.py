"""Whether anybody has committed anything since: asked of the database before every page, by a connection that never writes.

SQLite tells by `PRAGMA data_version`, which changes when another connection commits; PostgreSQL by its snapshot, which names
the transactions whose work can be seen: while it is the same text, the same rows are there. Both are exact, whoever wrote, by
whatever program, on whatever machine, and neither needs a counter that writers would queue for. A database that does not
answer leaves the last answer standing: pages that are in memory are still served.
"""

import logging
import select
import sqlite3
import threading
import time

log = logging.getLogger(__name__)
# Seconds between two attempts to reach a database that was gone, at least and at most.
PAUSE, LONGEST_PAUSE = 1.0, 5.0


class Unreachable(Exception):
    """The database does not answer."""


class Asked:
    """A database, asked by a connection of its own. One that broke says nothing of the database: a new one asks at once."""

    def __init__(self):
        self._connection, self._opened = None, 0

    def version(self):
        """What is another value after every commit, by whichever connection it was asked. Raises Unreachable."""
        attempts = 1 if self._connection is None else 2
        for left in reversed(range(attempts)):
            try:
                if self._connection is None:
                    self._connection, self._opened = self._open(), self._opened + 1
                return self._opened, self._ask(self._connection)
            except self._errors as error:
                self._connection = None
                if not left:
                    raise Unreachable(str(error)) from error


class OfSqlite(Asked):
    """Asks a SQLite file."""

    def __init__(self, path):
        super().__init__()
        self._path, self._errors = path, sqlite3.Error

    def _open(self):
        opened = sqlite3.connect(self._path, check_same_thread=False, timeout=1)
        opened.execute("PRAGMA query_only=1")
        return opened

    def _ask(self, connection):
        return connection.execute("PRAGMA data_version").fetchone()[0]


class OfPostgres(Asked):
    """Asks a PostgreSQL server, by libpq itself: it is asked before every page, and Python's way there takes three times as long.

    A server that takes the question and never answers, as one that was frozen does, is given up after `PATIENCE` seconds: no time-out of
    its own would end it.
    """

    NAME, QUERY, PATIENCE = b"fresh", b"SELECT pg_current_snapshot()::text", 2.0

    def __init__(self, settings):
        import psycopg

        super().__init__()
        self._settings, self._poll, self._library, self._errors = settings, None, psycopg, psycopg.Error

    def _open(self):
        opened = self._library.connect(**{**self._settings, "connect_timeout": 2, "tcp_user_timeout": 3000}, autocommit=True)
        self._poll = select.poll()
        self._poll.register(opened.fileno(), select.POLLIN)
        opened.pgconn.send_prepare(self.NAME, self.QUERY)
        self._answer(opened.pgconn, self._library.pq.ExecStatus.COMMAND_OK)
        return opened

    def _ask(self, connection):
        connection.pgconn.send_query_prepared(self.NAME, None)
        return self._answer(connection.pgconn, self._library.pq.ExecStatus.TUPLES_OK).get_value(0, 0)

    def _answer(self, asked, wanted):
        """The answer to what was sent, within the time that is given for it."""
        until, answers = time.monotonic() + self.PATIENCE, []
        # What follows the answer is its end, for which nobody waits longer either.
        while not answers or answers[-1] is not None:
            while asked.is_busy():
                if not self._poll.poll(1000 * max(0.0, until - time.monotonic())):
                    raise self._library.OperationalError(f"no answer within {self.PATIENCE:g} s")
                asked.consume_input()
            answers.append(asked.get_result())
        answer = answers[0]
        if answer is None or answer.status != wanted:
            raise self._library.OperationalError(asked.error_message.decode(errors="replace"))
        return answer


class Freshness:
    """A number that is another one after every commit. One connection for all threads, so that its answers can be compared.

    Who waits for it takes the answer to a question that was put after he came: it tells of every commit until then.
    """

    def __init__(self, asked, clock=time.monotonic):
        self._asked, self._clock, self._lock = asked, clock, threading.Lock()
        self._last, self._generation, self._silent_until = None, 0, 0.0
        # How many questions were put, the last of them that is through, and whether there was an answer.
        self._put, self._through, self._answered = 0, 0, False

    def generation(self):
        """The present generation of the record; (number, whether the database answered)."""
        put_before = self._put
        with self._lock:
            if self._through <= put_before:
                self._put += 1
                self._answered, self._through = self._ask(), self._put
            return self._generation, self._answered

    def _ask(self):
        """Put the question, and go on to the next generation if the answer is another one. Whether there was any."""
        began = self._clock()
        if began < self._silent_until:
            return False
        try:
            version = self._asked.version()
        except Unreachable as error:
            if not self._silent_until:
                log.warning("The database does not answer; pages in memory are still served: %s", error)
            # One that keeps us waiting for its silence is asked less often: most of the time nobody waits.
            self._silent_until = self._clock() + min(LONGEST_PAUSE, max(PAUSE, 5 * (self._clock() - began)))
            return False
        if version != self._last or self._silent_until:
            self._last, self._silent_until = version, 0.0
            self._generation += 1
        return True


def of_database(database):
    """The right way to ask a database of Django's settings, or None where there is none (a database in memory)."""
    engine, name = database["ENGINE"].rpartition(".")[2], str(database["NAME"])
    if engine == "sqlite3":
        return None if ":memory:" in name or "mode=memory" in name else Freshness(OfSqlite(name))
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    given = {ours: str(database[theirs]) for theirs, ours in names.items() if database.get(theirs)}
    # What Django means by an option, and the library does not know.
    djangos = {"assume_role", "isolation_level", "pool", "server_side_binding"}
    return Freshness(OfPostgres(given | {name: value for name, value in database.get("OPTIONS", {}).items() if name not in djangos}))
