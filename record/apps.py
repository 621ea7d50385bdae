from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class RecordConfig(AppConfig):
    name = "record"
    verbose_name = _("Reference tables and sources")

    def ready(self):
        from simple_history import signals

        from record import inverted, kinds, lookups, queues, roles, waiting  # noqa: F401
        from record.adminbase import answers, links
        from record.history import tracking
        from record.inverted import watching
        from record.models import Source
        from record.search import registered
        from record.search.listing import SearchListing
        from record.search.turned import SearchIndex
        from record.tables import registered as tables

        kinds.numbered(Source)
        registered.register_all()
        inverted.register(SearchListing, index=SearchIndex)
        waiting.register_all()
        tables.register_all()
        queues.register(answers.QUEUE)
        links.name_links()
        post_migrate.connect(roles.grant_after_migration, dispatch_uid="roles")
        pre_migrate.connect(watching.before_migration, sender=self, dispatch_uid="journal")
        post_migrate.connect(watching.after_migration, sender=self, dispatch_uid="journal")
        # The history library tells of each row that it writes; it belongs to no app of ours.
        signals.pre_create_historical_record.connect(tracking.joined)
        signals.post_create_historical_record.connect(tracking.finished)
