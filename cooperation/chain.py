"""The chain: meeting → document signed → thing built, both ways, through published entries only."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cooperation.models import Agreement, AgreementRelation, Initiative
from events.models import Event
from record.lookups import KEY
from record.prepared import MOMENT, Question


@dataclass(frozen=True)
class Link:
    """One step of the chain: how the other entry stands to this one, and that entry."""

    how: str
    entry: object


INVERSE = {
    "amends": _("amended by"),
    "supersedes": _("superseded by"),
    "implements": _("implemented by"),
    "extends": _("extended by"),
    "cites": _("cited by"),
    "related": _("is related to"),
}


def chain_of(entry):
    """(origins, consequences) of an entry as links, each list in the order of days."""
    follow = {Event: _of_event, Agreement: _of_agreement, Initiative: _of_initiative}[type(entry)]
    return follow(entry)


def _shown(queryset):
    return queryset.public(MOMENT).without_texts().order_by("sort_day", "number")


def _concerning(event):
    """Agreements that were signed at an event, or name it."""
    named = Agreement.events.through.objects.filter(event__pk__among=event).values("agreement")
    return Agreement.objects.filter(Q(signed_at__pk__among=event) | Q(pk__in=named))


AGREEMENTS_OF_EVENT = Question(lambda: _shown(_concerning(KEY)))
INITIATIVES_OF_EVENT = Question(lambda: _shown(Initiative.objects.filter(events__pk__among=KEY)))
EVENT = Question(lambda: _shown(Event.objects.filter(pk__among=KEY)))
LIFE_OF_AGREEMENT = Question(lambda: _shown(Event.objects.filter(later_agreements__pk__among=KEY)))
INITIATIVES_OF_AGREEMENT = Question(lambda: _shown(Initiative.objects.filter(agreements__pk__among=KEY)))
CONTENTS = Question(lambda: _shown(Agreement.objects.filter(package__pk__among=KEY)))
AGREEMENTS_OF_INITIATIVE = Question(lambda: _shown(Agreement.objects.filter(initiatives__pk__among=KEY)))
LIFE_OF_INITIATIVE = Question(lambda: _shown(Event.objects.filter(initiatives__pk__among=KEY)))


def _links(how, question, key):
    return [Link(how, other) for other in question.objects(key)]


def _of_event(event):
    agreements = _links(_("concerns"), AGREEMENTS_OF_EVENT, event.pk)
    signed = [Link(_("signed here"), link.entry) for link in agreements if link.entry.signed_at_id == event.pk]
    later = [link for link in agreements if link.entry.signed_at_id != event.pk]
    before = [Link(_("carries on"), link.entry) for link in later if link.entry.sort_day <= event.sort_day]
    after = [link for link in later if link.entry.sort_day > event.sort_day]
    return before, [*signed, *after, *_links(_("in the life of"), INITIATIVES_OF_EVENT, event.pk)]


def _of_agreement(agreement):
    origins = _links(_("signed at"), EVENT, agreement.signed_at_id) if agreement.signed_at_id else []
    before, after = _life(LIFE_OF_AGREEMENT, agreement)
    return [*before, *origins], [*after, *_links(_("created"), INITIATIVES_OF_AGREEMENT, agreement.pk)]


def _life(events, entry):
    """Events in an entry's life: those before its own day lead to it, the others follow from it."""
    life = _links(_("event in its life"), events, entry.pk)
    before = [link for link in life if link.entry.sort_day < entry.sort_day]
    return before, [link for link in life if link not in before]


def _of_initiative(initiative):
    origins = _links(_("created by"), AGREEMENTS_OF_INITIATIVE, initiative.pk)
    before, after = _life(LIFE_OF_INITIATIVE, initiative)
    return [*before, *origins], after


def relations_of(agreement):
    """Links to other public agreements: its package, those it states itself, the inverse of those that others state, its contents."""
    rows = AgreementRelation.objects.filter(Q(agreement=agreement) | Q(other=agreement)).select_related("agreement", "other")
    links = []
    for row in rows:
        own = row.agreement_id == agreement.pk
        other = row.other if own else row.agreement
        if other.is_public() and other.pk != agreement.package_id and other.package_id != agreement.pk:
            links.append(Link(row.get_kind_display() if own else INVERSE[row.kind], other))
    return [*_package_of(agreement), *links, *_links(_("stands for"), CONTENTS, agreement.pk)]


def stated_relations(agreement):
    """Links to the other public agreements that this one itself states, from the rows that it holds."""
    links = [Link(row.get_kind_display(), row.other) for row in agreement.relations.all() if row.other and row.other.is_public()]
    return [*_package_of(agreement), *links]


def _package_of(agreement):
    package = agreement.package
    return [Link(_("one of the package"), package)] if package and package.is_public() else []


def links_of(commitment):
    """Where a promise was made and what keeps it, as far as readers may see them."""
    rows = [(_("said at"), commitment.event), (_("promised in"), commitment.agreement), (_("what came of it"), commitment.initiative)]
    return [Link(how, entry) for how, entry in rows if entry and entry.is_public()]
