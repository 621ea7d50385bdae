"""How allauth behaves here: nobody signs up, guesses are counted by `guessing`, secrets are stored encrypted."""

import base64
import hashlib
import secrets
import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth import authenticate
from django.urls import reverse
from django.utils.translation import gettext

from relations_site.accounts import audit, guessing
from relations_site.models import DeskEvent
from relations_site.rate import asked_from

# For so many seconds after a login nobody is asked for the password again.
FRESH = 300


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        return asked_from(request)

    def get_password_change_redirect_url(self, request):
        return reverse("desk-account")

    def authenticate(self, request, **credentials):
        """The user of a name and a password, or None: for a wrong one, an unknown one and one that is switched off alike.

        Raises ValidationError when this account or this address has guessed wrong too often, whether or not there is one.
        """
        name = guessing.normal(credentials.get("username", ""))
        attempt = guessing.Attempt(request, guessing.account_key(name))
        if not attempt.allowed:
            audit.log.warning("refused name=%r from=%s", audit.escaped(name)[:150], audit.escaped(asked_from(request)))
            raise self.validation_error("too_many_login_attempts")
        user = authenticate(request, username=name, password=credentials.get("password"))
        if user is None:
            _failed(request, name, attempt)
        else:
            attempt.was_right()
        return user

    def is_reauthentication_required(self, *, app, **kwargs):
        """Whoever has just given the password is not asked for it again."""
        records = get_authentication_records(self.request, self.request.user)
        given = [record["at"] for record in records if record.get("method") == "password"]
        return not given or time.time() - max(given) > FRESH


def _failed(request, name, attempt):
    """A name that belongs to nobody is not written down: it may be a password in the wrong field."""
    person = guessing.get_user_by_username(name)
    about = "" if person else "unknown name"
    audit.note(DeskEvent.Kind.LOGIN_FAILED, person=person, about=about, request=request)
    if attempt.was_the_last():
        audit.note(DeskEvent.Kind.LOCKED, person=person, about=about, request=request)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator apps and recovery codes; their secrets are worth nothing in a copy of the database alone."""

    def get_totp_label(self, user):
        return user.get_username()

    def get_totp_issuer(self):
        return gettext("Editors’ desk")

    def encrypt(self, text):
        return _ciphers().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """The secret; one that no code fits, where the key of the site is another one by now."""
        try:
            return _ciphers().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _ciphers():
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    made = [base64.urlsafe_b64encode(hashlib.sha256(f"second factor {key}".encode()).digest()) for key in keys]
    return MultiFernet([Fernet(key) for key in made])
