"""What the site itself keeps: who tried to get in, and what happened to accounts. The record's own tables are in the apps below."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Attempts(models.Model):
    """How many attempts were made under a key since a moment: one row for each account and each address that guessed wrong."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField(db_index=True)


class DeskEvent(models.Model):
    """What happened to an account, when, by whom. Rows are added and never changed: the database refuses both other ways."""

    class Kind(models.TextChoices):
        LOGIN = "login", _("logged in")
        LOGIN_FAILED = "login-failed", _("wrong user name or password")
        LOCKED = "locked", _("stopped after too many wrong guesses")
        LOGOUT = "logout", _("logged out")
        CODE_FAILED = "code-failed", _("wrong code of the second factor")
        PASSWORD = "password", _("password changed")
        FACTOR_ON = "factor-on", _("second factor set up")
        FACTOR_OFF = "factor-off", _("second factor taken off")
        CODES = "codes", _("new recovery codes made")
        SESSIONS = "sessions", _("logged out everywhere else")
        ACCOUNT_MADE = "account-made", _("account made")
        ACCOUNT_GONE = "account-gone", _("account deleted")
        RIGHTS = "rights", _("roles or rights changed")

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    kind = models.CharField(pgettext_lazy("of a line in the audit list", "what"), max_length=16, choices=Kind)
    # A number and a name, not a key: the line stays as it was when the account is renamed or deleted.
    person = models.PositiveBigIntegerField(_("number of the account"), null=True, db_index=True)
    name = models.CharField(_("user name"), max_length=150, blank=True)
    about = models.CharField(_("details"), max_length=300, blank=True)
    address = models.CharField(_("from"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("line of the audit list")
        verbose_name_plural = _("lines of the audit list")
        default_permissions = ()
