"""Whatever is typed or sent, the answer is readable: 200, 400 or 404; never an error page of the server, never everything."""

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import Event
from tests import walk

ROW = b'class="row"'
MALFORMED = [
    "kind=zzz", "kind=summit&kind=zzz", "level=%F0%9F%92%A5", "topic=nothing-like-it", "place=TASHKENT", "person=1", "series=--", "host=mars",
    "confirmed=maybe", "after=2022-13", "after=2022-02-30", "before=0000", "before=99999", "after=2025&before=2024", "after=-1", "after=1e9",
    "after=next+week", "after=2022~", "before=2022/2023", "sort=random()", "sort=-id", "page=0", "page=-1", "page=1000000000", "page=1.5",
    "page=ten", "page=" + "9" * 5000, "q=%00", "q=a%00b", "kind=%00", "q=%FF%FE", "q=" + "x" * 201, "q=" + "x" * 9999,
]  # fmt: skip
HARMLESS = [
    "",
    "q=",
    "kind=",
    "after=",
    "page=",
    "unknown=1",
    "q=%27%22%3C%3E%26",
    "q=%25",
    "q=_",
    "q=OR+1%3D1--",
    "q=%F0%9F%87%BA%F0%9F%87%BF",
    "after=2022&before=2022",
]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["events", "agreements", "initiatives", "sources"])
@pytest.mark.parametrize("question", MALFORMED)
def test_malformed_question_is_refused_in_words_and_finds_nothing(client, path, question):
    name = question.partition("=")[0]
    known = {"q", "after", "before", "sort", "page"} | set(client.get(f"/en/{path}/").context["listing"].facets)
    answer = client.get(f"/en/{path}/?{question}")
    if name in known:
        assert answer.status_code == 400
        assert ROW not in answer.content
        assert b"<h1>" in answer.content
    else:
        assert answer.status_code in (200, 400)


@pytest.mark.django_db
@pytest.mark.parametrize("question", HARMLESS)
def test_harmless_question_is_answered(client, question):
    assert client.get(f"/en/events/?{question}").status_code == 200


@pytest.mark.django_db
def test_page_behind_the_last_is_not_found_and_leads_back(client):
    answer = client.get("/en/events/?page=900")
    assert answer.status_code == 404
    assert ROW not in answer.content
    said = answer.content.decode()
    assert "There is no page 900" in said
    # Nothing that is not there is offered as a file, frozen or framed.
    offered = ("Freeze this list", "oembed", ".csv")
    assert [word for word in offered if word in said] == []
    assert all(word in client.get("/en/events/").content.decode() for word in offered)


@pytest.mark.django_db
def test_fault_is_named_beside_its_field_and_in_the_readers_language(client):
    page = client.get("/ru/events/?after=2022-13").content.decode()
    assert 'id="error-after"' in page
    assert "2022-13" in page
    assert "is not a date" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("question", ["q=" + "x" * 2_000_000, "kind=" + "&kind=".join(["zzz"] * 300_000), "&" * 1500])
def test_question_of_two_megabytes_or_a_thousand_fields_is_refused(client, question):
    answer = client.get("/en/events/", QUERY_STRING=question)
    assert answer.status_code == 400
    assert b"<h1>" in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/en/events/dvlt-sfri/", "/ru/events/gosudarstvennyi-vizit/", "/en/events/визит/", "/xx/events/", "/en/events/%00/", "/en/sources/999999999999999999999/",
     "/en/sources/0/", "/r/E99999", "/r/X1", "/r/E0", "/r/E999999999999", "/en/people/%2e%2e%2fetc/", "/en/nowhere/", "/pictures/0.webp",
     "/pictures/" + "0" * 32 + ".webp", "/en/" + "a" * 9000 + "/"],
)  # fmt: skip
def test_unknown_address_is_not_found_in_words(client, address):
    answer = client.get(address)
    assert answer.status_code in (400, 404)
    assert b"<h1>" in answer.content


@pytest.mark.django_db
def test_slug_in_capitals_or_without_its_last_letter_is_not_another_entry(client):
    slug = Event.objects.public().first().slug
    assert client.get(f"/en/events/{slug}/").status_code == 200
    assert client.get(f"/en/events/{slug[:-1]}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_lists_are_read_only(client, method):
    assert getattr(client, method)("/en/events/").status_code == 405


NAMES = st.sampled_from(
    ["q", "kind", "level", "topic", "after", "before", "sort", "page", "date", "status", "party", "built_by", "x[]", ""]
)


@pytest.mark.django_db
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(
    path=st.sampled_from(walk.LISTS), question=st.dictionaries(NAMES, st.text(max_size=40), max_size=4), lang=st.sampled_from(walk.LANGS)
)
def test_no_question_whatever_is_an_error_of_the_server(client, path, question, lang):
    with translation.override(lang):
        address = reverse(path)
    assert client.get(address, question).status_code in (200, 400, 404)
