"""The handbook is whole in every language, and says what the screen says."""

import re

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from relations_site import handbook

pytestmark = pytest.mark.one_engine

DJANGOS = ("History", "users")
LANGS = [code for code, _name in settings.LANGUAGES]
BOLD = re.compile(r"\*\*(.+?)\*\*")
PICTURE = re.compile(r"!\[([^\]]*)\]\(\.\./pictures/([\w-]+)\.webp\)")


def shape(chapter, lang):
    """What must be the same in every language: pictures, headings, how many steps, what is in bold."""
    text = chapter.text
    pictures = [name.removeprefix(f"{lang}-") for _alt, name in PICTURE.findall(text)]
    headings = re.findall(r"^(#+) ", text, re.MULTILINE)
    return chapter.name, pictures, headings, len(re.findall(r"^(?:\d+\.|-) ", text, re.MULTILINE)), len(BOLD.findall(text))


@pytest.mark.parametrize("lang", LANGS)
def test_every_language_has_the_same_chapters(lang):
    assert handbook.chapters(lang)
    assert [shape(one, lang) for one in handbook.chapters(lang)] == [shape(one, "en") for one in handbook.chapters("en")]


@pytest.mark.parametrize("lang", LANGS)
def test_every_picture_is_there_and_says_what_it_shows(lang):
    for chapter in handbook.chapters(lang):
        for alt, name in PICTURE.findall(chapter.text):
            assert alt, (chapter.name, name)
            assert (handbook.FOLDER / "pictures" / f"{name}.webp").exists(), name


def words(lang):
    """What the interface says in a language, as message → the ways in which it is said; some words of it are Django's own."""
    with translation.override(lang):
        found = {word.lower(): {gettext(word).lower()} for word in DJANGOS}
    for path in (settings.BASE_DIR / "relations_site").glob(f"locale*/{lang}/LC_MESSAGES/django.po"):
        for message in read_po(path.open("rb"), locale=lang):
            if message.id:
                ids, texts = ((one if isinstance(one, tuple) else (one,)) for one in (message.id, message.string))
                for one in ids:
                    found.setdefault(one.lower(), set()).update(text.lower() for text in texts)
    return found


@pytest.mark.parametrize("lang", ["az", "uz", "ru"])
def test_what_stands_in_bold_is_what_the_screen_says(lang):
    said, wrong = words(lang), []
    for english, own in zip(handbook.chapters("en"), handbook.chapters(lang), strict=True):
        for first, second in zip(BOLD.findall(english.text), BOLD.findall(own.text), strict=True):
            if second.lower() not in said.get(first.lower(), ()):
                wrong.append((english.name, first, second))
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("lang", LANGS)
def test_chapters_open_in_the_desk_and_links_between_them_lead_somewhere(admin_client, lang):
    admin_client.cookies[settings.LANGUAGE_COOKIE_NAME] = lang
    for chapter in handbook.chapters(lang):
        page = admin_client.get(handbook.chapter_address(chapter.name)).content.decode()
        assert chapter.title in page
        targets = set(re.findall(r'href="(/admin/handbook/[\w-]+/)"', page))
        assert {target: admin_client.get(target).status_code for target in targets} == dict.fromkeys(targets, 200)


@pytest.mark.django_db
def test_handbook_is_for_who_may_enter_the_desk(client):
    assert client.get("/admin/handbook/").status_code == 302
