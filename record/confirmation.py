"""Who confirms an entry: computed from the sides of its sources, stored for the filter."""

from django.apps import apps

from record.models.entry import Confirmation
from record.models.source import Citation, Disagreement, DisagreementValue
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


def refresh_values(disagreement):
    """Store who says each value of a disagreement: the same rule, from the sides of the value's own sources."""
    for value in disagreement.values.all():
        found = confirmation_of(value.sources.values_list("side", flat=True))
        DisagreementValue.objects.filter(pk=value.pk).update(**found)


def refresh_citing(source):
    """Store anew the confirmation of everything that rests on a source whose side may have changed."""
    for model in citation_models():
        for citation in model.objects.filter(source=source):
            owner = citation.owner
            if hasattr(owner, "confirmation"):
                refresh(owner)
    for disagreement in Disagreement.objects.filter(values__sources=source).distinct():
        refresh_values(disagreement)


def citation_models():
    """Every table of citations, one per owner."""
    return [model for model in apps.get_models() if issubclass(model, Citation)]


def confirmed_models():
    """Every kind of row whose citations say who confirms it."""
    owners = [model.owner_model() for model in citation_models()]
    return [owner for owner in owners if hasattr(owner, "confirmation")]


def wrongly_confirmed():
    """(row, what it should say, its remedy) for every row whose stored confirmation disagrees with the rule."""
    for model in confirmed_models():
        for entry in model._base_manager.prefetch_related("citations__source"):
            found = confirmation_of(citation.source.side for citation in entry.citations.all())
            if _disagrees(entry, found):
                yield entry, found, refresh
    for value in DisagreementValue.objects.select_related("disagreement").prefetch_related("sources"):
        found = confirmation_of(source.side for source in value.sources.all())
        if _disagrees(value, found):
            yield value, found, lambda row: refresh_values(row.disagreement)


def _disagrees(row, found):
    return any(getattr(row, name) != value for name, value in found.items())
