"""Who confirms an entry: computed from the sides of its sources, stored for the filter."""

from django.apps import apps

from record import kinds
from record.models.entry import Confirmation
from record.models.source import Citation
from record.pair import Side


def confirmation_of(sides):
    """The rule, from the sides of an entry's citations: the confirmation, and whose it is where one side stands alone."""
    sides = set(sides)
    own = sides & {Side.FIRST, Side.SECOND}
    return {"confirmation": Confirmation.from_sides(sides), "confirmed_by": own.pop() if len(own) == 1 else ""}


def refresh(entry):
    """Store the confirmation of an entry whose citations may have changed."""
    found = confirmation_of(entry.citations.values_list("source__side", flat=True).order_by())
    type(entry)._base_manager.filter(pk=entry.pk).update(**found)
    for name, value in found.items():
        setattr(entry, name, value)


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
            found = confirmation_of(citation.source.side for citation in entry.citations.all())
            if any(getattr(entry, name) != value for name, value in found.items()):
                yield entry, found
