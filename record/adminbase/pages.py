"""Pages of the desk about one entry: preview, comparison, translation. Each registers itself; the admin gives it an address and a link."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.urls import path, reverse


@dataclass(frozen=True)
class DeskPage:
    """A page about one row: `view(request, model_admin, entry)`, for those who may; linked from the form where it has a label."""

    name: str
    view: Callable
    label: str
    may: Callable
    fits: Callable


_pages = {}


def desk_page(name, *, label="", may=lambda user, entry: True, fits=lambda model: True):
    """Register a view as a page of the desk at …/<key>/<name>/.

    Whoever may not see the row in the admin is refused before `may(user, entry)` is asked; `fits(model)` says for which
    models the page is there.
    """

    def registered(view):
        _pages[name] = DeskPage(name, view, label, may, fits)
        return view

    return registered


def urls_for(model_admin):
    """The addresses of all pages that fit an admin's model."""
    info = f"{model_admin.opts.app_label}_{model_admin.opts.model_name}"
    fitting = [page for page in _pages.values() if page.fits(model_admin.model)]
    return [
        path(f"<path:object_id>/{page.name}/", model_admin.admin_site.admin_view(_guarded(page, model_admin)), name=f"{info}_{page.name}")
        for page in fitting
    ]


def links_for(model_admin, user, entry):
    """(label, address) of the pages that a person may open from an entry's form."""
    info = f"{model_admin.opts.app_label}_{model_admin.opts.model_name}"
    shown = [page for page in _pages.values() if page.label and page.fits(model_admin.model) and page.may(user, entry)]
    return [(page.label, reverse(f"admin:{info}_{page.name}", args=[entry.pk])) for page in shown]


def opens(name, model, user, entry):
    """Whether a person may open a page about a row: what leads to it by another way than `links_for` asks here."""
    page = _pages.get(name)
    return bool(page and page.fits(model) and page.may(user, entry))


def _guarded(page, model_admin):
    def view(request, object_id):
        entry = model_admin.get_object(request, object_id)
        if entry is None:
            return model_admin._get_obj_does_not_exist_redirect(request, model_admin.opts, object_id)
        if not (model_admin.has_view_permission(request, entry) and page.may(request.user, entry)):
            raise PermissionDenied
        return page.view(request, model_admin, entry)

    return view
