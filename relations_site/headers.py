"""Headers that every answer carries: pages, files, redirects, refusals, errors. First in MIDDLEWARE, so that nothing answers past it.

What a view or a middleware further in has set stays. The policy of content is django-csp's, made by `settings`; the desk's lacks
Trusted Types alone, since the admin's own scripts (jQuery, select2) write markup as text: see docs/threat-model.md.
"""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpResponse

from record import problems

SAFE = ("GET", "HEAD")
# The names of the pages for readers that take a form or a report. The desk, below /admin/, takes forms everywhere.
WRITES = {"set_language", "freeze", "csp-report", "confirm"}
NO_TRUSTED_TYPES = {"require-trusted-types-for": None, "trusted-types": None}


class HeadersMiddleware:
    """Isolation from other origins, and never a kept page of the desk."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if _is_for_elsewhere(response) else "same-origin")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        if is_desk(request):
            response.headers["Cache-Control"] = "no-store, private"
        return response


def _is_for_elsewhere(response):
    """Frames and pictures for other people's pages, and data that any page may read."""
    return (
        getattr(response, "xframe_options_exempt", False)
        or response.headers.get("Access-Control-Allow-Origin") == "*"
        or response.headers.get("Content-Type", "").startswith("image/")
    )


def is_desk(request):
    """Whether an address belongs to the editors' desk."""
    return request.path_info.startswith("/admin/")


class PolicyMiddleware(CSPMiddleware):
    """The policy of content: one for readers, one for the desk."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if is_desk(request):
            parts.replace = {**NO_TRUSTED_TYPES, **(parts.replace or {})}
        return parts


class MethodsMiddleware:
    """405 for every method that a page has no use for, before anything asks for a token."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        answers_itself = request.path_info.startswith("/api/") or is_desk(request) and request.method == "POST"
        if request.method in SAFE or answers_itself or request.resolver_match.url_name in WRITES and request.method == "POST":
            return None
        return _not_allowed(request)


def _not_allowed(request):
    allowed = ", ".join((*SAFE, "POST") if request.resolver_match.url_name in WRITES or is_desk(request) else SAFE)
    if problems.is_for_programs(request.path_info):
        response = problems.problem(405, "Method Not Allowed")
    else:
        response = HttpResponse("405 Method Not Allowed\n", status=405, content_type=problems.PLAIN)
    response["Allow"] = allowed
    return response
