from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class RelationsSiteConfig(AppConfig):
    name = "relations_site"
    verbose_name = _("The site")
    default = True

    def ready(self):
        from record import inverted
        from relations_site import glance
        from relations_site.accounts.watching import watch
        from relations_site.joint import PARTS

        watch()
        inverted.register(*PARTS.values())
        inverted.hold(*glance.HELD)


class RecordAdminConfig(admin_apps.AdminConfig):
    """Django's admin with the record's own site object."""

    default = False
    default_site = "relations_site.admin.RecordAdminSite"

    def ready(self):
        super().ready()
        from django.contrib import admin

        from relations_site import people

        people.register(admin.site)
