"""The page of an entry that readers do not see yet, for whoever holds its link, and for its editors.

The address stands outside the folders of the languages, where the cache of pages never looks; every answer says `no-store`.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from record import previews
from record.adminbase import desk_page
from record.adminbase.previewing import may
from record.dates import moment
from relations_site.context import OWN_NAMES, frame

LANGS = [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True)
class Banner:
    """What stands above a preview: which version it is, of when, and until when the address works ('' for editors)."""

    version: int
    changed: str
    state: str
    until: str = ""


def private(response):
    """Said of every page that a token opens: nobody keeps it, indexes it, or tells its address to another site."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response


def page_of(request, entry, template, context, *, status=200, token=""):
    """The entry's own page inside a template that extends `page_template`, whether or not readers see it yet.

    The page reads everything but this one row as it always does: what else is unpublished stays so.
    """
    view = resolve(entry.get_absolute_url()).func.view_class()
    view.setup(request)
    row = view.queryset().get(pk=entry.pk)
    # What has a file of its own is opened by the token too. Read here once, so that the page shows these very rows.
    for part in [name for name in ("pictures", "texts") if hasattr(row, name)]:
        prefetch_related_objects([row], part)
        for shown in getattr(row, part).all():
            shown.shown_by = token
    # What only a public entry has, its permanent address and its history, is left out where it would lead nowhere.
    own = {"page_template": view.template_name, "entry": row, "is_unseen": not row.is_public()}
    shown = frame(request) | view.context(row) | own | context
    response = private(render(request, template, shown, status=status))
    response["Content-Language"] = translation.get_language()
    return response


def over(request, row, lang, addresses):
    """410 for whoever was given an address that opens nothing any more: what became of it, and nothing of the entry."""
    with translation.override(lang):
        languages = [(code, OWN_NAMES[code], address) for code, address in addresses.items()]
        shown = frame(request) | {"sentence": row.what_became_of_it, "languages": languages}
        response = private(render(request, "relations_site/address_over.html", shown, status=410))
    response["Content-Language"] = lang
    return response


def _shown(request, entry, lang, addresses, *, token="", until=""):
    with translation.override(lang):
        state = translation.gettext("scheduled") if entry.is_scheduled else entry.get_state_display()
        banner = Banner(entry.version, moment(entry.modified_at), state, until and moment(until))
        languages = [(code, OWN_NAMES[code], address) for code, address in addresses.items()]
        return page_of(request, entry, "record/preview.html", {"banner": banner, "languages": languages}, token=token)


@require_safe
def door(request, token):
    """The preview in the visitor's language."""
    lang = translation.get_language_from_request(request)
    response = private(HttpResponseRedirect(reverse("preview", kwargs={"token": token, "lang": lang})))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def preview(request, token, lang):
    """One unpublished entry in one language; 410 for an address that is over, and one 404 for whatever this site did not give out."""
    link = previews.given(token)
    if link and not link.works():
        addresses = {code: reverse("preview", kwargs={"token": token, "lang": code}) for code in LANGS}
        return over(request, link, lang, addresses)
    entry = previews.entry_of(link) if link else None
    if entry is None:
        raise Http404
    if entry.is_public():
        with translation.override(lang):
            return private(HttpResponseRedirect(entry.get_absolute_url()))
    if not entry.is_unpublished:
        raise Http404
    if request.method == "GET":
        previews.count_visit(link)
    addresses = {code: reverse("preview", kwargs={"token": token, "lang": code}) for code in LANGS}
    return _shown(request, entry, lang, addresses, token=token, until=link.expires_at)


@desk_page("preview-page", may=may, fits=previews.fits)
@require_safe
def for_editors(request, model_admin, entry):
    """The same page for whoever may see the entry on the desk, without a link."""
    lang = request.GET.get("lang", "")
    lang = lang if lang in LANGS else translation.get_language()[:2]
    return _shown(request, entry, lang, {code: f"?lang={code}" for code in LANGS})
