"""Whatever is asked is answered: operators, quotes, signs of both engines, emoji, ten thousand characters."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from record import search
from record.models import SearchEntry

pytestmark = pytest.mark.django_db
SIGNS = [
    '"', '""', '"""', '"unclosed', 'unclosed"', "“", "«Шуша", "AND", "OR", "NOT", "NEAR(a b)", "NEAR/3", "a AND", "NOT a", "title:visit",
    "{title} : visit", "visit*", "*", "^visit", "-visit", "+visit", "(visit", "visit)", "((((", "a:b:c", "visit & baku", "visit | baku",
    "!visit", "visit <-> baku", "visit <2> baku", ":*", "'", "''", "\\", "\\'", "a\\", "%", "_", "%s", "%(x)s", ";", "--", "'; DROP TABLE", "¶",
    "·alav", "¶ visit ¶", "🇺🇿", "👩‍👩‍👧", "🤝 visit", "\u202evisit", "\u0301", "ﬁ", "Ⅷ", "①", "中文", "עברית", "ا", "  ", "\t\n", "1e5", "0x1F",
    "E" + "9" * 9, "E0", "e2147483648", "A" * 200, "a " * 100, "и " * 100, '" " ' * 50, "'" * 200, "x" * 100 + " " + "y" * 99, "null", "١٢",
]  # fmt: skip


@pytest.mark.parametrize("question", SIGNS)
def test_every_sign_is_answered(client, question):
    for address, match in (("/en/search/", "all"), ("/en/search.json", "any"), ("/en/search/suggestions/", "all")):
        assert client.get(address, {"q": question, "match": match}).status_code == 200, (address, match)


def test_question_that_is_too_long_is_refused_beside_its_field(client):
    page = client.get("/en/search/", {"q": "x" * 201})
    assert page.status_code == 400
    assert 'id="error-q"' in page.content.decode()
    assert client.get("/en/search/suggestions/", {"q": "x" * 201}).json() == {"suggestions": []}


@pytest.mark.parametrize("question", ["x" * 201, "visit " * 2000, "ş" * 10_000])
def test_question_of_ten_thousand_characters_is_refused_in_words(client, question):
    page, data = client.get("/en/search/", {"q": question}), client.get("/en/search.json", {"q": question})
    assert (page.status_code, data.status_code) == (400, 400)
    assert b"<h1>" in page.content
    assert data["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("question", ["kind=nothing", "after=2022-13", "match=some", "sort=size", "page=0", "after=2025&before=2024"])
def test_malformed_question_finds_nothing_and_says_why(client, question):
    page = client.get(f"/en/search/?q=visit&{question}")
    assert page.status_code == 400
    assert b'class="row' not in page.content
    assert client.get(f"/en/search.csv?q=visit&{question}").status_code == 400


@pytest.mark.parametrize("question", ["", "q=", "kind=event", "q=%F0%9F%87%BA", "q=%22%22", "match=any"])
def test_question_without_a_word_finds_nothing_rather_than_everything(client, question):
    page = client.get(f"/en/search/?{question}")
    assert (page.status_code, page.context["listing"].total) == (200, 0)
    assert client.get(f"/en/search.json?{question}").json()["results"] == []


def test_operators_are_words_like_any_other():
    public = SearchEntry.objects.public()
    plain = set(search.ask("visit baku").found(public).values_list("pk", flat=True))
    assert plain
    assert set(search.ask("visit) & (baku*").found(public).values_list("pk", flat=True)) == plain
    assert set(search.ask("visit OR baku").found(public).values_list("pk", flat=True)) == plain


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=60), st.booleans())
def test_no_text_whatever_is_an_error(said, any_of):
    asked = search.ask(said, any_of=any_of)
    assert asked.ranked(asked.found(SearchEntry.objects.public()))[:3] is not None
    list(asked.ranked(asked.found(SearchEntry.objects.public()))[:3])
