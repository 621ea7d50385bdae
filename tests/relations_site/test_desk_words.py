"""What Django says of its own on the desk reads right in Russian and Azerbaijani (the second catalogue, decision 6)."""

import pytest
from django.contrib.auth.models import User
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from tests import people
from tests.factories import EventFactory, TopicFactory
from tests.record.history.test_versions import address_of
from tests.record.test_admin import form_of

pytestmark = pytest.mark.one_engine

NAMED = ["Add another %(verbose_name)s", "Add %s", "Change %s", "The {name} “{obj}” was changed successfully.",
         "The {name} “{obj}” was added successfully.", "The %(name)s “%(obj)s” was deleted successfully."]  # fmt: skip


def test_russian_sentences_do_not_bend_the_name_of_a_thing():
    with translation.override("ru"):
        said = [gettext(sentence) for sentence in NAMED]
    bent = ("один", "был ", "изменен", "добавлен ", "удален ")
    assert [sentence for sentence in said if any(word in sentence for word in bent)] == []
    assert all(":" in sentence for sentence in said)


def test_russian_catalogue_of_the_desk_writes_no_yo():
    with translation.override("ru"):
        count = "This password is too short. It must contain at least %d character."
        plural = "This password is too short. It must contain at least %d characters."
        said = [ngettext(count, plural, number) % number for number in (1, 2, 12, 21)]
        said += [gettext(sentence) for sentence in ("Show counts", "This password is too common.", "Toggle theme (current theme: dark)")]
    assert [sentence for sentence in said if "ё" in sentence.lower()] == []
    assert said[:4] == [f"Пароль слишком короткий: {words}." for words in ("нужен хотя бы 1 символ", "нужно хотя бы 2 символа",
                        "нужно хотя бы 12 символов", "нужен хотя бы 21 символ")]  # fmt: skip


def test_azerbaijani_names_that_django_capitalizes_begin_with_their_own_letter():
    with translation.override("az"):
        assert capfirst(User._meta.verbose_name_plural) == "İstifadəçilər"
        assert capfirst(User._meta.get_field("username").verbose_name) == "İstifadəçi adı"


@pytest.mark.django_db
def test_russian_desk_says_so_on_its_pages(client):
    client.force_login(people.editor())
    client.cookies.load({"django_language": "ru"})
    topic = TopicFactory()
    with translation.override("ru"):
        sent = form_of(client, address_of(topic)) | {"name_en": "Another"}
        page = client.post(address_of(topic), sent, follow=True, headers={"accept-language": "ru"}).content.decode()
        form = client.get(address_of(EventFactory()), headers={"accept-language": "ru"}).content.decode()
    assert "Сохранено: " in page and "был успешно" not in page
    assert "Добавить еще: " in form and "Добавить еще один" not in form
