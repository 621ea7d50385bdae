"""Chapters of the Harmonized System: their codes, and their short names in four languages."""

from functools import lru_cache

import yaml
from django.conf import settings
from django.utils.translation import get_language

# Kept free by the World Customs Organization: no goods stand there.
FREE_CHAPTER = "77"


def is_chapter(code):
    """Whether statistics may name this chapter, two digits."""
    return code in chapters() and code != FREE_CHAPTER


@lru_cache(maxsize=1)
def chapters():
    """{code: {language: name}} of every chapter, in their order."""
    text = (settings.BASE_DIR / "content" / "hs_chapters.yaml").read_text(encoding="utf-8")
    return {str(row["code"]): {lang: row[lang] for lang, _name in settings.LANGUAGES} for row in yaml.safe_load(text)}


def chapter_name(code, *, lang=None):
    """The chapter that a product code of the Harmonized System belongs to, in words; '' for the total and unknown codes."""
    names = chapters().get(code[:2], {})
    return names.get((lang or get_language() or "en")[:2]) or names.get("en", "")
