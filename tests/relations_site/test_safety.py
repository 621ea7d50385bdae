"""Settings that are unsafe in public stop the start with sentences; safe ones pass Django's own checks."""

import os
import secrets
import subprocess
import sys

import pytest
from django.conf import settings

from relations_site import safety

pytestmark = pytest.mark.one_engine

GOOD = {"debug": False, "secret_key": secrets.token_urlsafe(50), "hosts": ["record.example"], "trusted_origins": ["https://record.example"]}
BAD = {
    "errors for everybody": ({"debug": True}, "DEBUG"),
    "short key": ({"secret_key": "x1y2z"}, "SECRET_KEY"),
    "key of one sign": ({"secret_key": "x" * 60}, "SECRET_KEY"),
    "key of a template": ({"secret_key": "django-insecure-" + "abcdefghij" * 5}, "SECRET_KEY"),
    "any host": ({"hosts": ["*"]}, "wildcard"),
    "any host below": ({"hosts": [".record.example", "record.example"]}, "wildcard"),
    "only this machine": ({"hosts": ["127.0.0.1", "localhost", "[::1]"]}, "no public host"),
    "no host": ({"hosts": []}, "no public host"),
    "origin without TLS": ({"trusted_origins": ["http://record.example"]}, "CSRF_TRUSTED_ORIGINS"),
}


def test_safe_settings_have_no_fault():
    assert safety.faults(**GOOD) == []


@pytest.mark.parametrize(("changed", "word"), BAD.values(), ids=BAD)
def test_unsafe_setting_is_named(changed, word):
    assert [word in sentence for sentence in safety.faults(**{**GOOD, **changed})] == [True]


def _start(arguments, **own):
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "DATABASE_URL")}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, env={**kept, **own}, cwd=settings.BASE_DIR, capture_output=True, text=True)


def test_start_names_everything_that_is_unsafe_at_once():
    done = _start(["check"], HTTPS="true", DEBUG="true", ALLOWED_HOSTS="*", SECRET_KEY="short")
    assert done.returncode != 0
    said = done.stderr[done.stderr.index("HTTPS is true, but these") :]
    assert said.count("\n- ") == 3


def test_production_settings_pass_djangos_own_check_for_deployment():
    done = _start(
        ["check", "--deploy", "--fail-level", "WARNING"],
        HTTPS="true", ALLOWED_HOSTS="record.example", SECRET_KEY=GOOD["secret_key"], SECURITY_CONTACT="security@record.example",
    )  # fmt: skip
    assert (done.returncode, done.stdout + done.stderr) == (0, "System check identified no issues (0 silenced).\n")


@pytest.mark.parametrize(
    ("given", "address"),
    [("", ""), ("a@record.example", "mailto:a@record.example"), ("https://record.example/tell", "https://record.example/tell")],
)
def test_contact_is_an_address(given, address):
    assert safety.contact(given) == address


@pytest.mark.parametrize("given", ["somebody", "http://record.example/", "javascript:alert(1)", "a b@c"])
def test_contact_that_no_program_can_open_is_refused(given):
    with pytest.raises(ValueError, match="SECURITY_CONTACT"):
        safety.contact(given)
