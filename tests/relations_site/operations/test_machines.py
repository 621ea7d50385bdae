"""Two servers over one PostgreSQL and one Redis: never a request behind each other, and never down because one of the two is."""

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from tests import own_site, redis_server

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="several machines share a PostgreSQL server"),
    pytest.mark.skipif(redis_server.find() is None, reason="no redis-server here: tests/run names it"),
]
TOKEN = "a" * 32


def get(address, **headers):
    """(status, headers, text)."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def publish(machine, desk, draft):
    """By the action of the desk’s list, already confirmed."""
    form = {"csrfmiddlewaretoken": TOKEN, "action": "publish_selected", "_selected_action": draft, "_confirmed": "1"}
    cookie = f"{settings.SESSION_COOKIE_NAME}={desk['session']}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    request = urllib.request.Request(f"{machine}/admin/events/event/", urllib.parse.urlencode(form).encode(), {"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert "Select event to change" in answer.read().decode()


@contextmanager
def database_away(url):
    """Nobody can reach a database, and whoever was connected is so no longer."""
    name = urlsplit(url).path[1:]
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


def test_two_servers_are_one_site_and_outlive_redis_and_the_database(databases, tmp_path):
    url, port = databases("shared", full=True), redis_server.free_port()
    env = own_site.environment(url, tmp_path, REDIS_URL=f"redis://127.0.0.1:{port}/0", REQUIRE_SECOND_FACTOR=False)
    desk = json.loads(own_site.run(env, "-m", "tests.relations_site.operations.desk", 4).stdout)
    ports = [redis_server.free_port() for _ in range(2)]
    machines, logs = [f"http://127.0.0.1:{number}" for number in ports], [tmp_path / f"{number}.log" for number in ports]
    with ExitStack() as stack:
        redis = stack.enter_context(redis_server.running(port))
        for number, log in zip(ports, logs, strict=True):
            stack.enter_context(own_site.served(env, number, log))
        the_very_next_request_shows_it(machines, desk)
        redis.kill()
        redis.wait()
        for machine in machines:
            assert [get(f"{machine}{path}")[0] for path in ("/api/v1/events/", "/az/events/", "/readyz/")] == [200] * 3
        stack.enter_context(redis_server.running(port))
        until(
            lambda: all(
                get(f"{machine}/api/v1/events/")[0] == 200 and "Redis answers again" in log.read_text()
                for machine, log in zip(machines, logs, strict=True)
            )
        )
        assert [log.read_text().count("Redis does not answer") for log in logs] == [1, 1]
        the_database_goes_and_comes(machines[0], url)


def the_very_next_request_shows_it(machines, desk):
    """Cached pages included: each list and each entry's 404 is asked twice before."""
    for number, (draft, title, address) in enumerate(desk["drafts"]):
        here, there = machines[number % 2], machines[1 - number % 2]
        for machine in machines * 2:
            assert title not in get(f"{machine}/en/events/?q=transport+ministers")[2]
            assert get(f"{machine}{address}")[0] == 404
        publish(here, desk, draft)
        assert get(f"{there}{address}")[0] == 200
        assert title in get(f"{there}/en/events/?q=transport+ministers")[2]


def the_database_goes_and_comes(machine, url):
    """What is in memory stays; what is not is refused in words; nobody has to help."""
    assert get(f"{machine}/ru/agreements/")[0] == 200
    with database_away(url):
        for _ in range(3):
            assert get(f"{machine}/ru/agreements/")[0] == 200
        status, headers, text = get(f"{machine}/ru/initiatives/")
        assert (status, headers["Retry-After"], '<html lang="ru">' in text) == (503, "30", True)
        assert [get(f"{machine}{path}")[0] for path in ("/healthz/", "/readyz/")] == [200, 503]
        assert get(f"{machine}/api/v1/events/?number=E1")[0] == 503
    until(lambda: get(f"{machine}/ru/initiatives/")[0] == 200)
    assert get(f"{machine}/readyz/")[0] == 200


def until(holds, seconds=20):
    """Wait for something that comes by itself; fail where it does not."""
    for _ in range(seconds * 10):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come")
