"""Sessions end, passwords are strong without riddles, and a new password logs out everywhere else."""

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from tests.relations_site.accounts.conftest import PASSWORD, is_in, try_login

NEW = "nine almonds in a blue bowl"


@pytest.fixture
def clock():
    with time_machine.travel("2026-06-01 06:00:00+00:00", tick=False) as found:
        yield found


@pytest.fixture
def client(client, clock, editor):
    try_login(client, "Leyla", PASSWORD)
    return client


def test_session_ends_after_a_while_without_a_request(client, clock, settings):
    settings.SESSION_IDLE_HOURS = 1
    assert is_in(client)
    for _ in range(3):
        clock.shift(50 * 60)
        assert is_in(client)
    clock.shift(61 * 60)
    assert not is_in(client)


def test_session_ends_at_the_latest_after_its_hours_however_busy(client, clock, settings):
    settings.SESSION_IDLE_HOURS, settings.SESSION_HOURS = 2, 5
    was_in = []
    for _ in range(5):
        was_in.append(is_in(client))
        clock.shift(75 * 60)
    assert was_in == [True] * 5
    assert not is_in(client)


def test_visits_write_the_session_seldom(client, clock):
    is_in(client)
    clock.shift(60)
    assert "session" not in client.get("/admin/account/").cookies


def test_new_password_logs_out_everywhere_else(client):
    other = Client()
    try_login(other, "Leyla", PASSWORD)
    asked = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/admin/account/password/", asked).status_code == 302
    assert is_in(client)
    assert not is_in(other)
    assert try_login(Client(), "Leyla", NEW).status_code == 302


def test_old_password_is_guessed_as_seldom_as_at_the_login(client):
    for _ in range(5):
        client.post("/admin/account/password/", {"oldpassword": "wrong", "password1": NEW, "password2": NEW})
    said = client.post("/admin/account/password/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert "Too many" in said.content.decode()
    assert get_user_model().objects.get(username="Leyla").check_password(PASSWORD)


def test_all_other_sessions_can_be_ended_from_the_own_account(client):
    others = [Client(), Client()]
    for other in others:
        try_login(other, "Leyla", PASSWORD)
    stranger = Client()
    stranger.force_login(get_user_model().objects.create_superuser("Otabek", "", PASSWORD))
    assert client.post("/admin/account/").status_code == 302
    assert [is_in(one) for one in (client, *others, stranger)] == [True, False, False, True]


@pytest.mark.parametrize(
    "text", ["short pass", "1q2w3e4r5t6y", "Password2026!!", "leylaleyla12", "abcabcabcabcab", "111111111111", "xyz, " * 26]
)
def test_weak_password_is_refused(db, text):
    with pytest.raises(ValidationError):
        validate_password(text, get_user_model()(username="leylaleyla"))


@pytest.mark.parametrize("text", ["aaaa bbbb cccc dddd", "пять ласточек над морем", "924617305518", "xyz, " * 20 + "y" * 28])
def test_long_password_is_taken_whatever_it_is_made_of(db, text):
    validate_password(text, get_user_model()(username="leylaleyla"))


def test_person_who_is_no_editor_is_refused_and_not_sent_round(db):
    get_user_model().objects.create_user("Reader", "", PASSWORD)
    client = Client()
    assert try_login(client, "Reader", PASSWORD).status_code == 302
    assert client.get("/admin/", follow=True).status_code == 403


@pytest.mark.parametrize("lang", ["en", "az", "uz", "ru"])
@pytest.mark.parametrize("path", ["login/", "account/", "account/password/", "account/second-factor/set-up/", "audit/"])
def test_pages_answer_in_every_language(client, lang, path):
    if path == "login/":
        client.logout()
    client.cookies.load({"language": lang})
    response = client.get(f"/admin/{path}")
    assert response.status_code == 200
    assert f'lang="{lang}"' in response.content.decode()
    assert response["Cache-Control"] == "no-store, private"


def test_password_longer_than_any_is_not_hashed(db, editor):
    said = try_login(Client(), "Leyla", "x" * 129)
    assert said.context["form"].has_error("password", "max_length")
