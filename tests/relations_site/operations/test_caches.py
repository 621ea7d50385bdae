"""Redis is an accelerator: no question fails because it is away, and nobody has to heal it."""

import logging

import pytest

from relations_site.operations import caches
from tests import redis_server

pytestmark = pytest.mark.one_engine

pytest.importorskip("redis")
PARAMS = {"OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}}


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(caches, "OUTAGE", caches.Outage(clock))
    return clock


def cache_at(port):
    cache = caches.ForgivingRedisCache(f"redis://127.0.0.1:{port}/0", PARAMS)
    cache._meanwhile.clear()
    return cache


def test_every_question_has_an_answer_while_redis_is_away(clock, caplog):
    cache = cache_at(redis_server.free_port())
    assert cache.get("a", "none") == "none"
    for _ in range(5):
        clock.now += 2
        assert (cache.add("n", 0), cache.incr("n")) == (True, 1)
        assert (cache.set_many({"b": 1}), cache.get_many(["b", "c"]), cache.has_key("b")) == ([], {"b": 1}, True)
        assert (cache.touch("b"), cache.delete("b"), cache.delete_many(["n"]), cache.get_or_set("d", 4)) == (True, True, None, 4)
        cache.clear()
    with pytest.raises(ValueError):
        cache.incr("nothing")
    assert [line.levelname for line in caplog.records] == ["WARNING"]


def test_warning_comes_once_a_minute(clock, caplog):
    cache = cache_at(redis_server.free_port())
    for _ in range(13):
        cache.get("a")
        clock.now += 10
    assert len(caplog.records) == 3


def test_counters_go_on_counting_while_it_is_away(clock):
    cache = cache_at(redis_server.free_port())
    cache.add("n", 0)
    assert [cache.incr("n") for _ in range(3)] == [1, 2, 3]


@pytest.mark.skipif(redis_server.find() is None, reason="no redis-server here: tests/run names it")
def test_it_heals_by_itself_and_forgets_what_was_kept_meanwhile(clock, caplog):
    caplog.set_level(logging.INFO)
    port = redis_server.free_port()
    with redis_server.running(port):
        cache = cache_at(port)
        cache.set("a", "in Redis")
        assert (cache.get("a"), cache.is_reachable()) == ("in Redis", True)
        assert cache_at(port).get("a") == "in Redis"
        with pytest.raises(ValueError):
            cache.incr("nothing")
    assert (cache.get("a"), cache.is_reachable()) == (None, False)
    cache.set("a", "meanwhile")
    assert cache.get("a") == "meanwhile"
    with redis_server.running(port):
        assert cache.get("a") == "meanwhile"
        clock.now += 2
        assert (cache.get("a"), cache.is_reachable()) == (None, True)
    assert [line.levelname for line in caplog.records] == ["WARNING", "INFO"]
