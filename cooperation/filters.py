"""The lists of agreements and initiatives: every way to narrow and to order them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cooperation.models import Agreement, Initiative
from cooperation.status import Status
from record.listing import DayFilter, Facet, Listing, ReferenceFacet
from record.models import Confirmation, Organisation, Person, Place, Topic
from record.pair import country_name, pair

# Which of an agreement's dates `after` and `before` speak of, with the columns of its bounds.
DATES = {
    "signed": (_("signed"), "date_from", "date_to"),
    "in-force": (_("in force"), "in_force_from", "in_force_from"),
    "ended": (_("ended"), "ended_on", "ended_on"),
}


def countries():
    """The two states, by name."""
    return [(code, country_name(code)) for code in (pair().first, pair().second)]


class AgreementDayFilter(DayFilter):
    """Narrows by the date that the question's `date` names."""

    def filter(self, queryset, value):
        if not value:
            return queryset
        _label, first, last = DATES[self.parent.form.cleaned_data.get("date") or "signed"]
        if self.lookup_expr == "gte":
            return queryset.filter(**{f"{last}__gte": value.first})
        return queryset.filter(**{f"{first}__lte": value.last})


class AgreementListing(Listing):
    """Agreements by status, form, legal force, level, topic, party, signatory, place, confirmation and date."""

    status = Facet(choices=Status.choices, label=_("Status"))
    binding = Facet(choices=Agreement.Binding.choices, label=_("Legal force"))
    level = Facet(choices=Agreement.Level.choices, label=_("Level"))
    topic = ReferenceFacet(field_name="topics", model=Topic, many=True, label=_("Topic"))
    party = ReferenceFacet(field_name="parties__organisation", model=Organisation, many=True, label=_("Party"))
    person = ReferenceFacet(field_name="signatories__person", model=Person, many=True, label=_("Signed by"))
    place = ReferenceFacet(field_name="actions__place", model=Place, many=True, label=_("Place"))
    confirmed = Facet(field_name="confirmation", choices=Confirmation.choices[:3], label=_("Confirmed"))
    after = AgreementDayFilter(lookup_expr="gte", label=_("From"))
    before = AgreementDayFilter(lookup_expr="lte", label=_("Until"))

    ORDERS = {
        "newest": (_("newest first"), lambda queryset: queryset.newest_first()),
        "oldest": (_("oldest first"), lambda queryset: queryset.oldest_first()),
        "waiting": (_("waiting longest first"), lambda queryset: queryset.waiting_longest()),
    }

    class Meta:
        model = Agreement
        fields = []

    def get_form_class(self):
        class Question(super().get_form_class()):
            date = forms.ChoiceField(choices=[(key, row[0]) for key, row in DATES.items()], required=False)

        return Question


# `form` is the name of the filter in addresses and, on every FilterSet, of its form: it is declared apart.
AgreementListing.base_filters["form"] = Facet(field_name="form", choices=Agreement.Form.choices, label=_("Form"))
AgreementListing.base_filters.move_to_end("form", last=False)
AgreementListing.base_filters.move_to_end("status", last=False)
AgreementListing.base_filters.move_to_end("q", last=False)


class InitiativeListing(Listing):
    """Initiatives by kind, status, topic, place, country, builder, confirmation and date."""

    kind = Facet(choices=Initiative.Kind.choices, label=_("Kind"))
    status = Facet(choices=Initiative.Status.choices, label=_("Status"))
    topic = ReferenceFacet(field_name="topics", model=Topic, many=True, label=_("Topic"))
    place = ReferenceFacet(model=Place, label=_("Place"))
    country = Facet(field_name="stands_in", choices=countries, label=_("Stands in"))
    built_by = Facet(choices=countries, label=_("Built or run by"))
    organisation = ReferenceFacet(field_name="partners__organisation", model=Organisation, many=True, label=_("Partner"))
    confirmed = Facet(field_name="confirmation", choices=Confirmation.choices[:3], label=_("Confirmed"))
    after = DayFilter(field_name="date_to", lookup_expr="gte", label=_("From"))
    before = DayFilter(field_name="date_from", lookup_expr="lte", label=_("Until"))

    ORDERS = {
        "newest": (_("newest first"), lambda queryset: queryset.newest_first()),
        "oldest": (_("oldest first"), lambda queryset: queryset.oldest_first()),
    }

    class Meta:
        model = Initiative
        fields = []
