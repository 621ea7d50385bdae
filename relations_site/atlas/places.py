"""What a question finds at which place: the list of the map. Everything is added up by the database, once for each kind.

An entry stands where the lists of its kind find it: an event and an initiative at its place, an agreement wherever it was signed
or another step of it was taken. One that was signed in two places stands in both.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, partial

from django.db.models import Count, F, Value, Window
from django.db.models.functions import DenseRank

from record import kinds, texts
from record.alphabet import collate
from record.inverted.answer import Answer
from record.models import Place
from record.pair import country_name, pair
from relations_site.atlas.geometry import region
from relations_site.joint import path_to_place, place_of, without_place
from relations_site.timeline import Row

# How many entries of a place its section of the list names.
SHOWN = 3
# In which order they come first.
FIRST = {direction: (("sort_day", direction == "newest"), ("number", direction == "newest")) for direction in ("newest", "oldest")}


@dataclass
class Found:
    """A place with the number of its entries of each kind, and the first of them."""

    place: Place
    counts: dict
    rows: list = field(default_factory=list)

    @property
    def slug(self):
        return self.place.slug

    @property
    def total(self):
        return sum(self.counts.values())

    @property
    def by_kind(self):
        """(kind, number) of the kinds that are there."""
        return [(kind, self.counts[kind.letter]) for kind in kinds.all_kinds() if self.counts.get(kind.letter)]

    @cached_property
    def name(self):
        return texts.best(self.place, "name").words or self.slug

    @property
    def country(self):
        return country_name(self.place.country)

    @property
    def ink(self):
        """The ink of the country in which it lies; neither for all others."""
        own = pair()
        return {own.first: "first", own.second: "second"}.get(self.place.country, "both")

    @cached_property
    def point(self):
        """Where it stands in the drawing of the region; None without coordinates."""
        if self.place.latitude is None:
            return None
        return region().point(self.place.latitude, self.place.longitude)

    @property
    def is_on_the_map(self):
        return bool(self.point) and region().frame.holds(self.point)

    @property
    def order(self):
        """The two countries first, then the others by name, then what lies in none; the fullest places first."""
        own = pair()
        code = self.place.country
        rank = {own.first: 0, own.second: 1}.get(code, 2 if code else 3)
        return rank, collate(self.country), -self.total, collate(self.name)


def found(counts):
    """Every place with its numbers, in the order of the list."""
    rows = Place.objects.in_bulk(list(counts))
    return sorted((Found(rows[spot], numbers) for spot, numbers in counts.items()), key=lambda one: one.order)


def counted(narrowed):
    """{key of a place: its numbers by kind} of a question. `narrowed` is {letter: public entries}, as querysets or in bits."""
    parts, counts = [], {}
    for letter, queryset in narrowed.items():
        if isinstance(queryset, Answer):
            for spot, number in queryset.tally(place_of(queryset.index.model)).items():
                counts.setdefault(spot, Counter())[letter] += number
            continue
        path = path_to_place(kinds.by_letter(letter))
        placed = queryset.order_by().filter(**{f"{path}__isnull": False}).annotate(spot=F(path), own_letter=Value(letter))
        parts.append(placed.values("spot", "own_letter").annotate(n=Count("pk", distinct=True)).values_list("spot", "own_letter", "n"))
    for spot, letter, number in parts[0].union(*parts[1:], all=True) if parts else []:
        counts.setdefault(spot, Counter())[letter] += number
    return counts


def number_without_place(narrowed):
    """How many entries of a question have no place on record."""
    if any(isinstance(rows, Answer) for rows in narrowed.values()):
        return sum(len(rows.bits - rows.index.with_any(place_of(rows.index.model))) for rows in narrowed.values())
    parts = [
        without_place(queryset).order_by().annotate(own_letter=Value(letter)).values("own_letter") for letter, queryset in narrowed.items()
    ]
    counted = [part.annotate(n=Count("pk")).values_list("own_letter", "n") for part in parts]
    return sum(number for _letter, number in counted[0].union(*counted[1:], all=True))


def with_rows(shown, narrowed, direction, shared=lambda make, *key: make()):
    """The places of one page with their first entries, in two statements for each kind whatever their number.

    `shared` may know the keys already (see `record.kept.part`).
    """
    by_place = {one.place.pk: one for one in shown}
    for letter, queryset in narrowed.items():
        kind = kinds.by_letter(letter)
        asked = (path_to_place(kind), tuple(by_place), direction)
        keys = shared(partial(_first_keys, queryset, *asked), "first of places", letter, *asked) if by_place else []
        entries = kind.model.objects.public().without_texts().in_bulk([pk for _spot, pk in keys]) if keys else {}
        for spot, pk in keys:
            if pk in entries:
                by_place[spot].rows.append(Row(kind, entries[pk]))
    for one in shown:
        one.rows.sort(key=lambda row: (row.entry.sort_day, row.entry.number), reverse=direction == "newest")
        del one.rows[SHOWN:]
    return shown


def _first_keys(queryset, path, places, direction):
    """(place, key) of the first entries of each of these places."""
    if isinstance(queryset, Answer):
        spots, order = queryset.index.values(place_of(queryset.index.model)), FIRST[direction]
        return [(spot, pk) for spot in places if spot in spots for pk in queryset.among(spots[spot]).between(0, SHOWN, order)]
    order = ["-sort_day", "-number"] if direction == "newest" else ["sort_day", "number"]
    placed = queryset.order_by().filter(**{f"{path}__in": places}).annotate(spot=F(path))
    numbered = placed.annotate(rank=Window(DenseRank(), partition_by=[F("spot")], order_by=order))
    # An agreement with two steps in one place stands there once, and both have the same rank.
    return list(dict.fromkeys(numbered.filter(rank__lte=SHOWN).values_list("spot", "pk")))
