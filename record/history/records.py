"""How versions of rows are written: by the history library, which is spared what a save need not ask."""

from functools import cached_property

from simple_history.manager import HistoryDescriptor
from simple_history.models import HistoricalRecords


class Versions(HistoryDescriptor):
    """`row.history`, `Model.history`: the library makes a class for each look at it, here all looks share one."""

    @cached_property
    def _manager(self):
        return self.manager_class.from_queryset(self.queryset_class)

    def __get__(self, instance, owner):
        return self._manager(self.model, instance)


class Records(HistoricalRecords):
    """The library's, with the lists of a row (topics, sources …) read at once.

    It asks the database for the whole row again, once for each list, to learn of what model it is, and looks for the lists of a
    row that has just been added, which has none. Its signals about lists are not sent: nobody listens.
    """

    def finalize(self, sender, **kwargs):
        super().finalize(sender, **kwargs)
        kept = vars(sender)[self.manager_name]
        setattr(sender, self.manager_name, Versions(kept.model, kept.manager_class, kept.queryset_class))

    def create_historical_record_m2ms(self, history_instance, instance):
        if history_instance.history_type == "+":
            return
        for field in history_instance._history_m2m_fields:
            through, kept = field.remote_field.through, self.m2m_models[field]
            rows = through._base_manager.filter(**{field.m2m_field_name(): instance}).order_by("pk").values()
            kept.objects.bulk_create([kept(history=history_instance, **row) for row in rows])
