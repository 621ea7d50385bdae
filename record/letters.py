"""Letters about the steps of publishing: to the editors when something waits for them, to the author when it was decided on.

A letter names number, title and address of the desk, and nothing else of an entry. It leaves after the step is committed, in
the language in which its reader last worked at the desk, and a letter that cannot be sent stops nothing: it is logged.
"""

import logging
from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from record import roles
from record.authorship import author_of
from record.models.desk import DeskLanguage

log = logging.getLogger(__name__)

SUBJECTS = {
    "submit": _("%(code)s waits for review: %(title)s"),
    "publish": _("%(code)s was published: %(title)s"),
    "schedule": _("%(code)s was scheduled: %(title)s"),
    "send_back": _("%(code)s was sent back to you: %(title)s"),
    "withdraw": _("%(code)s was withdrawn: %(title)s"),
}
BODIES = {
    "submit": _("It can be read and decided on here:"),
    "publish": _("Readers see it now. Its page at the desk:"),
    "schedule": _("Readers will see it from the moment that its page at the desk names:"),
    "send_back": _("What the editor asks for stands on its page at the desk:"),
    "withdraw": _("The reason that readers are given stands on its page at the desk:"),
}


def announce(verb, entry, *, by):
    """Tell whom it concerns, once the step is committed. What the site does by itself is not announced."""
    if by is None:
        return
    DeskLanguage.keep(by, translation.get_language())
    if verb in SUBJECTS:
        transaction.on_commit(partial(_tell, verb, entry, by))


def _tell(verb, entry, by):
    """Never raises: the step is done."""
    try:
        for reader in _readers(verb, entry, by):
            _write(verb, entry, reader).send()
    except Exception:
        log.exception("The letters about “%s” of %s could not be sent.", verb, entry.code)


def _readers(verb, entry, by):
    if verb == "submit":
        return [person for person in editors() if person.pk != by.pk]
    author = author_of(entry)
    return [author] if author and author.pk != by.pk and author.is_active and author.email else []


def editors():
    """Everybody who may publish and has an address."""
    active = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="")
    return active.filter(Q(is_superuser=True) | Q(groups__name__in=(roles.EDITOR, roles.ADMINISTRATOR))).distinct()


def _write(verb, entry, reader):
    with translation.override(DeskLanguage.of(reader)):
        title = " ".join(str(getattr(entry, "any_title", "") or entry._meta.verbose_name).split())
        subject = SUBJECTS[verb] % {"code": entry.code, "title": title}
        return EmailMessage(subject, f"{BODIES[verb]}\n{_address(entry)}\n", to=[reader.email])


def _address(entry):
    meta = entry._meta
    return settings.SITE_ADDRESS + reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[entry.pk])
