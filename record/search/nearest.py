"""“Did you mean”: for each word that nothing contains, the nearest one that something contains that readers may see."""

from django.db.models import Case, IntegerField, Max, When
from rapidfuzz import fuzz, process

from record import search
from record.models.search import SearchEntry, SearchTerm
from record.search import hits, spelling
from record.search.backends import Alternative, matching

# Of a hundred: what is written alike; how much less is enough for what is heard alike, and what that counts for it; what counts against
# a word of another script.
NEAR_ENOUGH, STILL_ALIKE, SAME_SOUND, OTHER_SCRIPT = 72, 65, 20, 20
# A shorter sound is that of too many words (Russia, raisi).
SHORTEST_HEARD = 5
AT_ONCE = 25
MOST_WORDS = 8


def question(asked):
    """The question with each unknown word replaced by its nearest; '' where that answers nothing either."""
    unknown = [word for word in asked.words[:MOST_WORDS] if len(spelling.bare(word)) > 2 and not _is_known(word, asked)]
    nearer = {word: found for word in unknown if (found := _nearest(word, asked.at))}
    if not nearer:
        return ""
    said = spelling.WORD.sub(lambda match: nearer.get(match[0], match[0]), asked.said)
    meant = search.ask(said, any_of=asked.any_of, at=asked.at)
    return said if meant.found(SearchEntry.objects.public(asked.at)).exists() else ""


def _is_known(word, asked):
    alone = search.ask(f"{word} ", at=asked.at)
    return not alone.is_empty and alone.found(SearchEntry.objects.public(asked.at)).exists()


def _nearest(word, at):
    """The nearest word that stands in a row that readers may see, as it is written there; in its own script or another (СОКАР, SOCAR)."""
    near, heard = {}, {own for own in spelling.sounds(word) if len(own) >= SHORTEST_HEARD}
    for typed, off in _readings(word).items():
        for term, score in _alike(typed, heard, off).items():
            near[term] = max(score, near.get(term, 0))
    ordered = sorted(near, key=lambda term: (-near[term], term))
    for start in range(0, len(ordered), AT_ONCE):
        if found := _first_seen(ordered[start : start + AT_ONCE], at):
            return found
    return ""


def _readings(word):
    """{a word folded, or the Latin letters that a Cyrillic one may stand for: how much less near what is found by it is}."""
    others = spelling.latin_readings(word) if spelling.is_cyrillic(word) else ()
    return {way: OTHER_SCRIPT for way in others if len(way) > 2} | {spelling.bare(word): 0}


def _alike(typed, heard, off):
    """{word: how near it is} of those that are written much alike, or that are heard as the one that is looked for."""
    found = {}
    for term, score, _place in process.extract(typed, _candidates(typed), scorer=fuzz.ratio, score_cutoff=STILL_ALIKE, limit=None):
        sounds_so = not heard.isdisjoint(spelling.sounds(term))
        if score - off >= NEAR_ENOUGH or sounds_so:
            found[term] = score - off + SAME_SOUND * sounds_so
    return found


def _candidates(typed):
    """Words that may be meant: they begin alike, or go on alike after a wrong first letter."""
    return list(SearchTerm.objects.filter(word__startswith=typed[0]).values_list("word", flat=True)) + list(
        SearchTerm.objects.filter(word__endswith=typed[2:]).exclude(word__startswith=typed[0]).values_list("word", flat=True)
    )


def _first_seen(terms, at):
    """The first of the words that readers may see, as some text writes it."""
    groups = [_group(term) for term in terms]
    flags = {f"n{n}": Max(Case(When(pk__in=matching([group]), then=1), output_field=IntegerField())) for n, group in enumerate(groups)}
    seen = SearchEntry.objects.public(at).filter(pk__in=matching(groups, any_of=True)).aggregate(**flags)
    for n, term in enumerate(terms):
        if seen[f"n{n}"] and (written := _as_written(term, groups[n], at)):
            return written
    return ""


def _group(term):
    return [Alternative((token,)) for token in dict.fromkeys([term, *(spelling.stem(term, lang) for lang in ("en", "ru"))])]


def _as_written(term, group, at):
    entries = SearchEntry.objects.public(at).filter(pk__in=matching([group])).order_by("title_words", "kind", "object_id")
    said = [passage for some in hits.passages(list(entries.values_list("kind", "object_id")[:5])).values() for passage in some]
    words = [match[0] for passage in said for match in spelling.words_of(spelling.normal(passage.words))]
    ways = [word for word in words if spelling.bare(word) == term]
    # A name is always written with a capital; any other word is not.
    return next((word for word in ways if word.islower()), ways[0] if ways else "")
