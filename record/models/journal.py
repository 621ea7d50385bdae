"""Which rows were touched since: what is held in memory beside the database is brought up to date from here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JournalLine(models.Model):
    """A row whose values for the lists may be others now. Triggers write it, in the transaction that changes the row.

    An empty `table` stands for all rows of all tables. See `record.inverted.journal`.
    """

    # PostgreSQL's number of the transaction; 0 on SQLite, where lines are committed in the order of their keys.
    transaction = models.BigIntegerField(editable=False)
    table = models.CharField(max_length=63, editable=False)
    key = models.BigIntegerField(editable=False)
    noted_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("line of the journal")
        verbose_name_plural = _("journal")
        indexes = [
            models.Index(fields=["transaction"], name="journal_by_transaction"),
            models.Index(fields=["noted_at"], name="journal_by_moment"),
        ]

    def __str__(self):
        return f"{self.table} {self.key}".strip()
