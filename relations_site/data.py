"""The data page, the files of the releases, and the codebook as a page."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cooperation.feeds import AGREEMENTS, COMMITMENTS, INITIATIVES
from cooperation.trade.feeds import QUOTATIONS, STATISTICS
from events.feeds import EVENTS
from record.feeds import SOURCES
from record.pair import pair
from relations_site import codebook
from relations_site.bundle import releases

LISTS = [EVENTS, AGREEMENTS, INITIATIVES, COMMITMENTS, SOURCES, STATISTICS, QUOTATIONS]
# How long others may keep a file: not for ever, since a release can be withdrawn.
HOUR = 60 * 60


@dataclass(frozen=True)
class Offer:
    """A file of a release, as the page names it."""

    name: str
    label: str
    size: int
    sha256: str


@never_cache
@require_safe
def page(request):
    """Downloads, feeds, the interface, the codebook, the licence. Releases are files: no commit tells that one came or went."""
    found = releases.all_releases()
    newest = next((release for release in found if not release.is_withdrawn), None)
    context = {
        "newest": newest,
        "offers": _offers(newest) if newest else [],
        "earlier": [release for release in found if release != newest],
        "lists": [(one.columns.model._meta.verbose_name_plural, reverse(one.name), _links(one)) for one in LISTS],
    }
    return render(request, "relations_site/data.html", context)


def _offers(release):
    labels = [
        (releases.WHOLE, _("Everything: CSV, SQLite, codebook, licence")),
        (releases.DATABASE, _("All tables as one SQLite file")),
        (releases.PACKAGE, _("Description of the tables (Frictionless Data Package)")),
        (releases.CODEBOOK, _("Codebook")),
        (releases.LICENCE, _("Licence")),
        (releases.SUMS, _("Checksums of all files (SHA-256)")),
    ]
    return [Offer(name, label, release.file(name)["bytes"], release.file(name)["sha256"]) for name, label in labels]


def _links(outlets):
    return [(form, reverse(f"{outlets.name}-{form.ending}")) for form in outlets.forms]


@require_safe
def front_door(request):
    """/data/: to the page in the visitor's language."""
    with translation.override(translation.get_language_from_request(request)):
        response = redirect(reverse("data"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def newest_file(request, name):
    """/data/latest/record.zip: to that file of the newest release."""
    release = releases.newest()
    if release is None or not release.file(name):
        raise Http404
    response = redirect(reverse("data-file", kwargs={"version": release.version, "name": name}))
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def file(request, version, name):
    """A file of a finished release, the same for ever; 410 with the reason where the release was withdrawn."""
    release = releases.by_version(version) if re.fullmatch(releases.VERSION, version) else None
    if release is None or not release.file(name):
        raise Http404
    if release.is_withdrawn:
        return render(request, "relations_site/release_gone.html", {"release": release}, status=410)
    told, etag = release.file(name), quote_etag(release.file(name)["sha256"])
    headers = {
        "Content-Type": releases.CONTENT_TYPES[name.rpartition(".")[2]],
        "Content-Disposition": f'attachment; filename="{_file_name(release, name)}"',
        "Content-Length": str(told["bytes"]),
        "ETag": etag,
        "Cache-Control": f"public, max-age={HOUR}",
        "Access-Control-Allow-Origin": "*",
    }
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    response = FileResponse((release.folder / name).open("rb"), as_attachment=True, filename=_file_name(release, name), headers=headers)
    return get_conditional_response(request, etag=etag, response=response)


def _file_name(release, name):
    own = pair()
    return f"{own.first}-{own.second}-{release.version}-{name}"


@require_safe
def codebook_page(request):
    """docs/records.md, the codebook, as a page. It is kept in English."""
    return render(request, "relations_site/codebook.html", {"tables": codebook.tables(), "kept_in": settings.LANGUAGE_CODE})
