"""The forms of login, password and second factor: allauth's, with our names of fields and our counts."""

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.base import forms as factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.validators import MaxLengthValidator

from relations_site.accounts import guessing
from relations_site.accounts.passwords import LONGEST


class LoginForm(account.LoginForm):
    """Asks for `username` and `password`, as the admin's own form does."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs.update({"autofocus": True, "autocapitalize": "none", "placeholder": ""})
        self.fields["password"].widget.attrs["placeholder"] = ""
        self.fields["password"].validators.append(MaxLengthValidator(LONGEST))
        self.fields["password"].help_text = ""

    def add_prefix(self, field_name):
        return super().add_prefix("username" if field_name == "login" else field_name)


class ChangePasswordForm(account.ChangePasswordForm):
    """The old password is guessed as seldom here as at the login."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.update({"placeholder": "", "maxlength": LONGEST})
        self.fields["oldpassword"].validators.append(MaxLengthValidator(LONGEST))

    def clean_oldpassword(self):
        if not get_adapter().reauthenticate(self.user, self.cleaned_data["oldpassword"]):
            raise get_adapter().validation_error("enter_current_password")
        return self.cleaned_data["oldpassword"]


class CountedCode:
    """A code that is guessed as seldom as a password, and works once, whichever process is asked."""

    def clean_code(self):
        attempt = guessing.Attempt(context.request, f"code of {self.user.pk}")
        if not attempt.allowed:
            raise get_adapter().validation_error("too_many_login_attempts")
        code = super().clean_code()
        if not guessing.use_once(self.user, code):
            raise get_factor_adapter().validation_error("incorrect_code")
        attempt.was_right()
        return code


class AuthenticateForm(CountedCode, factor.AuthenticateForm):
    """The second step of a login."""


class ReauthenticateForm(CountedCode, factor.ReauthenticateForm):
    """Asked once more before something weighty."""


class ActivateForm(CountedCode, ActivateTOTPForm):
    """The first code of a new authenticator app."""
