"""Whoever publishes has a second factor: without one, no page of the desk opens but those on which it is set up."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect
from django.urls import reverse

from record.roles import is_editor


def lacks_second_factor(user):
    """Whether a person must set up a second factor before anything else."""
    return settings.REQUIRE_SECOND_FACTOR and is_editor(user) and not is_mfa_enabled(user, [Authenticator.Type.TOTP])


class SecondFactorMiddleware:
    """To the desk such a person is led to the set-up page; to everything else nobody has logged in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if _must_be_led(request):
            if request.path_info.startswith(reverse("admin:index")):
                return redirect("mfa_activate_totp")
            request.user = AnonymousUser()
        return self.get_response(request)


def _must_be_led(request):
    """Nothing is asked of the database for a visitor without a session."""
    if not settings.REQUIRE_SECOND_FACTOR or settings.SESSION_COOKIE_NAME not in request.COOKIES or _is_open(request):
        return False
    return request.user.is_authenticated and lacks_second_factor(request.user)


def _is_open(request):
    """The pages of the own account, the way out, and the choice of a language."""
    open_to_all = (reverse("desk-account"), reverse("admin:logout"), reverse("admin:jsi18n"), reverse("set_language"))
    return request.path_info.startswith(open_to_all)
