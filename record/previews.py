"""Showing one entry to somebody without an account before readers see it.

A link opens one entry as it is stored now, in every language, until it expires or is taken back, and only while the entry is
unpublished: once readers see it the address leads to the page, and what was withdrawn opens nothing.
"""

import datetime

from django.conf import settings
from django.db import DatabaseError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext

from record import asking, kinds, roles, tokens
from record.models import PreviewLink
from record.publishing import Publishable, Refused

# Opened twice within this time counts once: programs that announce a link open it too.
ONE_VISIT = datetime.timedelta(minutes=1)


def fits(model):
    """Whether entries of a model can be shown so."""
    return issubclass(model, Publishable) and model.CAN_BE_PREVIEWED


def make(entry, *, by, hours):
    """A new link as (row, token); the token is told once and not kept. Raises Refused with every reason."""
    reasons = []
    if by is not None and not roles.is_author(by):
        reasons.append(gettext("Only those who write or edit the record can show an entry to others."))
    if not entry.is_unpublished:
        reasons.append(gettext("There is nothing to preview: readers see it, or it was withdrawn."))
    if hours not in settings.PREVIEW_HOURS:
        reasons.append(gettext("Choose how long the address is to work."))
    if reasons:
        raise Refused(reasons)
    token = tokens.new()
    until = timezone.now() + datetime.timedelta(hours=hours)
    given = {"letter": entry.LETTER, "number": entry.number, "made_by": by, "expires_at": until}
    return PreviewLink.objects.create(digest=tokens.digest(token), **given), token


def revoke(link, *, by):
    """Take a link back: from now on it opens nothing. Taken back twice, it keeps the first moment."""
    PreviewLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=timezone.now(), revoked_by=by)


def revoke_all(person, *, by):
    """Take back every link that a person made, before the account is deleted and nobody knows any more whose they were."""
    PreviewLink.objects.filter(made_by=person, revoked_at__isnull=True).update(revoked_at=timezone.now(), revoked_by=by)


def given(token):
    """The link that a token was given out for, whether or not it still works, or None."""
    digest = tokens.digest(token)
    return PreviewLink.objects.filter(digest=digest).select_related("made_by").first() if digest else None


def link_of(token):
    """The link that a token opens now, or None: it was never given out, has expired, or was taken back."""
    link = given(token)
    return link if link and link.works() else None


def entry_of(row):
    """The entry that a link or a request is about, or None if it is no longer there."""
    model = kinds.model_of(row.letter)
    return model.objects.filter(number=row.number).first() if model else None


def shows_picture(token, picture):
    """Whether the token of a preview, or of a request still to be answered, opens the file of a picture: of its own entry alone."""
    return _shows(token, "pictures", picture)


def shows_text(token, text):
    """Whether such a token opens the file of a text of a document: of its own entry alone."""
    return _shows(token, "texts", text)


def _shows(token, part, row):
    """Whether the entry that a token shows is still unpublished, and has the row in one of its parts."""
    link = link_of(token) or asking.unanswered(token)
    entry = entry_of(link) if link else None
    return bool(entry and entry.is_unpublished and hasattr(entry, part) and getattr(entry, part).filter(pk=row.pk).exists())


def count_visit(link):
    """Remember that a link was opened. A database that cannot be written keeps nobody from reading."""
    now = timezone.now()
    if link.opened_at and now - link.opened_at < ONE_VISIT:
        return
    try:
        with transaction.atomic():
            PreviewLink.objects.filter(pk=link.pk).update(opened=models.F("opened") + 1, opened_at=now)
    except DatabaseError:
        pass
