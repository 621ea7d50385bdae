"""The desk's own first page: what waits, what one begins, and everything else in an order for humans."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpResponseRedirect
from django.urls import re_path, reverse
from django.utils.translation import gettext_lazy as _

from record.adminbase.waiting import shown_queues
from record.roles import is_administrator, is_editor
from record.texts import capital
from relations_site import handbook

# The order in which an editor looks for things; what is not named stands behind, as Django orders it.
ORDER = (
    "Event",
    "Agreement",
    "Initiative",
    "Commitment",
    "Source",
    "Disagreement",
    "Person",
    "Organisation",
    "Place",
    "Topic",
    "Series",
    "Office",
    "Picture",
    "TradeFigure",
    "QuotedFigure",
    "TradeImport",
    "GapCause",
)
NEW = (
    ("events_event", _("New event")),
    ("cooperation_agreement", _("New agreement")),
    ("cooperation_initiative", _("New initiative")),
    ("cooperation_commitment", _("New commitment")),
    ("record_source", _("New source")),
)
APPS = ("events", "cooperation", "record")


class RecordAdminSite(admin.AdminSite):
    """The editors' desk."""

    site_header = _("The record: editors’ desk")
    site_title = _("Editors’ desk")
    index_title = _("What would you like to work on?")
    index_template = "admin/desk.html"
    # The lists and forms need the width; the way back is in the breadcrumbs.
    enable_nav_sidebar = False

    def get_urls(self):
        from record.adminbase import table_desk, translation_desk

        view = self.admin_view(self.on_the_site)
        shortcut = re_path(r"^r/(?P<content_type_id>[0-9]{1,9})/(?P<object_id>.+)/$", view, name="view_on_site")
        own = [shortcut, *handbook.urls(self), *translation_desk.urls(self), *table_desk.urls(self)]
        return [*own, *(found for found in super().get_urls() if getattr(found, "name", "") != "view_on_site")]

    def autocomplete_view(self, request):
        from record.adminbase import choosing

        return choosing.Found.as_view(admin_site=self)(request)

    def on_the_site(self, request, content_type_id, object_id):
        """From a row to its page: an address tells something of a row, so Django's own shortcut would tell it of every row."""
        from django.contrib.contenttypes.models import ContentType

        kind = ContentType.objects.filter(pk=content_type_id).first()
        model_admin = self._registry.get(kind and kind.model_class())
        row = model_admin and model_admin.get_object(request, unquote(object_id))
        if not row or not model_admin.has_view_permission(request, row) or not hasattr(row, "get_absolute_url"):
            raise Http404
        return HttpResponseRedirect(row.get_absolute_url())

    def register(self, model_or_iterable, admin_class=None, **options):
        """Mail addresses and second factors are kept by their owners, on the page of the own account."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        super().register([model for model in models if model._meta.app_label not in ("account", "mfa")], admin_class, **options)

    def index(self, request, extra_context=None):
        queues = shown_queues(self, request)
        return super().index(
            request,
            {
                "waiting": [(queue, lines) for queue, lines in queues if lines],
                "nothing_waits": [queue.label for queue, lines in queues if not lines],
                "new": self._new(request),
                "more": self._more(request),
                **(extra_context or {}),
            },
        )

    def get_app_list(self, request, app_label=None):
        """Django's list in the order of the work."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            for row in app["models"]:
                row["name"] = capital(row["model"]._meta.verbose_name_plural)
            app["models"].sort(key=lambda row: _place(ORDER, row["object_name"]))
        return sorted(apps, key=lambda app: _place(APPS, app["app_label"]))

    def _new(self, request):
        """(label, address) of what this person may begin."""
        may = {admin.opts.label_lower.replace(".", "_"): admin.has_add_permission(request) for admin in self._registry.values()}
        return [(label, reverse(f"admin:{name}_add", current_app=self.name)) for name, label in NEW if may.get(name)]

    def _more(self, request):
        """(label, address) of the pages that belong to no table, for whom they are."""
        of_editors = [(_("Translations"), "admin:translations"), (_("Tables"), "admin:tables")] if is_editor(request.user) else []
        of_administrators = [(_("Audit list"), "desk-audit")] if is_administrator(request.user) else []
        return [(label, reverse(name)) for label, name in [*of_editors, *of_administrators]]


def _place(order, name):
    return order.index(name) if name in order else len(order)
