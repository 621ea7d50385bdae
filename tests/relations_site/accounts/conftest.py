"""People at the door."""

import pytest
from allauth.mfa.totp.internal import auth
from django.contrib.auth import get_user_model

PASSWORD = "four swallows over the sea"
LOGIN = "/admin/login/"


@pytest.fixture
def editor(db):
    return get_user_model().objects.create_superuser("Leyla", "", PASSWORD)


@pytest.fixture
def other(db):
    return get_user_model().objects.create_superuser("Otabek", "", PASSWORD)


def try_login(client, name, password="wrong", **headers):
    """One guess, through the form."""
    return client.post(LOGIN, {"username": name, "password": password}, **headers)


def is_in(client):
    return client.get("/admin/account/").status_code == 200


def code_of(secret, step=0):
    """What an authenticator app shows, some steps of thirty seconds from now."""
    return auth.format_hotp_value(auth.hotp_value(secret, next(auth.yield_hotp_counters_from_time()) + 1 + step))
