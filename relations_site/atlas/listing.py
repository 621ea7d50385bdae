"""The question of the map: that of the timeline, and which part of the region is looked at."""

from functools import partial

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from record import kept
from record.models import Place
from record.paging import Page
from relations_site.atlas import places
from relations_site.atlas.geometry import MOST_STEPS, region
from relations_site.timeline import TimelineListing


class MapListing(TimelineListing):
    """Entries of all kinds by where they stand. `near` and `zoom` narrow the view and never the answer."""

    def __init__(self, data=None, *, at=None, offering=True, **kwargs):
        super().__init__(data, at=at, offering=offering, **kwargs)
        if self.data and self.data.get("near"):
            self.form.fields["near"].choices = self.facets["place"].offered(self.whole)

    @classmethod
    def question_fields(cls):
        steps = [(str(step), str(step)) for step in range(1, MOST_STEPS + 1)]
        return super().question_fields() | {
            "near": forms.ChoiceField(label=_("Near"), required=False),
            "zoom": forms.ChoiceField(label=_("Closeness of the map"), choices=steps, required=False),
        }

    @cached_property
    def everywhere(self):
        """Every place of the answer, in the order of the list."""
        if not self.is_answerable:
            return []
        return places.found(self.shared(lambda: self.asked(places.counted), "places"))

    def asked(self, ask, *said):
        """What a function tells of the answer of each kind."""
        with self.answering() as narrowed:
            return ask(narrowed(), *said)

    @cached_property
    def without_place(self):
        """How many entries of the answer have no place."""
        if not self.is_answerable:
            return 0
        return self.shared(lambda: self.asked(places.number_without_place), "without place")

    def shared(self, make, *key):
        """What belongs to the whole map is computed once for all who look at it, near or far."""
        is_whole = self.at is None and not self.asked_of_rows - {"near", "zoom"}
        return kept.part(make, "map", *key) if is_whole else make()

    @property
    def beyond(self):
        """How many places of the list have no coordinates or lie outside of the region."""
        return sum(not one.is_on_the_map for one in self.listed)

    @property
    def steps(self):
        """How many steps nearer than the whole region the view is."""
        return int(self.form.cleaned_data.get("zoom") or 1) if self.centre else 0

    @cached_property
    def centre(self):
        """The place around which the view is, or None for the whole region: also for a place that lies outside of it."""
        slug = self.form.cleaned_data.get("near") if self.is_answerable else None
        row = Place.objects.filter(slug=slug, latitude__isnull=False).first() if slug else None
        found = row and places.Found(row, {})
        return found if found and found.is_on_the_map else None

    @property
    def frame(self):
        """The part of the region that is looked at."""
        return region().near(self.centre.point, self.steps) if self.centre else region().frame

    @cached_property
    def listed(self):
        """The places of the view: all of them, or those inside its frame."""
        if not self.centre:
            return self.everywhere
        return [one for one in self.everywhere if one.point and self.frame.holds(one.point)]


class PlaceList:
    """The places of the view as a list that comes in pages."""

    def __init__(self, listing):
        self.listing, self.form, self.is_answerable = listing, listing.form, listing.is_answerable
        self.total = len(listing.listed)

    def between(self, start, stop):
        return self.listing.listed[start:stop]


class PlacePage(Page):
    """One page of the places, each with its first entries."""

    size = 60

    def __init__(self, listing):
        super().__init__(PlaceList(listing))
        self.numbers = {one.slug: 1 + at // self.size for at, one in enumerate(listing.listed)}

    @cached_property
    def rows(self):
        whole = self.listing.listing
        return whole.asked(partial(places.with_rows, super().rows), whole.direction, whole.shared)
