"""Reports of the policy are bounded and cannot forge the log; security.txt is valid for as long as it is read."""

import datetime
import json
import logging

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

REPORT = {"csp-report": {"document-uri": "https://record.example/en/", "effective-directive": "script-src", "blocked-uri": "inline"}}


@pytest.fixture(autouse=True)
def forgotten():
    cache.clear()


def send(body, **more):
    data = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return Client(enforce_csrf_checks=True).post("/csp-report/", data, content_type="application/csp-report", **more)


def test_report_becomes_one_line(db, caplog):
    caplog.set_level(logging.WARNING, "relations.csp")
    REPORT["csp-report"]["blocked-uri"] = "inline\r\nWARNING root forged"
    assert send(REPORT).status_code == 204
    lines = [record.getMessage() for record in caplog.records if record.name == "relations.csp"]
    assert len(lines) == 1
    assert "effective-directive=script-src" in lines[0] and "\n" not in lines[0]


@pytest.mark.parametrize("body", ["", "x", "[]", "{}", '{"csp-report": 1}', "[" * 5000, b"\xff\xfe"])
def test_whatever_else_is_sent_is_taken_and_says_nothing(db, caplog, body):
    caplog.set_level(logging.WARNING, "relations.csp")
    assert send(body).status_code == 204
    assert [record for record in caplog.records if record.name == "relations.csp"] == []


def test_long_reports_and_many_are_refused(db):
    assert send("x" * 8193).status_code == 413
    assert [send(REPORT).status_code for _ in range(11)] == [204] * 10 + [429]
    assert send(REPORT, REMOTE_ADDR="192.0.2.1").status_code == 204


def test_reports_are_sent_and_not_read(client, db):
    assert client.get("/csp-report/").status_code == 405


def _fields(client):
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()
    return dict(line.split(": ", 1) for line in lines)


def test_security_txt_has_what_the_standard_wants(client, db, settings):
    settings.SECURITY_CONTACT = "mailto:security@record.example"
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    with time_machine.travel("2026-06-01 10:00:00+00:00"):
        assert _fields(client) == {
            "Contact": "mailto:security@record.example",
            "Expires": "2026-11-28T00:00:00Z",
            "Preferred-Languages": "en, az, uz, ru",
            "Canonical": "http://testserver/.well-known/security.txt",
        }
    expires = datetime.datetime.fromisoformat(_fields(client)["Expires"])
    assert datetime.timedelta(days=90) < expires - datetime.datetime.now(datetime.UTC) < datetime.timedelta(days=365)


def test_security_txt_is_not_there_where_nobody_is_named(client, db, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
