"""Entries that may have been entered twice: what makes two look alike, and who is compared with whom.

Nobody is compared with everybody: an entry is laid beside those of its kind within a month of it, and, where one of the two has
no date, beside those whose title has all of its longest words but one.
"""

import datetime
from dataclasses import dataclass, field
from itertools import combinations

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from rapidfuzz import fuzz

from record import dates, kinds
from record.folding import fold
from record.models.double import LikelyDouble
from record.models.search import SearchEntry
from record.publishing import State, in_use, standing
from record.search import spelling
from record.search.backends import Alternative, matching

NEAR_TITLE = 90
# Meetings return under the same title; the same one is not entered with days so far apart.
ABOUT_THE_SAME_TIME = datetime.timedelta(days=31)
# What lasts longer does not tell its day.
A_FEW_DAYS = datetime.timedelta(days=3)
MOST_COMPARED = 500
MOST_WORDS = 4
LANGS = [code for code, _name in settings.LANGUAGES]
Ground = LikelyDouble.Ground


@dataclass(frozen=True)
class Look:
    """What of an entry is compared: folded titles by language, days, its sort, where and with whom, what it is a part of."""

    number: int
    titles: dict
    first: datetime.date | None = None
    last: datetime.date | None = None
    sort: str = ""
    places: frozenset = frozenset()
    people: frozenset = frozenset()
    key: int | None = None
    part_of: int | None = None
    nth: tuple = field(default=(None, None))


def ground_of(mine, other, *, meets):
    """Why two entries of one kind look alike, or ''. `meets`: two of one day, sort, and place or people are likely one.

    Titles that name different numbers (2nd and 3rd session; 2022–2024 and 2025–2026), different numbers in one series, and an
    event and its own part are never alike.
    """
    if _are_told_apart(mine, other):
        return ""
    if _at_about_the_same_time(mine, other) and any(
        _alike(mine.titles[lang], other.titles[lang]) for lang in {*mine.titles} & {*other.titles}
    ):
        return Ground.TITLE
    same = mine.sort == other.sort and (mine.places & other.places or mine.people & other.people)
    return Ground.DAY if meets and same and _on_the_same_day(mine, other) else ""


def _are_told_apart(mine, other):
    related = {mine.part_of, other.part_of} & {mine.key, other.key} - {None}
    return bool(related) or (mine.nth[0] == other.nth[0] is not None and None not in (mine.nth[1], other.nth[1]) and mine.nth != other.nth)


def _at_about_the_same_time(mine, other):
    if not (mine.first and other.first):
        return True
    return mine.first - ABOUT_THE_SAME_TIME <= other.last and other.first - ABOUT_THE_SAME_TIME <= mine.last


def _on_the_same_day(mine, other):
    return all(look.first and look.last - look.first <= A_FEW_DAYS for look in (mine, other)) and (
        mine.first <= other.last and other.first <= mine.last
    )


def _alike(mine, other):
    return _figures(mine) == _figures(other) and fuzz.ratio(mine, other) >= NEAR_TITLE


def _figures(title):
    return [word for word in title.replace("–", " ").replace("-", " ").split() if any(char.isdecimal() for char in word)]


def look_of(entry):
    """The look of an entry in hand, stored or only typed."""
    typed = {name: getattr(entry, name, None) for name in (*_columns(type(entry)), *(f"title_{lang}" for lang in LANGS))}
    places, people = _below(type(entry), [entry.pk]).get(entry.pk, (set(), set())) if entry.pk else (set(), set())
    if getattr(entry, "place_id", None):
        places = places | {entry.place_id}
    span = dates.read(entry.date) if entry.date else None
    return _look(typed, (places, people), span and span.first, span and span.last)


def _look(row, below, first, last):
    titles = {lang: fold(row[f"title_{lang}"]) for lang in LANGS if row[f"title_{lang}"]}
    sort = row.get("kind") or row.get("form") or ""
    nth = (row.get("series_id"), row.get("ordinal"))
    part_of = row.get("part_of_id") or row.get("package_id")
    return Look(row["number"] or 0, titles, first, last, sort, *map(frozenset, below), row["pk"], part_of, nth)


def _columns(model):
    own = {f.attname for f in model._meta.concrete_fields}
    wanted = ("number", "kind", "form", "series_id", "ordinal", "part_of_id", "package_id")
    return ["pk", *(name for name in wanted if name in own)]


def found_beside(look, model, *, among=None):
    """[(ground, number)] of the entries of a model that look like one, in use or coming; `among` narrows who is seen."""
    rows = (model._base_manager if among is None else among).filter(in_use()).exclude(number=look.number).order_by()
    read = [*_columns(model), "date_from", "date_to", *(f"title_{lang}" for lang in LANGS)]
    near = {row["pk"]: row for asked in _candidates(look, model, rows) for row in asked.values(*read)}
    below = _below(model, list(near))
    meets = next(kind.meets for kind in kinds.all_kinds() if kind.model is model)
    looks = [_look(row, below.get(key, ((), ())), row["date_from"], row["date_to"]) for key, row in near.items()]
    return [(ground, other.number) for other in looks if (ground := ground_of(look, other, meets=meets))]


