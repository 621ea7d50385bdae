"""What is asked in the record's own words, such as a status, is answered by a list: the search leads to it."""

import pytest

from record.search import signposts

pytestmark = pytest.mark.one_engine
IN_FORCE, SIGNED = "/agreements/?status=in-force", "/agreements/?status=signed-not-in-force"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "lang", "address"),
    [
        ("in force", "en", IN_FORCE), ("IN FORCE ", "ru", IN_FORCE), ("вступило в силу", "ru", IN_FORCE), ("qüvvəyə minib", "az", IN_FORCE),
        ("kuchga kirgan", "uz", IN_FORCE), ("signed, not in force", "en", SIGNED), ("Подписано, не вступило в силу", "ru", SIGNED),
        ("Imzolangan, kuchga kirmagan", "uz", SIGNED), ("imzalanıb, qüvvəyə minməyib", "az", SIGNED), ("state visit", "en", "/events/?kind=state-visit"),
    ],
)  # fmt: skip
def test_words_of_a_status_or_a_kind_lead_to_their_list(client, said, lang, address):
    page = client.get(f"/{lang}/search/", {"q": said}).content.decode()
    assert f'href="/{lang}{address}"' in page
    assert client.get(f"/{lang}{address}").status_code == 200


@pytest.mark.parametrize("said", ["", "other", "force", "in", "treaty on allied relations", "not known"])
def test_other_words_lead_nowhere_else(said):
    assert signposts.found(said) == []
