"""Whether anybody has committed anything since: asked of the database before every page, by a connection that never writes.

SQLite tells by `PRAGMA data_version`, which changes when another connection commits; PostgreSQL by its snapshot, which names
the transactions whose work can be seen: while it is the same text, the same rows are there. Both are exact, whoever wrote, by
whatever program, on whatever machine, and neither needs a counter that writers would queue for. A database that does not
answer leaves the last answer standing: pages that are in memory are still served.
"""

import logging
import sqlite3
import threading
import time

log = logging.getLogger(__name__)
# Seconds between two attempts to reach a database that was gone.
PAUSE = 1.0


class Unreachable(Exception):
    """The database does not answer."""


class OfSqlite:
    """Asks a SQLite file."""

    def __init__(self, path):
        self._path, self._connection = path, None

    def version(self):
        try:
            if self._connection is None:
                self._connection = sqlite3.connect(self._path, check_same_thread=False, timeout=1)
                self._connection.execute("PRAGMA query_only=1")
            return self._connection.execute("PRAGMA data_version").fetchone()[0]
        except sqlite3.Error as error:
            self._connection = None
            raise Unreachable(str(error)) from error


class OfPostgres:
    """Asks a PostgreSQL server, by libpq itself: it is asked before every page, and Python's way there takes three times as long."""

    NAME, QUERY = b"fresh", b"SELECT pg_current_snapshot()::text"

    def __init__(self, settings):
        self._settings, self._connection = settings, None

    def version(self):
        import psycopg

        try:
            if self._connection is None:
                self._connection = psycopg.connect(**{**self._settings, "connect_timeout": 2, "tcp_user_timeout": 3000}, autocommit=True)
                self._connection.pgconn.prepare(self.NAME, self.QUERY)
            answer = self._connection.pgconn.exec_prepared(self.NAME, None)
            if answer.status != psycopg.pq.ExecStatus.TUPLES_OK:
                raise psycopg.OperationalError(answer.error_message.decode(errors="replace"))
            return answer.get_value(0, 0)
        except psycopg.Error as error:
            self._connection = None
            raise Unreachable(str(error)) from error


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
            self._silent_until = self._clock() + max(PAUSE, 5 * (self._clock() - began))
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
