"""Marks stand around whole words of the text as it is written, and never break markup."""

import pytest

from record import search
from record.search.highlight import LONGEST, Marked

pytestmark = [pytest.mark.one_engine, pytest.mark.django_db]


def marked(words, question, lang="en"):
    return Marked(words, lang, search.ask(question)).html()


@pytest.mark.parametrize(
    ("words", "question", "lang", "expected"),
    [
        ("The State visits of 2022", "visit", "en", "The State <mark>visits</mark> of 2022"),
        ("Oʻzbekistonga tashrif", "o'zbekiston", "uz", "<mark>Oʻzbekistonga</mark> tashrif"),
        ("O'zbekiston", "ozbek", "uz", "<mark>O&#x27;zbekiston</mark>"),
        ("Özbəkistanın səfirliyi", "Узбекистан", "az", "<mark>Özbəkistanın</mark> səfirliyi"),
        ("İŞĞALDAN azad", "isgaldan", "az", "<mark>İŞĞALDAN</mark> azad"),
        ("визиты в Баку", "визит", "ru", "<mark>визиты</mark> в Баку"),
        ("a <b>visit</b> & more", "visit b", "en", "a &lt;<mark>b</mark>&gt;<mark>visit</mark>&lt;/<mark>b</mark>&gt; &amp; more"),
        ("<script>alert(1)</script>", "script", "en", "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;"),
        ("AT&amp;T", "amp", "en", "AT&amp;<mark>amp</mark>;T"),
        ("state of the visit, state visit", '"state visit"', "en", "state of the visit, <mark>state</mark> <mark>visit</mark>"),
        ("supervisit", "visit", "en", "supervisit"),
        ("Özbəkistan", "ozbekistan", "az", "<mark>Özbəkistan</mark>"),
        ("🇺🇿 visit 🇦🇿", "visit", "en", "🇺🇿 <mark>visit</mark> 🇦🇿"),
    ],
)
def test_text_is_marked(words, question, lang, expected):
    assert str(marked(words, question, lang)) == expected


def test_decomposed_letters_are_marked_as_one_word():
    assert str(marked("O\u0308zbəkistan", "ozbekistan", "az")) == "<mark>Özbəkistan</mark>"


def test_snippet_is_cut_between_words_around_the_first_mark():
    words = "before " * 80 + "the visit " + "after " * 80
    snippet = str(Marked(words, "en", search.ask("visit")).snippet())
    assert snippet.startswith("… before") or snippet.startswith("… ")
    assert "<mark>visit</mark>" in snippet
    assert snippet.endswith(" …")
    assert len(snippet) < LONGEST + 60
    assert set(snippet.replace("<mark>", "").replace("</mark>", "").split()) <= {"…", "before", "the", "visit", "after"}


def test_text_of_one_long_word_is_cut_nevertheless():
    snippet = str(Marked("visit " + "x" * 5000, "en", search.ask("visit")).snippet())
    assert len(snippet) < LONGEST + 60
