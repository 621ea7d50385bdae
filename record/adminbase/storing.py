"""A save that the database or the disk refuses: the editor has the form back, with every word and a sentence that says why."""

import errno
import logging

from django.core.exceptions import ValidationError
from django.db import InternalError, OperationalError
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)
NO_ROOM = {errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO}
CANNOT_STORE = (OperationalError, InternalError, OSError)


def is_of_storing(error):
    """Whether an error says that nothing can be stored: a full or read-only disk or database, or one that others hold for too long."""
    if isinstance(error, (OperationalError, InternalError)):
        return True
    return isinstance(error, OSError) and error.errno in NO_ROOM


def not_stored(request, error):
    """Remember on the request that its save failed; the form that is built for it next refuses with the sentence."""
    log.error("A save was refused: %s", error)
    request.not_stored = True


def refusing(form_class, request):
    """The form class, or one that is never valid where the save of this request has failed already."""
    if not getattr(request, "not_stored", False):
        return form_class

    def clean(form):
        raise ValidationError(
            _(
                "The record cannot be written just now. Nothing was saved; your text is still below. Keep a copy of it, "
                "and press the button again in some minutes."
            ),
            code="not-stored",
        )

    return type(form_class.__name__, (form_class,), {"clean": clean})
