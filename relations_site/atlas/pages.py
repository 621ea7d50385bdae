"""The map as a page and as GeoJSON, and the same drawing small on other pages."""

from functools import partial

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from django.views import View
from django.views.decorators.http import require_safe

from record import jsonlist, kinds, problems, questions
from record.columns import LANGS
from record.embeds import framed
from record.listing import MOST_ASKED
from record.outlets import Form, finished
from record.pair import country_name, pair
from relations_site.atlas.drawing import LAYERS, Drawing
from relations_site.atlas.geometry import region
from relations_site.atlas.listing import MapListing, PlacePage
from relations_site.atlas.places import Found

GEOJSON = Form("json", pgettext_lazy("a format", "GeoJSON"), "application/geo+json")


class Map(View):
    """Places as marks on a map, and as an equal list beside it."""

    template_name = "relations_site/map.html"

    def get(self, request):
        listing = MapListing(request.GET)
        page = PlacePage(listing)
        status = 200 if listing.is_answerable else 400
        if listing.is_answerable and not page.exists:
            status = 404
        return render(request, self.template_name, self.context(listing, page), status=status)

    def context(self, listing, page):
        links = Links(listing, page)
        outlets = [(GEOJSON, questions.address(reverse("map-json"), listing))] if listing.is_answerable else []
        return {"listing": listing, "page": page, "map": links.drawing() if page.exists else None, "links": links, "outlets": outlets}


@framed
@require_safe
def map_embed(request):
    """The map of a question for other people's pages: its marks lead to the full page."""
    listing = MapListing(request.GET, offering=False)
    links = Links(listing, PlacePage(listing), is_elsewhere=True)
    context = {"listing": listing, "map": links.drawing(), "whole": questions.address(reverse("map"), listing)}
    return render(request, "relations_site/map_embed.html", context, status=200 if listing.is_answerable else 400)


class Links:
    """Where the marks and sections of a map lead. One that stands elsewhere has no list beside it."""

    def __init__(self, listing, page=None, *, is_elsewhere=False):
        self.listing, self.page, self.is_elsewhere = listing, page, is_elsewhere

    def drawing(self, **options):
        """The map with, while it shows the whole region, the two states as insets where it is narrow."""
        listing = self.listing
        codes = [] if listing.steps else [code for code in (pair().first, pair().second) if code in region().countries]
        insets = [inset for code in codes if (inset := self._inset(code))]
        return Drawing(listing.listed, listing.frame, self.of_mark, steps=listing.steps, insets=insets, **options)

    def _inset(self, code):
        """One of the two states, larger; None where there is nothing to tell apart."""
        frame = region().around(code)
        steps = region().steps_to(frame)
        options = {"layers": LAYERS[:1], "steps": steps - 1, "title": country_name(code)}
        inset = Drawing(self.listing.listed, frame, partial(self.of_mark, zoom=steps), **options)
        return inset if len(inset.spots) > 1 else None

    def of_mark(self, found, opens, zoom=None):
        """A nearer view where the places come apart; of several that do not, these and no others; of one, its section of the list."""
        if opens:
            return self.address(near=found[0].slug, zoom=zoom or self.listing.steps + 1) + "#map"
        slugs = sorted(one.slug for one in found)
        if 1 < len(slugs) <= MOST_ASKED and slugs != sorted(self.listing.data.getlist("place") if self.listing.data else []):
            return self._without("map", place=slugs) + "#places"
        number = self.page.numbers[found[0].slug] if self.page else 1
        if self.page and self.page.number == number and not self.is_elsewhere:
            return f"#place-{found[0].slug}"
        return self.address(**({"page": number} if number > 1 else {})) + f"#place-{found[0].slug}"

    def address(self, **changed):
        return questions.address(reverse("map"), self.listing, **changed)

    def _without(self, name, *left_out, **changed):
        data = self.listing.data.copy() if self.listing.data else QueryDict(mutable=True)
        for key in ("page", "near", "zoom", *left_out, *set(data) - set(self.listing.form.fields)):
            data.pop(key, None)
        for key, value in changed.items():
            data.setlist(key, value if isinstance(value, list) else [value])
        query = data.urlencode()
        return reverse(name) + (f"?{query}" if query else "")

    @property
    def whole(self):
        """The same question over the whole region."""
        return self._without("map")

    @property
    def timeline(self):
        """The same question as a timeline."""
        return self._without("timeline")

    @property
    def without_place(self):
        """The entries of the question that have no place, in order."""
        return self._without("timeline", where="unknown")

    def entries_at(self, found):
        """Every entry of the question at a place, in order."""
        return self._without("timeline", "place", place=found.slug)


def small():
    """The map of the whole record for another page, its marks leading to the map's own page."""
    listing = MapListing(QueryDict(), offering=False)
    return Links(listing, PlacePage(listing), is_elsewhere=True).drawing()


def locator(place):
    """A small map with one place on it; None where it has no coordinates or lies outside of the region."""
    one = Found(place, {"E": 0})
    if not one.is_on_the_map:
        return None
    address = f"{reverse('map')}?near={place.slug}#map"
    return Drawing([one], region().frame, lambda found, opens: address, layers=(("narrow", 280),))


def map_json(request):
    """The places of a question as a GeoJSON FeatureCollection (RFC 7946); 400 with the reasons if it is malformed."""
    listing = MapListing(request.GET, offering=False)
    if not listing.is_answerable:
        response = problems.unanswerable(listing, as_json=True)
    else:
        said = {
            "type": "FeatureCollection",
            "question": questions.understood(listing),
            "without_place": listing.without_place,
            "features": [feature(one, f"{request.scheme}://{request.get_host()}") for one in listing.listed],
        }
        response = finished(request, HttpResponse(jsonlist.written(said)), GEOJSON, None)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def feature(found, origin):
    """A place as a Feature, its geometry null where it has no coordinates."""
    place = found.place
    spot = None
    if place.latitude is not None:
        spot = {"type": "Point", "coordinates": [float(place.longitude), float(place.latitude)]}
    names = {f"name_{lang}": getattr(place, f"name_{lang}", None) or None for lang in LANGS}
    counts = {kind.path: found.counts.get(kind.letter, 0) for kind in kinds.all_kinds()}
    said = {"slug": place.slug, "kind": place.kind, "country": place.country, "precision": place.coordinates_precision}
    said |= {**names, "entries": found.total, **counts, "url": origin + place.get_absolute_url()}
    return {"type": "Feature", "id": place.slug, "geometry": spot, "properties": jsonlist.row(said)}
