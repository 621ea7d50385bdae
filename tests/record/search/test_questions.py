"""A table of questions and the entry that each must reach among the first three, on both databases."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from cooperation.models import QuotedFigure
from record import search
from record.models import SearchEntry
from record.search import documents, hits

TABLE = [
    line.split(" → ")
    for line in Path(__file__).with_name("questions.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
# Spellings of one name find the same rows in the same order.
ALIKE = [
    ["Özbəkistan", "Ozbekistan", "Oʻzbekiston", "O'zbekiston", "O‘zbekiston", "O’zbekiston", "O`zbekiston", "Ozbekiston", "Узбекистан",
     "Ўзбекистон", "Uzbekistan", "UZBEKISTAN", "Узбекистана", "Özbəkistanın"],
    ["Azərbaycan", "Azerbaycan", "Ozarbayjon", "Озарбайжон", "Азербайджан", "Азәрбајҹан", "Azerbaijan"],
    ["Şuşa", "Shusha", "Шуша", "şuşa", "ШУША"],
    ["Mirziyoyev", "Mirziyoev", "Мирзиёев", "Мирзиеев", "Mirzyoyev", "mirziyoyev"],
    ["Aliyev", "Əliyev", "Алиев", "Aliev", "ƏLİYEV"],
]  # fmt: skip


def keys(question, *, most=None, **options):
    """What answers, in order, as numbers or kinds with addresses; the first of it, if a number is named."""
    asked = search.ask(question, **options)
    entries = list(asked.ranked(asked.found(SearchEntry.objects.public()))[:most])
    rows = hits.rows_of([entry.place for entry in entries])
    return [_key(entry, rows[entry.place]) for entry in entries]


def _key(entry, row):
    return getattr(row, "code", "") or f"{documents.by_name(entry.kind).name}/{row.slug}"


def test_table_holds_120_questions_each_once():
    assert len(TABLE) >= 120
    assert len({question for question, _key in TABLE}) == len(TABLE)


@pytest.mark.django_db
def test_98_of_100_questions_reach_their_entry_among_the_first_three():
    missed = {question: (expected, found) for question, expected in TABLE if expected not in (found := keys(question, most=3))}
    assert len(missed) <= 0.02 * len(TABLE), missed


@pytest.mark.django_db
@pytest.mark.parametrize("spellings", ALIKE, ids=lambda spellings: spellings[0])
def test_every_spelling_of_a_name_finds_the_same(spellings):
    first = keys(spellings[0])
    assert len(first) > 5
    assert {spelling: keys(spelling) == first for spelling in spellings} == dict.fromkeys(spellings, True)


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["en", "az", "uz", "ru"])
def test_quoted_figure_is_found_by_all_that_its_heading_says(lang):
    """What a reader has before him he may type again."""
    figure = QuotedFigure.objects.get(number=1)
    with translation.override(lang):
        heading = hits.title_of(documents.of_model(QuotedFigure), figure).words
    assert keys(heading)[0] == "Q1", heading


@pytest.mark.django_db
@pytest.mark.parametrize(("lang", "asked"), [("az", "252 mln"), ("ru", "252 миллиона"), ("en", "value of trade 252 million")])
def test_other_words_for_a_quoted_figure_find_it_and_are_no_text_of_its(client, lang, asked):
    html = client.get(f"/{lang}/search/?q={asked}&kind=quotation").content.decode()
    found = re.search(r'<li class="row[^>]*>.*?</li>', html, re.DOTALL)[0]
    assert "/trade/quotations/Q20/" in found
    figure = QuotedFigure.objects.get(number=20)
    with translation.override(lang):
        said = documents.of_model(QuotedFigure).otherwise(figure)
    assert said not in " ".join(re.sub(r"<[^>]+>", "", found).split())
