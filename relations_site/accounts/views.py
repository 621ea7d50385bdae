"""The pages of the own account, and the audit list."""

import datetime

from allauth.account import views as account
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth import get_user_model, logout
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from record.roles import is_administrator
from relations_site.accounts import audit, guessing, sessions
from relations_site.accounts.middleware import lacks_second_factor
from relations_site.models import DeskEvent


class LoginView(account.LoginView):
    """The door of the desk. Too many wrong guesses: 429, with the time after which to try again."""

    http_method_names = ("get", "head", "post")

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.is_staff:
            if "leave" not in request.POST:
                raise PermissionDenied
            # From the page that refused him: the desk's own way out is for those whom it lets in.
            logout(request)
            return redirect("account_login")
        return super().dispatch(request, *args, **kwargs)

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if form.has_error("__all__", "too_many_login_attempts"):
            response.status_code = 429
            response["Retry-After"] = str(guessing.SECONDS)
        return response


def _own_page(view):
    """A page of the desk for whoever has logged in there; never kept by a browser."""
    return admin.site.admin_view(view)


def _factors(user):
    """(the authenticator app, how many recovery codes are left)."""
    found = {row.type: row for row in Authenticator.objects.filter(user=user)}
    codes = found.get(Authenticator.Type.RECOVERY_CODES)
    return found.get(Authenticator.Type.TOTP), len(codes.wrap().get_unused_codes()) if codes else 0


@_own_page
@require_http_methods(["GET", "HEAD", "POST"])
def own_account(request):
    """Second factor, password, language and sessions of the own account. A POST logs out everywhere else."""
    if request.method == "POST":
        ended = sessions.end_others(request.user, request.session.session_key)
        audit.note(DeskEvent.Kind.SESSIONS, person=request.user, about=str(ended))
        sentence = ngettext("%(count)d other session has ended.", "%(count)d other sessions have ended.", ended) % {"count": ended}
        messages.success(request, sentence)
        return redirect("desk-account")
    app, codes_left = _factors(request.user)
    context = {
        "title": _("My account"),
        "app": app,
        "codes_left": codes_left,
        "must_have_factor": lacks_second_factor(request.user),
        "sessions": len(sessions.of(request.user)),
        "newest": audit.own_lines(request.user),
        "is_administrator": is_administrator(request.user),
    }
    return render(request, "admin/account.html", context)


@_own_page
@require_safe
def audit_list(request):
    """What happened to accounts and entries, newest first, by person and day. For administrators."""
    if not is_administrator(request.user):
        raise PermissionDenied
    name, day = request.GET.get("person", ""), _parsed(parse_date, request.GET.get("day", ""))
    person = get_user_model()._base_manager.filter(username=name).first() if name else None
    before = _parsed(parse_datetime, request.GET.get("before", ""))
    unknown = bool(name and person is None)
    found = [] if unknown else audit.lines(person=person, day=day, before=before)
    context = {
        "title": _("Audit list"),
        "lines": found,
        "people": get_user_model()._base_manager.order_by("username").values_list("username", flat=True),
        "person": name,
        "day": day,
        "older": found[-1].at.isoformat() if len(found) == audit.LINES else "",
    }
    response = render(request, "admin/audit.html", context, status=404 if unknown else 200)
    add_never_cache_headers(response)
    return response


def _parsed(parse, text):
    """A day or a moment with its zone; None where the text is neither."""
    try:
        found = parse(text.replace(" ", "+"))
    except ValueError:
        return None
    return None if isinstance(found, datetime.datetime) and found.tzinfo is None else found
