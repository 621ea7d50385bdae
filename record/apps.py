from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordConfig(AppConfig):
    name = "record"
    verbose_name = _("Reference tables and sources")

    def ready(self):
        from record import kinds
        from record.models import Source
        from record.search import registered

        kinds.numbered(Source)
        registered.register_all()
