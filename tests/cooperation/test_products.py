"""Chapters of the Harmonized System have names in every language."""

import re

import pytest
from django.conf import settings
from django.utils import translation

from cooperation.products import chapter_name, chapters, is_chapter

LANGS = [code for code, _name in settings.LANGUAGES]


def test_every_chapter_has_a_short_name_in_every_language():
    assert list(chapters()) == [f"{number:02}" for number in range(1, 98)] + ["99"]
    for code, names in chapters().items():
        assert set(names) == set(LANGS), code
        assert all(0 < len(name) <= 60 and name == name.strip() for name in names.values()), code


def test_no_two_chapters_have_the_same_name():
    for lang in LANGS:
        names = [row[lang] for row in chapters().values()]
        assert len(set(names)) == len(names), lang


def test_names_are_written_in_their_own_letters():
    for names in chapters().values():
        assert re.fullmatch(r"[А-яЁё ,-]+", names["ru"]), names
        assert re.fullmatch(r"[A-Za-z\u02bb\u2019 ,-]+", names["uz"]), names
        assert not re.search(r"[oOgG][\u2019']", names["uz"]), names
        assert re.fullmatch(r"[A-Za-zÇçƏəĞğIıİiÖöŞşÜü ,-]+", names["az"]), names


@pytest.mark.parametrize(("code", "name"), [("52", "Cotton"), ("5201", "Cotton"), ("520100", "Cotton"), ("TOTAL", ""), ("98", "")])
def test_product_is_named_by_its_chapter(code, name):
    assert chapter_name(code) == name


def test_name_follows_the_reader():
    with translation.override("ru"):
        assert chapter_name("52") == "Хлопок"
    assert chapter_name("52", lang="uz") == "Paxta"


def test_chapter_that_is_kept_free_is_none_of_goods():
    assert not is_chapter("77")
    assert is_chapter("99")
