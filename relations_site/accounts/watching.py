"""What Django and allauth tell of accounts, written into the audit list: whoever changes a user, by whatever page or command."""

from allauth.mfa import signals as factor
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model, signals
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save

from relations_site.accounts.audit import actor, note
from relations_site.models import DeskEvent

Kind = DeskEvent.Kind
RIGHTS = ("is_active", "is_staff", "is_superuser")


def watch():
    """Called once, when the site is ready."""
    user = get_user_model()
    signals.user_logged_in.connect(_logged_in, dispatch_uid="audit")
    signals.user_logged_out.connect(_logged_out, dispatch_uid="audit")
    pre_save.connect(_user_changes, sender=user, dispatch_uid="audit")
    post_save.connect(_user_made, sender=user, dispatch_uid="audit")
    post_delete.connect(_user_gone, sender=user, dispatch_uid="audit")
    for through in (user.groups.through, user.user_permissions.through, Group.permissions.through):
        m2m_changed.connect(_rights_changed, sender=through, dispatch_uid=f"audit {through.__name__}")
    factor.authenticator_added.connect(_factor_on, dispatch_uid="audit")
    factor.authenticator_removed.connect(_factor_off, dispatch_uid="audit")
    factor.authenticator_reset.connect(_codes, dispatch_uid="audit")
    factor.authentication_failed.connect(_code_failed, dispatch_uid="audit")


def _by(person=None):
    """Who did it, where that is somebody else."""
    doer = actor()
    return f"by {doer.get_username()}" if doer and doer != person else ""


def _logged_in(sender, request, user, **kwargs):
    note(Kind.LOGIN, person=user, request=request)


def _logged_out(sender, request, user, **kwargs):
    if user is not None:
        note(Kind.LOGOUT, person=user, request=request)


def _user_changes(sender, instance, raw=False, update_fields=None, **kwargs):
    watched = {"password", *RIGHTS} & (set(update_fields) if update_fields is not None else {"password", *RIGHTS})
    before = sender._base_manager.filter(pk=instance.pk).first() if instance.pk and watched and not raw else None
    if before is None:
        return
    # A hash that is only made stronger at a login sets no new password.
    if "password" in watched and before.password != instance.password and instance._password is not None:
        note(Kind.PASSWORD, person=instance, about=_by(instance))
    if changed := [f"{name}={getattr(instance, name)}" for name in RIGHTS if getattr(before, name) != getattr(instance, name)]:
        note(Kind.RIGHTS, person=instance, about=" ".join([*changed, _by(instance)]).strip())


def _user_made(sender, instance, created, raw=False, **kwargs):
    if created and not raw:
        note(Kind.ACCOUNT_MADE, person=instance, about=_by())


def _user_gone(sender, instance, **kwargs):
    note(Kind.ACCOUNT_GONE, person=instance, about=_by())


def _rights_changed(sender, instance, action, reverse, model, pk_set, **kwargs):
    """Groups of a user, rights of a user or of a group; a `clear` has its own line."""
    words = {"post_add": "+", "post_remove": "-", "pre_clear": "all taken"}
    if action not in words or (action != "pre_clear" and not pk_set):
        return
    named = ", ".join(str(row) for row in model._base_manager.filter(pk__in=pk_set or ()))
    about = f"{words[action]} {named} {_by()}".strip()
    is_user = isinstance(instance, get_user_model())
    note(Kind.RIGHTS, person=instance if is_user else None, about=about if is_user else f"{instance}: {about}")


def _factor_on(sender, request, user, authenticator, **kwargs):
    made = Kind.CODES if authenticator.type == Authenticator.Type.RECOVERY_CODES else Kind.FACTOR_ON
    note(made, person=user, request=request)


def _factor_off(sender, request, user, authenticator, **kwargs):
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        note(Kind.FACTOR_OFF, person=user, request=request)


def _codes(sender, request, user, **kwargs):
    note(Kind.CODES, person=user, request=request)


def _code_failed(sender, request, user, **kwargs):
    note(Kind.CODE_FAILED, person=user, request=request)
