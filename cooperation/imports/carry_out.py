"""An import carried out: one short transaction, all rows or none, once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cooperation.models import TradeFigure, TradeImport
from record import publishing
from record.history.telling import tell_import
from record.models import NumberSeries


class NotCarriedOut(Exception):
    """Nothing was written; the message is a sentence for the editor."""


@transaction.atomic
def carry_out(trade_import, stage, *, by):
    """Add the staged figures, published, and note the import that brought them. Raises NotCarriedOut.

    `trade_import` is a new row or one that is stored; a stored one is carried out at most once, whoever asks.
    """
    _refuse_twice(trade_import)
    count = stage.to_write()
    if not count:
        raise NotCarriedOut(_("The record holds these figures already."))
    first = NumberSeries.take(TradeFigure.LETTER, count)
    if first - 1 != stage.last_number:
        raise NotCarriedOut(_("Somebody added trade figures meanwhile. Nothing was written: look at the preview again."))
    now = timezone.now()
    select, params, columns = stage.numbered_from(first)
    publishing.add_published(TradeFigure, select=select, params=params, columns=columns, at=now)
    trade_import.first_number, trade_import.last_number = first, first + count - 1
    trade_import.by, trade_import.imported_at = by, now
    trade_import._history_user = by
    trade_import.save()
    tell_import(TradeFigure.LETTER, first, count, by=by, at=now)


def _refuse_twice(trade_import):
    """Hold the import's row, and refuse when it, or the same file under another day of release, was carried out before."""
    if trade_import.pk:
        stored = TradeImport.objects.select_for_update().get(pk=trade_import.pk)
        if stored.imported_at:
            raise NotCarriedOut(_("This import has been carried out already."))
    before = TradeImport.objects.filter(digest=trade_import.digest, imported_at__isnull=False).exclude(released_on=trade_import.released_on)
    if earlier := before.order_by("imported_at").first():
        values = {"day": timezone.localtime(earlier.imported_at).date(), "released": earlier.released_on}
        raise NotCarriedOut(
            _(
                "This very file was imported on %(day)s as released on %(released)s. Another day of release makes no other "
                "release of it, and could undo a later revision."
            )
            % values
        )
