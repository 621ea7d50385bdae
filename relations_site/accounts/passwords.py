"""Passwords that are long and yet known to everybody: a common word with figures around it, or a short piece said again and again."""

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _

# What a password may be long; more would only be work for the hash.
LONGEST = 128
# A piece of so many signs, repeated, is no long password.
SHORT_PIECE = 4
AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")


class KnownCoreValidator(CommonPasswordValidator):
    """Refuses what is common once the figures and marks around it are taken away, what is one short piece repeated, and what is
    longer than the login takes."""

    def validate(self, password, user=None):
        MaxLengthValidator(LONGEST)(password)
        core = AROUND.sub("", password.casefold())
        if core in self.passwords or _is_repeated(password):
            raise ValidationError(_("This password is a common word with figures around it, or a short piece repeated."), code="known_core")

    def get_help_text(self):
        return _("Your password can’t be a common word with figures around it, or a short piece repeated.")


def _is_repeated(password):
    return any(password == (password[:size] * len(password))[: len(password)] for size in range(1, SHORT_PIECE + 1))
