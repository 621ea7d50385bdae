"""Whether anybody has committed: told by the database itself, exactly, also to many who ask at once and when it was gone."""

import os
import signal
import sqlite3
import threading
import time

import pytest
from django.conf import settings
from django.db import connection

from relations_site.pagecache import freshness


def test_sqlite_tells_of_a_commit_and_of_nothing_else(tmp_path):
    writer = sqlite3.connect(tmp_path / "a.sqlite3", isolation_level=None)
    writer.executescript("PRAGMA journal_mode=WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1)")
    asked = freshness.Freshness(freshness.OfSqlite(str(tmp_path / "a.sqlite3")))
    first = asked.generation()
    assert asked.generation() == first == (1, True)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO t VALUES (2)")
    assert asked.generation() == (1, True)
    writer.execute("ROLLBACK")
    assert asked.generation() == (1, True)
    writer.execute("INSERT INTO t VALUES (3)")
    assert [asked.generation() for _ in range(2)] == [(2, True), (2, True)]


class Slow(freshness.OfSqlite):
    """A database that lets something happen between its first answer and its arrival."""

    def __init__(self, path, meanwhile):
        super().__init__(path)
        self.asked, self._meanwhile = 0, meanwhile

    def version(self):
        self.asked += 1
        found = super().version()
        if self.asked == 1:
            self._meanwhile()
        return found


def test_who_waits_for_the_database_shares_one_later_answer_that_tells_of_every_commit_before_he_came(tmp_path):
    writer = sqlite3.connect(tmp_path / "a.sqlite3", isolation_level=None, check_same_thread=False)
    writer.executescript("PRAGMA journal_mode=WAL; CREATE TABLE t (a)")
    told, came = [], threading.Semaphore(0)

    def come():
        came.release()
        told.append(asked.generation())

    def others_come_after_a_commit():
        writer.execute("INSERT INTO t VALUES (1)")
        for reader in readers:
            reader.start()
            came.acquire()
        time.sleep(0.5)

    readers = [threading.Thread(target=come) for _ in range(7)]
    asked = freshness.Freshness(Slow(str(tmp_path / "a.sqlite3"), others_come_after_a_commit))
    assert asked.generation() == (1, True)
    for reader in readers:
        reader.join()
    assert told == [(2, True)] * 7 and asked._asked.asked == 2


def test_connection_that_broke_is_replaced_at_once_and_hides_no_commit(tmp_path):
    writer = sqlite3.connect(tmp_path / "a.sqlite3", isolation_level=None)
    writer.executescript("PRAGMA journal_mode=WAL; CREATE TABLE t (a)")
    asked = freshness.Freshness(freshness.OfSqlite(str(tmp_path / "a.sqlite3")))
    assert asked.generation() == (1, True)
    for generation in (2, 3):
        asked._asked._connection.close()
        writer.execute("INSERT INTO t VALUES (1)")
        assert asked.generation() == asked.generation() == (generation, True)


if connection.vendor == "postgresql":

    def of_this_database():
        # By connections of their own: the test's own transaction stays as it is, and so does the record.
        return freshness.of_database(settings.DATABASES["default"] | {"NAME": connection.settings_dict["NAME"]})

    @pytest.mark.django_db
    def test_postgresql_ends_a_connection_and_the_next_question_is_answered_by_another():
        asked, ending = of_this_database(), of_this_database()._asked
        before, _answered = asked.generation()
        ending.version()
        ending._connection.execute("SELECT pg_terminate_backend(%s)", [asked._asked._connection.info.backend_pid])
        assert asked.generation() == (before + 1, True)

    @pytest.mark.django_db
    def test_postgresql_that_takes_a_question_and_never_answers_is_given_up():
        asked = of_this_database()
        assert asked.generation() == (1, True)
        server = asked._asked._connection.info.backend_pid
        os.kill(server, signal.SIGSTOP)
        try:
            began = time.monotonic()
            assert asked.generation() == (2, True)
            assert time.monotonic() - began < 10 * freshness.OfPostgres.PATIENCE
        finally:
            os.kill(server, signal.SIGCONT)

    @pytest.mark.django_db
    def test_postgresql_tells_of_a_commit():
        asked, writer = of_this_database(), of_this_database()._asked
        before, answered = asked.generation()
        assert answered
        writer.version()
        writer._connection.execute("SELECT pg_current_xact_id()")
        assert asked.generation() > (before, True)


def test_database_that_is_gone_leaves_the_pages_in_memory_and_is_asked_again_later(tmp_path):
    now = [0.0]
    path = tmp_path / "sub" / "a.sqlite3"
    asked = freshness.Freshness(freshness.OfSqlite(str(path)), clock=lambda: now[0])
    assert [asked.generation() for _ in range(2)] == [(0, False), (0, False)]
    path.parent.mkdir()
    assert asked.generation() == (0, False)
    now[0] = 2.0
    assert asked.generation() == (1, True)


def test_database_in_memory_has_no_cache_of_pages():
    assert freshness.of_database({"ENGINE": "django.db.backends.sqlite3", "NAME": "file:memorydb_default?mode=memory&cache=shared"}) is None
