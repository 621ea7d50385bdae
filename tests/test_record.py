"""The shipped record on the site: it loads, it is read in four languages, and nothing unpublished or malformed gets through."""

import pytest
from django.core.management import call_command

from cooperation.models import Agreement
from events.models import Event
from record.models import Source


@pytest.fixture(scope="module")
def shipped(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        call_command("load_record", verbosity=0)
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["en", "az", "uz", "ru"])
def test_every_page_opens_in_every_language(shipped, client, lang):
    pages = [
        "",
        "events/",
        "agreements/",
        "initiatives/",
        "trade/",
        "people/",
        "topics/",
        "organisations/",
        "places/",
        "series/",
        "sources/",
        "about/",
    ]
    pages += [f"agreements/{a.slug}/" for a in Agreement.objects.public()[:10]]
    pages += [f"events/{e.slug}/" for e in Event.objects.public()[:10]]
    pages += [f"sources/{s.number}/" for s in Source.objects.public()[:5]]
    pages += ["people/shavkat-mirziyoyev/"]
    assert {page: client.get(f"/{lang}/{page}").status_code for page in pages} == dict.fromkeys(pages, 200)


@pytest.mark.django_db
def test_loading_twice_changes_nothing(shipped):
    before = Event.history.count()
    call_command("load_record", verbosity=0)
    assert Event.history.count() == before


@pytest.mark.django_db
def test_draft_is_found_nowhere(client):
    Event.objects.create(slug="zqmarker", title_en="zqmarker", summary_en="zqmarker", kind="summit", level="ministers", date="2022")
    assert client.get("/en/events/zqmarker/").status_code == 404
    for page in ["", "events/", "events/?q=zqmarker", "sitemap.xml"]:
        answer = client.get(f"/en/{page}" if page != "sitemap.xml" else "/sitemap.xml").content.decode()
        assert "/events/zqmarker/" not in answer


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("kind=zzz", 400),
        ("after=2022-13", 400),
        ("page=0", 400),
        ("page=1000000000", 400),
        ("page=900", 404),
        ("q=%00", 400),
        ("q=" + "x" * 9999, 400),
    ],
)
def test_malformed_question_gets_a_readable_answer_and_no_results(client, question, status):
    answer = client.get(f"/en/events/?{question}")
    assert answer.status_code == status
    assert b'class="row"' not in answer.content
