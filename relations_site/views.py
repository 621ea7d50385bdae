"""Pages that span kinds: the front door, home, about, errors, and what machines ask for."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from cooperation import status
from record import kept, kinds, problems
from record.views import ListPage
from relations_site import glance
from relations_site.api import description, shapes
from relations_site.atlas import pages as atlas
from relations_site.operations import outages
from relations_site.timeline import TimelineListing


def front_door(request):
    """To the home page in the visitor's language."""
    with translation.override(translation.get_language_from_request(request)):
        response = redirect(reverse("home"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def home(request):
    """The relationship at a glance."""
    return render(request, "relations_site/home.html", kept.part(_at_a_glance, "home"))


def _at_a_glance():
    first = glance.first_event()
    waiting = list(glance.waiting())
    return {
        "numbers": glance.numbers(),
        "first": first,
        "years": glance.years_on_record(first),
        "statuses": glance.statuses(),
        "waiting": waiting,
        "days_waiting": waiting[0].days_waiting() if waiting else 0,
        "newest": glance.newest(),
        "coming": list(glance.coming()),
        "on_this_day": list(glance.on_this_day()),
        **glance.trade(),
        "standing": glance.standing_initiatives(),
        "strip": glance.strip(),
        "map": atlas.small(),
    }


def about(request):
    """What is included, how status is computed, how trade is counted, how to cite."""
    return render(request, "relations_site/about.html", {"statuses": status.Status, "counts": kinds.public_count()})


def api_docs(request):
    """The interface explained, from its own description."""
    schemas = description.document()["components"]["schemas"]
    parts = [(name, schemas[name]) for name in shapes.SCHEMAS]
    return render(request, "relations_site/api/docs.html", {"resources": description.explained(), "parts": parts})


class Timeline(ListPage):
    """Entries of all kinds by decade, year and month."""

    listing = TimelineListing
    template_name = "relations_site/timeline.html"


def robots(request):
    """Everything public may be read by machines."""
    closed = [f"Disallow: /{path}/" for path in ("admin", "preview", "confirm")]
    lines = ["User-agent: *", *closed, f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def bad_request(request, exception=None):
    if problems.is_for_programs(request.path_info):
        return problems.problem(400, _("This question cannot be answered as it stands."))
    return render(request, "400.html", status=400)


def forbidden(request, exception=None):
    """At the desk within its frame, with the way back there."""
    of_desk = request.path_info.startswith(reverse("admin:index"))
    return render(request, "admin/forbidden.html" if of_desk else "403.html", status=403)


def csrf_failure(request, reason=""):
    """A form that did not come from a page of ours, or came too late."""
    return forbidden(request)


def not_found(request, exception=None):
    """404 in the language of the address, or of the visitor where the address has none."""
    lang = translation.get_language_from_path(request.path_info) or translation.get_language_from_request(request)
    with translation.override(lang or settings.LANGUAGE_CODE):
        return render(request, "404.html", status=404)


def server_error(request):
    """500 without a context: nothing that failed may be asked again. 503 where it was the database, or the disk."""
    if outage := outages.answer(request):
        return outage
    if problems.is_for_programs(request.path_info):
        return problems.problem(500, "Internal Server Error")
    return render(None, "500.html", status=500)
