from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class RelationsSiteConfig(AppConfig):
    name = "relations_site"
    verbose_name = _("The site")
    default = True


class RecordAdminConfig(admin_apps.AdminConfig):
    """Django's admin with the record's own site object."""

    default = False
    default_site = "relations_site.admin.RecordAdminSite"
