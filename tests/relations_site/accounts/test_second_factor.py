"""Whoever publishes confirms the login with a second factor; its codes and recovery codes work once."""

import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from record.roles import EDITOR
from relations_site.models import DeskEvent
from tests.relations_site.accounts.conftest import PASSWORD, code_of, is_in, try_login

SET_UP = "/admin/account/second-factor/set-up/"
CODE = "/admin/account/code/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def clock():
    with time_machine.travel("2026-06-01 10:00:01+00:00", tick=False) as found:
        yield found


def logged_in(name="Leyla"):
    client = Client()
    try_login(client, name, PASSWORD)
    return client


def set_up(client):
    """The secret of a new app and the recovery codes."""
    secret = client.get(SET_UP).context["form"].secret
    assert client.post(SET_UP, {"code": code_of(secret)}).status_code == 302
    codes = re.findall(r"<code>(\d+)</code>", client.get("/admin/account/recovery-codes/").content.decode())
    return secret, codes


def test_editor_without_a_second_factor_is_led_to_it_and_opens_nothing_else(clock, editor):
    client = logged_in()
    for path in ("/admin/", "/admin/events/event/", "/admin/audit/", "/admin/nowhere/"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (302, SET_UP)
    assert client.post("/admin/events/event/add/", {}).status_code == 302
    assert is_in(client)
    set_up(client)
    assert client.get("/admin/").status_code == 200


def test_editor_by_group_needs_one_and_a_person_without_a_role_does_not(clock, db):
    for name in ("Rustam", "Nigar"):
        person = get_user_model().objects.create_user(name, "", PASSWORD, is_staff=True)
        if name == "Rustam":
            person.groups.add(Group.objects.get_or_create(name=EDITOR)[0])
    assert logged_in("Rustam").get("/admin/").status_code == 302
    assert logged_in("Nigar").get("/admin/").status_code == 200


def test_nobody_needs_one_where_the_setting_is_off(clock, editor, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    assert logged_in().get("/admin/").status_code == 200


def test_password_alone_no_longer_opens_the_desk_and_a_code_opens_it_once(clock, editor):
    secret, _codes = set_up(logged_in())
    clock.shift(60)
    first, second = logged_in(), logged_in()
    assert not is_in(first)
    code = code_of(secret)
    assert first.post(CODE, {"code": code}).status_code == 302
    assert is_in(first)
    # What another process would know: nothing of this one's memory.
    cache.clear()
    for again in (code, f"{code[:3]} {code[3:]}"):
        assert second.post(CODE, {"code": again}).status_code == 200
    assert not is_in(second)


def test_code_that_set_the_app_up_does_not_open_the_desk(clock, editor):
    client = logged_in()
    secret, _codes = set_up(client)
    other = logged_in()
    assert other.post(CODE, {"code": code_of(secret)}).status_code == 200
    assert not is_in(other)


def test_recovery_code_opens_the_desk_once(clock, editor):
    _secret, codes = set_up(logged_in())
    assert len(set(codes)) == 10
    first, second = logged_in(), logged_in()
    assert first.post(CODE, {"code": codes[0]}).status_code == 302
    assert second.post(CODE, {"code": codes[0]}).status_code == 200
    assert second.post(CODE, {"code": codes[1]}).status_code == 302
    assert is_in(first) and is_in(second)


def test_sixth_wrong_code_is_refused_even_when_right(clock, editor):
    secret, _codes = set_up(logged_in())
    clock.shift(60)
    for number in range(5):
        logged_in().post(CODE, {"code": f"{number:06}"})
    client = logged_in()
    assert "Too many" in client.post(CODE, {"code": code_of(secret)}).content.decode()
    assert not is_in(client)


def test_secret_is_not_readable_in_the_database(clock, editor):
    secret, codes = set_up(logged_in())
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert "secret" in stored
    assert secret not in stored and codes[0] not in stored


def test_taking_it_off_asks_for_the_password_again_after_five_minutes(clock, editor):
    client = logged_in()
    set_up(client)
    clock.shift(301)
    asked = client.get("/admin/account/second-factor/take-off/")
    assert asked["Location"].startswith("/admin/account/again/")
    assert client.post("/admin/account/again/", {"password": PASSWORD}).status_code == 302
    assert client.post("/admin/account/second-factor/take-off/").status_code == 302
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("path", ["signup/", "email/", "password/reset/", "password/set/", "login/code/", "", "2fa/webauthn/"])
def test_other_pages_of_the_package_have_no_address(client, db, path):
    for root in ("/accounts/", "/account/"):
        assert client.get(root + path).status_code == 404


def test_lost_telephone_is_forgotten_by_a_command_that_ends_the_sessions(clock, editor, capsys):
    client = logged_in()
    set_up(client)
    call_command("forget_second_factor", "Leyla")
    assert "second factor taken off; 1 sessions ended" in capsys.readouterr().out
    assert not is_in(client)
    assert logged_in().get("/admin/")["Location"] == SET_UP
    assert DeskEvent.objects.filter(person=editor.pk, kind="factor-off").exists()
    with pytest.raises(CommandError):
        call_command("forget_second_factor", "Nobody")
