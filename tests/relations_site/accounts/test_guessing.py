"""Guessing stops at 5 for an account and 20 for an address, tells nothing, and stops nobody else."""

import re
import threading

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import connection, connections
from django.test import Client

from relations_site.accounts import guessing
from relations_site.models import Attempts
from tests.relations_site.accounts.conftest import PASSWORD, is_in, try_login

# Each leads to the account Leyla: other cases, spaces, full-width and circled letters.
SPELLINGS = ["Leyla", "LEYLA", "leyla ", "Ｌｅｙｌａ", "ⓛⓔⓨⓛⓐ", "ᴸeyla"]


def test_login_opens_the_desk(client, editor):
    assert try_login(client, "Leyla", PASSWORD).status_code == 302
    assert is_in(client)


@pytest.mark.parametrize("names", [["Leyla"] * 6, SPELLINGS], ids=["one spelling", "many spellings"])
def test_sixth_guess_at_an_account_is_refused_even_when_right_with_fresh_cookies_and_forged_addresses(editor, names):
    for number, name in enumerate(names[:5]):
        assert try_login(Client(), name, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}", REMOTE_ADDR=f"198.51.100.{number}").status_code == 200
    client = Client()
    refused = try_login(client, names[5], PASSWORD, REMOTE_ADDR="203.0.113.9")
    assert refused.status_code == 429
    assert refused["Retry-After"] == "900"
    assert not is_in(client)


def test_blocked_account_blocks_no_other(editor, other):
    for _ in range(6):
        try_login(Client(), "Leyla")
    client = Client()
    assert try_login(client, "Otabek", PASSWORD).status_code == 302
    assert is_in(client)


def test_twenty_first_guess_of_an_address_is_refused_whatever_it_says_of_itself(editor):
    for number in range(20):
        assert try_login(Client(), f"name-{number}", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}").status_code == 200
    assert try_login(Client(), "Leyla", PASSWORD, HTTP_X_FORWARDED_FOR="192.0.2.99").status_code == 429
    assert try_login(Client(), "Leyla", PASSWORD, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_address_is_the_one_that_our_own_proxy_names(editor, settings):
    settings.PROXIES = 1
    for number in range(20):
        assert try_login(Client(), f"name-{number}", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}, 198.51.100.7").status_code == 200
    assert try_login(Client(), "Leyla", PASSWORD, HTTP_X_FORWARDED_FOR="192.0.2.5, 198.51.100.7").status_code == 429
    assert try_login(Client(), "Leyla", PASSWORD, HTTP_X_FORWARDED_FOR="198.51.100.7, 198.51.100.8").status_code == 302


def test_network_of_an_address_of_version_6_is_one_address(editor):
    for number in range(20):
        try_login(Client(), f"name-{number}", REMOTE_ADDR=f"2001:db8:1:2::{number}")
    assert try_login(Client(), "Leyla", PASSWORD, REMOTE_ADDR="2001:db8:1:2:ffff::1").status_code == 429
    assert try_login(Client(), "Leyla", PASSWORD, REMOTE_ADDR="2001:db8:1:3::1").status_code == 302


def test_owner_gets_in_again_after_fifteen_minutes_though_guessing_went_on(editor):
    with time_machine.travel("2026-06-01 10:00:00+00:00", tick=False) as clock:
        for _ in range(8):
            try_login(Client(), "Leyla")
        clock.shift(14 * 60)
        assert try_login(Client(), "Leyla", PASSWORD).status_code == 429
        clock.shift(61)
        assert try_login(Client(), "Leyla", PASSWORD).status_code == 302


def test_right_password_is_no_guess(editor):
    for _ in range(7):
        assert try_login(Client(), "Leyla", PASSWORD).status_code == 302
    assert not Attempts.objects.filter(count__gt=0).exists()


def _said(response, name):
    token = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    return response.status_code, token.sub(b"", response.content).replace(name.encode(), b"NAME"), sorted(response.headers)


def test_unknown_known_and_switched_off_accounts_are_answered_alike(editor, other):
    get_user_model().objects.filter(pk=other.pk).update(is_active=False)
    answers = {}
    for name, password in [("Leyla", "wrong"), ("Nobody", "wrong"), ("Otabek", PASSWORD)]:
        answers[name] = [_said(try_login(Client(), name, password, REMOTE_ADDR=f"192.0.2.{len(answers)}"), name) for _ in range(6)]
    assert answers["Leyla"] == answers["Nobody"] == answers["Otabek"]
    assert [status for status, _body, _headers in answers["Nobody"]] == [200] * 5 + [429]


def test_password_of_an_unknown_name_is_hashed_as_often_as_that_of_a_known_one(editor, monkeypatch):
    """What takes the time. Median times are compared by benchmarks/login."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    made, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: (made.append(1), encode(*args))[1])
    for name in ("Leyla", "Nobody"):
        made.clear()
        try_login(Client(), name)
        assert len(made) == 1, name


def test_blocked_guess_writes_nothing(editor, django_assert_num_queries):
    for _ in range(5):
        try_login(Client(), "Leyla")
    before = list(Attempts.objects.order_by("key").values_list())
    for name in ("Leyla", "LEYLA"):
        try_login(Client(), name)
    assert list(Attempts.objects.order_by("key").values_list()) == before


def test_rows_that_count_nothing_any_more_are_dropped(db):
    with time_machine.travel("2026-06-01 10:00:00+00:00", tick=False) as clock:
        guessing.take({"a": 5, "b": 5}, seconds=900)
        clock.shift(25 * 3600)
        guessing.take({"c": 5}, seconds=900)
    assert list(Attempts.objects.values_list("key", flat=True)) == ["c"]


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="A database in memory has one connection; SQLite has one writer at a time anyway."
)
def test_guesses_at_the_same_moment_do_not_pass_beside_each_other(db, django_db_blocker):
    """On connections of their own, which commit: the rows are taken away at the end."""
    taken, start = [], threading.Barrier(12)

    def guess():
        start.wait()
        with django_db_blocker.unblock():
            try:
                taken.append(guessing.take({"at once": 5}, seconds=900))
            finally:
                connections["default"].close()

    threads = [threading.Thread(target=guess) for _ in range(12)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(taken), sum(taken)) == (12, 5)
    finally:
        wipe = threading.Thread(target=_wipe, args=(django_db_blocker,))
        wipe.start()
        wipe.join()


def _wipe(django_db_blocker):
    with django_db_blocker.unblock():
        Attempts.objects.filter(key="at once").delete()
        connections["default"].close()
