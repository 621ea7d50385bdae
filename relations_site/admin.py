from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class RecordAdminSite(admin.AdminSite):
    """The editors' desk."""

    site_header = _("The record: editors’ desk")
    site_title = _("Editors’ desk")
    index_title = _("What would you like to work on?")
    # The lists and forms need the width; the way back is in the breadcrumbs.
    enable_nav_sidebar = False
