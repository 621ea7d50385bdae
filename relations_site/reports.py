"""What browsers and those who find a weakness need: the address for reports of the policy, and security.txt (RFC 9116)."""

import datetime
import json
import logging

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from relations_site import rate
from relations_site.accounts.audit import escaped
from relations_site.context import origin

log = logging.getLogger("relations.csp")
# Longer reports are not read, and more than so many of one address neither.
LONGEST, RATE = 8192, "10/minute"
FIELDS = ("document-uri", "effective-directive", "violated-directive", "blocked-uri", "source-file", "line-number")
# security.txt is good for so many days from the day on which it is read: within the year that the standard wants.
GOOD_FOR = 180


@csrf_exempt
@require_POST
def csp_report(request):
    """A browser's report that the policy blocked something: one line of the log, whatever is in it."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LONGEST:
        return HttpResponse(status=413)
    if wait := rate.seconds_to_wait(request, "csp-report", RATE):
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    if said := _read(request.read(LONGEST)):
        log.warning("blocked %s", " ".join(f"{name}={escaped(value)[:200]}" for name, value in said.items()))
    return HttpResponse(status=204)


def _read(body):
    """The known fields of a report; {} for what is none."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    report = said.get("csp-report") if isinstance(said, dict) else None
    return {name: report[name] for name in FIELDS if name in report} if isinstance(report, dict) else {}


@require_safe
def security_txt(request):
    """Whom to tell of a weakness; 404 where nobody is named."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {(today + datetime.timedelta(days=GOOD_FOR)).astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {origin(request)}{request.path}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
