"""Lists of agreements: all of them, those that wait, and those that are counted; every way to narrow and to order them."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from cooperation.models import Agreement, AgreementPhase
from cooperation.models.agreement import WAITING
from cooperation.status import Status
from record.inverted.column import Column
from record.listing import DAY_ORDERS, DayFilter, Facet, Listing, ReferenceFacet
from record.models import Confirmation, Organisation, Person, Place, Topic

# Which of an agreement's dates `after` and `before` speak of: its signature, or the beginning of a phase of these statuses.
DATES = {
    "signed": (_("signed"), ()),
    "in-force": (_("in force"), (Status.IN_FORCE,)),
    "ended": (_("ended"), (Status.TERMINATED, Status.EXPIRED, Status.REPLACED)),
}


class AgreementDayFilter(DayFilter):
    """Narrows by the date that the question's `date` names."""

    def filter(self, queryset, value):
        asked = self.parent.form.cleaned_data
        _label, statuses = DATES[asked.get("date") or "signed"]
        if not value or not statuses:
            return super().filter(queryset, value)
        # A phase without a date of its own began on a day that nobody gives.
        begun = AgreementPhase.objects.filter(status__in=statuses, first__gt=datetime.date.min).exclude(since="")
        # Both bounds speak of one and the same phase.
        if after := asked.get("after"):
            begun = begun.filter(first__gte=after.first)
        if before := asked.get("before"):
            begun = begun.filter(first__lte=before.last)
        return queryset.filter(pk__in=begun.values("agreement"))

    def marked(self, index, value):
        """Of phases the database is asked."""
        return None if DATES[self.parent.form.cleaned_data.get("date") or "signed"][1] else super().marked(index, value)


class StatusFacet(Facet):
    """The status of the day as of which the list is asked for; an index holds that of today."""

    def column(self, model):
        return Column(AgreementPhase, "agreement", "status", AgreementPhase.today)


class AsOfFilter(DayFilter):
    """Looks at the list as of a day: what had not begun by then is left out, and the status is that of the day."""

    days = ""

    def filter(self, queryset, value):
        return queryset.existing() if value else queryset


class AgreementListing(Listing):
    """Agreements by status, form, legal force, level, topic, party, signatory, place, confirmation and date."""

    status = StatusFacet(field_name="phase__status", choices=Status.choices, label=_("Status"))
    on = AsOfFilter(label=_("As of"))
    binding = Facet(choices=Agreement.Binding.choices, label=_("Legal force"))
    level = Facet(choices=Agreement.Level.choices, label=_("Level"))
    topic = ReferenceFacet(field_name="topics", model=Topic, many=True, label=_("Topic"))
    party = ReferenceFacet(field_name="parties__organisation", model=Organisation, many=True, label=_("Party"))
    person = ReferenceFacet(field_name="signatories__person", model=Person, many=True, label=_("Signed by"))
    place = ReferenceFacet(field_name="actions__place", model=Place, many=True, label=_("Place"))
    confirmed = Facet(field_name="confirmation", choices=Confirmation.choices[:3], label=_("Confirmed"))
    after = AgreementDayFilter(field_name="date_to", lookup_expr="gte", label=_("From"))
    before = AgreementDayFilter(field_name="date_from", lookup_expr="lte", label=_("Until"))

    ORDERS = {
        "newest": (_("newest first"), lambda queryset: queryset.newest_first()),
        "oldest": (_("oldest first"), lambda queryset: queryset.oldest_first()),
        "waiting": (_("waiting longest first"), lambda queryset: queryset.waiting_longest()),
    }
    FOLLOWED_ORDERS = DAY_ORDERS

    class Meta:
        model = Agreement
        fields = []

    @classmethod
    def question_fields(cls):
        dates = [(key, row[0]) for key, row in DATES.items()]
        return super().question_fields() | {"date": forms.ChoiceField(label=_("Which date"), choices=dates, required=False)}

    @property
    def day(self):
        """The day as of which the list is asked for: the last one of a month or year; None for today."""
        asked = self.form.cleaned_data.get("on") if self.is_answerable else None
        return asked and asked.last

    def base(self):
        return self.whole.as_of(self.day)

    @property
    def indexed(self):
        return [] if self.day else super().indexed

    @property
    def looks(self):
        """A row says the status of the day, and how long it waits."""
        return (*super().looks, self.day)

    def looked_at(self):
        return super().looked_at().as_of(self.day)


# `form` is the name of the filter in addresses and, on every FilterSet, of its form: it is declared apart.
AgreementListing.declared_filters["form"] = Facet(field_name="form", choices=Agreement.Form.choices, label=_("Form"))
for _first in ("form", "status", "q"):
    AgreementListing.declared_filters.move_to_end(_first, last=False)
AgreementListing.base_filters = AgreementListing.get_filters()


class WaitingListing(AgreementListing):
    """Agreements signed and not in force, the longest wait first; as of any day."""

    status = None

    ORDERS = {
        "longest": (_("waiting longest first"), lambda queryset: queryset.order_by("sort_day", "number")),
        "latest": (_("latest signature first"), lambda queryset: queryset.order_by("-sort_day", "-number")),
    }

    def base(self):
        return super().base().waiting()

    def uncertain(self):
        """Those that wait too, since a day that the sources call uncertain: they are named and not counted."""
        return self.whole.as_of(self.day).filter(phase__status=Status.SIGNED).exclude(WAITING).without_texts()


class CountListing(AgreementListing):
    """The documents behind a count: the rule and its switches, and every other way to narrow the list."""

    # The first choice of each switch is the rule where nothing is asked.
    SWITCHES = {
        "signers": (_("Signed by"), [("states", _("states and ministries")), ("all", _("all signatories"))]),
        "protocols": (_("Protocols"), [("with", _("counted")), ("apart", _("left out"))]),
        "thirds": (_("Signed with third states too"), [("with", _("counted")), ("without", _("left out"))]),
    }

    @property
    def whole_rule(self):
        """The switches as they stand, {name: chosen}."""
        asked = self.form.cleaned_data if self.is_answerable else {}
        return {name: asked.get(name) or choices[0][0] for name, (_label, choices) in self.SWITCHES.items()}

    def base(self):
        chosen, queryset = self.whole_rule, super().base().signed()
        if chosen["signers"] == "states":
            queryset = queryset.between_states()
        if chosen["protocols"] == "apart":
            queryset = queryset.exclude(form=Agreement.Form.PROTOCOL)
        return queryset.of_the_two_alone() if chosen["thirds"] == "without" else queryset
