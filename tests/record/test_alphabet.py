"""Names stand in the order of the reader's alphabet, on every index alike."""

import random
import re

import pytest

from record.alphabet import collate
from tests import factories

# Each line is in the order of its alphabet; most are not in that of code points.
ORDERS = {
    "az": "Abşeron Cəbrayıl Çin Daşkəsən Elçin Ədalət Füzuli Gəncə Ğəni Həsən Xankəndi Iğdır İsmayıllı Kürdəmir Qəbələ Lerik Oğuz Öməroğlu Salyan Şuşa Ucar Ülvi Zaqatala",
    "uz": "Andijon Buxoro Guliston Jizzax Oltoy Qarshi Samarqand Sirdaryo Termiz Toshkent Xiva Zarafshon Oʻzbekiston Gʻijduvon Shahrisabz Shofirkon Chirchiq Chortoq",
    "ru": "Астана Баку Гянджа Ереван Ёлкино Жиззак Йорк Карши Хива Чирчик Шуша Щелково Эмба Юрмала Ялта",
    "en": "Aktau Baku chirchiq Gabala Khiva Shusha Tashkent",
}  # fmt: skip


@pytest.mark.parametrize("lang", ORDERS)
def test_order_is_that_of_the_alphabet(lang):
    names = ORDERS[lang].split()
    mixed = random.Random(8).sample(names, len(names))
    assert sorted(mixed, key=lambda name: collate(name, lang)) == names


def test_two_signs_are_one_letter_within_a_word_too():
    assert sorted(["Ashur", "Aziz", "Asror"], key=lambda name: collate(name, "uz")) == ["Asror", "Aziz", "Ashur"]
    assert collate("OʻTKIR", "uz") == collate("oʻtkir", "uz")
    assert collate("İsa", "az") == collate("isa", "az") != collate("Isa", "az")


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ORDERS)
def test_index_of_places_stands_in_the_readers_order(empty_record, client, lang):
    names = ORDERS[lang].split()
    for number, name in enumerate(random.Random(8).sample(names, len(names))):
        place = factories.PlaceFactory(slug=f"p{number}", **{f"name_{lang}": name, "name_en": name})
        factories.EventFactory(published=True, place=place)
    page = client.get(f"/{lang}/places/").content.decode()
    assert re.findall(r'<ul class="index">.*</ul>', page, re.S)
    index = page.partition('<ul class="index">')[2].partition("</ul>")[0]
    assert [re.sub(r"<[^>]*>", "", name) for name in re.findall(r'<li><a href="[^"]*">(.*?)</a>', index)] == names
