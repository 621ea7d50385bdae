"""Lines of the log: numbered, whole, and without anything that is somebody's own."""

import json
import logging
import sys

import pytest

from relations_site.operations import logs, metrics
from relations_site.operations.wsgi import Observed

pytestmark = pytest.mark.one_engine


def record(message, *args, exc_info=None):
    return logging.LogRecord("site", logging.WARNING, __file__, 1, message, args, exc_info)


def answered(request=None, status="200 OK", **options):
    """(number that the answer tells, what the application was given) of one request."""
    told, seen = [], []

    def application(environ, start_response):
        seen.append((environ["HTTP_X_REQUEST_ID"], logs.REQUEST.get()))
        start_response(status, [("Content-Type", "text/plain")])
        return [b""]

    wrapped = Observed(application, counts=False, **{"writes": False, **options})
    wrapped({"REQUEST_METHOD": "GET", "PATH_INFO": "/en/", **(request or {})}, lambda status, headers: told.extend(headers))
    assert seen[0] == (dict(told)["X-Request-Id"],) * 2
    return dict(told)["X-Request-Id"]


def test_clean_number_is_kept():
    assert answered({"HTTP_X_REQUEST_ID": "7f3a-0001.proxy"}) == "7f3a-0001.proxy"


@pytest.mark.parametrize("given", ["", "short", "a" * 65, "with space", "two\nlines-of-it", "<script>alert(1)</script>", "né-en-1990"])
def test_number_that_is_none_is_made_anew(given):
    made = answered({"HTTP_X_REQUEST_ID": given})
    assert made != given and len(made) == 18


def test_no_two_requests_share_a_number():
    assert len({answered() for _ in range(3)}) == 3


@pytest.mark.parametrize(("text", "masked"), [
    ("from 203.0.113.7 at 10:59:34", "from [address] at 10:59:34"),
    ("from 2001:db8::17, twice", "from [address], twice"),
    ("login of nigora@example.uz failed", "login of [e-mail] failed"),
    ("postgresql://site:hush@db/record", "postgresql://[login]@db/record"),
    ("GET /admin/events/event/?q=Nigora&p=2 took long", "GET /admin/events/event/?… took long"),
    ('duplicate key "a"\nDETAIL:  Key (username)=(nigora) already exists.', 'duplicate key "a"\nDETAIL: …'),
    ("E12: in force since 2019-05-04, version 5.2", "E12: in force since 2019-05-04, version 5.2"),
])  # fmt: skip
def test_what_is_somebodys_own_is_masked(text, masked):
    assert logs.masked(text) == masked
    assert json.loads(logs.Json().format(record("%s", text)))["message"] == masked


def test_traceback_is_masked_and_nothing_passes_for_a_line():
    try:
        raise ValueError("no address 203.0.113.7\n2026-01-01 INFO site [-] all is well")
    except ValueError:
        found = record("It failed", exc_info=sys.exc_info())
    for text in (logs.Json().format(found), logs.Lines().format(found)):
        assert "203.0.113.7" not in text
    assert "\n" not in logs.Json().format(found)
    assert all(line.startswith("    ") for line in logs.Lines().format(found).split("\n")[1:])


def test_line_of_an_answer_holds_no_question(caplog):
    caplog.set_level(logging.INFO)
    answered({"PATH_INFO": "/admin/\nx/", "QUERY_STRING": "q=somebody", "REMOTE_ADDR": "203.0.113.7"}, status="404 Not Found", writes=True)
    (line,) = caplog.records
    assert line.getMessage().startswith("GET /admin/\\nx/ 404 ")
    told = json.loads(logs.Json().format(line))
    assert (told["status"], told["memory"]) == (404, False)
    assert not {"somebody", "203.0.113.7"} & set(line.getMessage().split())


@pytest.mark.parametrize(("headers", "status"), [
    ({"REMOTE_ADDR": "127.0.0.1"}, 200), ({"REMOTE_ADDR": "::ffff:127.0.0.1"}, 200), ({"REMOTE_ADDR": "203.0.113.7"}, 404),
    ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.7"}, 404), ({"REMOTE_ADDR": ""}, 404),
])  # fmt: skip
def test_figures_are_for_this_machine(client, settings, headers, status):
    settings.METRICS = True
    assert client.get("/metrics", **headers).status_code == status


def test_figures_are_for_who_has_the_token_and_for_nobody_where_they_are_off(client, settings):
    assert client.get("/metrics").status_code == 404
    settings.METRICS, settings.METRICS_TOKEN = True, "let-me-see"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer let-me-in"}).status_code == 404
    response = client.get("/metrics", headers={"Authorization": "Bearer let-me-see"})
    assert (response.status_code, response["Content-Type"]) == (200, metrics.FORMAT)


def test_histogram_counts_every_answer_once_and_adds_up():
    figures = metrics.Figures()
    for seconds in (0.0005, 0.001, 0.02, 9.0):
        figures.note("GET", "200", True, seconds)
    figures.note("BREW\n", "405", False, 0.3)
    lines = [line.replace(f'process="{metrics.os.getpid()}"', "") for line in figures.lines()]
    assert 'site_answers_total{method="GET",status="200",memory="yes",} 4' in lines
    assert 'site_answers_total{method="OTHER",status="405",memory="no",} 1' in lines
    buckets = [int(line.split()[-1]) for line in lines if "_bucket" in line]
    assert buckets == sorted(buckets) and (buckets[0], buckets[-1]) == (2, 5)


@pytest.mark.parametrize(("level", "django"), [("DEBUG", "INFO"), ("INFO", "INFO"), ("ERROR", "ERROR"), ("CRITICAL", "CRITICAL")])
def test_level_holds_for_what_django_says_too_but_for_its_statements(level, django):
    said = logs.settings("lines", level)
    assert (said["root"]["level"], said["loggers"]["django"]["level"], said["loggers"]["relations.audit"]["level"]) == (
        level,
        django,
        "INFO",
    )
