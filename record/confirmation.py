"""Who confirms an entry: computed from the sides of its sources, stored for the filter."""

from django.apps import apps

from record import kinds
from record.models.entry import Confirmation
from record.models.source import Citation


def confirmation_of(entry):
    """The rule, from the entry's present citations."""
    return Confirmation.from_sides(entry.citations.values_list("source__side", flat=True).order_by())


def refresh(entry):
    """Store the confirmation of an entry whose citations may have changed."""
    found = confirmation_of(entry)
    if found != entry.confirmation:
        type(entry)._base_manager.filter(pk=entry.pk).update(confirmation=found)
        entry.confirmation = found


def refresh_citing(source):
    """Store anew the confirmation of every entry that cites a source whose side may have changed."""
    for model in citation_models():
        for citation in model.objects.filter(source=source):
            owner = citation.owner
            if hasattr(owner, "confirmation"):
                refresh(owner)


def citation_models():
    """Every table of citations, one per owner."""
    return [model for model in apps.get_models() if issubclass(model, Citation)]


def wrongly_confirmed():
    """(entry, what it should say) for every entry whose stored confirmation disagrees with the rule."""
    for kind in kinds.all_kinds():
        for entry in kind.model._base_manager.prefetch_related("citations__source"):
            found = Confirmation.from_sides(c.source.side for c in entry.citations.all())
            if found != entry.confirmation:
                yield entry, found