def _candidates(look, model, rows):
    """Who may look alike, in a few questions that are each bounded."""
    if look.first:
        reach = (look.first - ABOUT_THE_SAME_TIME, look.last + ABOUT_THE_SAME_TIME)
        yield rows.filter(date_from__lte=reach[1], date_to__gte=reach[0]).order_by("-number")[:MOST_COMPARED]
        rows = rows.filter(date_from__isnull=True)
    if choices := list(dict.fromkeys(choice for title in look.titles.values() for choice in _all_but_one(title))):
        yield rows.filter(_in_the_index(model, choices))[:MOST_COMPARED]
        yield rows.exclude(standing(State.PUBLISHED) | standing("scheduled")).filter(_in_the_texts(choices))[:MOST_COMPARED]


def _all_but_one(title):
    """The longest words of a title in every choice that leaves one out: a slip of the pen spoils one word."""
    words = sorted(dict.fromkeys(spelling.bare(match[0]) for match in spelling.words_of(title)), key=len)[-MOST_WORDS:]
    words = [word for word in words if word]
    return list(combinations(words, max(len(words) - 1, 2))) if len(words) > 1 else [tuple(words)] if words else []


def _in_the_index(model, choices):
    keys = Q()
    for words in choices:
        groups = [
            [Alternative((way,)) for way in dict.fromkeys([word, *(spelling.stem(word, lang) for lang in ("en", "ru"))])] for word in words
        ]
        keys |= Q(pk__in=matching(groups, ["title"]))
    return Q(pk__in=SearchEntry.objects.filter(keys, kind=model._meta.model_name).values("object_id"))


def _in_the_texts(choices):
    found = Q()
    for words in choices:
        found |= Q(*(Q(folded__contains=word) for word in words))
    return found


def _below(model, keys):
    """{key: (its places, its people)} of some entries."""
    kind = next(kind for kind in kinds.all_kinds() if kind.model is model)
    found = {}
    for at, name in enumerate(("place", "person")):
        for lookup in kind.involving.get(name, ()) if keys else ():
            for key, one in model._base_manager.filter(pk__in=keys, **{f"{lookup}__isnull": False}).order_by().values_list("pk", lookup):
                found.setdefault(key, (set(), set()))[at].add(one)
    return found


def is_compared(model, names):
    """Whether any of these fields of a form is a part of a look; the rows below an entry aside."""
    kind = next(kind for kind in kinds.all_kinds() if kind.model is model)
    met = {lookup.partition("__")[0] for name in ("place", "person") for lookup in kind.involving.get(name, ())}
    columns = {name.removesuffix("_id") for name in _columns(model)}
    return not met.union(columns, {"date"}, (f"title_{lang}" for lang in LANGS)).isdisjoint(names)


def follow(entry):
    """Note with whom a saved entry may be confused now, and forget with whom it no longer is."""
    _keep(entry, {number: ground for ground, number in found_beside(look_of(entry), type(entry))})


@transaction.atomic
def _keep(entry, found):
    stored = LikelyDouble.objects.filter(_pairs_of(entry))
    known = {pair.other_than(entry.number): pair for pair in stored}
    LikelyDouble.objects.filter(
        pk__in=[pair.pk for number, pair in known.items() if not pair.different_at and number not in found]
    ).delete()
    LikelyDouble.objects.bulk_create(
        [_pair(entry, number, ground) for number, ground in found.items() if number not in known], ignore_conflicts=True
    )


def _pair(entry, number, ground):
    first, second = sorted((entry.number, number))
    return LikelyDouble(letter=entry.LETTER, first=first, second=second, ground=ground)


def _pairs_of(entry):
    return Q(letter=entry.LETTER) & (Q(first=entry.number) | Q(second=entry.number))


def open_pairs(entry, *, among):
    """[(pair, the other entry)] of which nobody has said that they are different, where a person may see the other one."""
    pairs = LikelyDouble.objects.filter(_pairs_of(entry), different_at__isnull=True)
    others = {pair.other_than(entry.number): pair for pair in pairs}
    return [(others[other.number], other) for other in among.filter(in_use(), number__in=others)] if others else []


def say_different(pair, *, by):
    """These two are different: nobody is asked again."""
    pair.different_by, pair.different_at = by, timezone.now()
    pair.save(update_fields=["different_by", "different_at"])


def waiting(model):
    """The condition on entries of a model: one half of an open pair of which both are in use."""
    pairs = LikelyDouble.objects.filter(letter=model.LETTER, different_at__isnull=True)
    used = model._base_manager.filter(in_use()).order_by().values("number")
    return in_use() & (
        Q(number__in=pairs.order_by().filter(second__in=used).values("first"))
        | Q(number__in=pairs.order_by().filter(first__in=used).values("second"))
    )
