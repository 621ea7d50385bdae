"""One event: its place, its people, its series; empty is never silent."""

import pytest

from events.models import Participant
from record.models import Series
from tests.factories import EventFactory, OrganisationFactory, PersonFactory, SeriesFactory

pytestmark = pytest.mark.django_db


def page(client, entry, lang="en"):
    return client.get(f"/{lang}/events/{entry.slug}/").content.decode()


def test_what_the_sources_do_not_give_is_said(client):
    words = page(client, EventFactory(date="", published=True))
    assert words.count("not published") == 3
    assert "not researched yet" in words


def test_month_is_shown_as_a_month_and_never_as_its_first_day(client):
    words = page(client, EventFactory(date="2022-06", published=True))
    assert '<time datetime="2022-06">June 2022</time>' in words
    assert "1 June" not in words


def test_previous_and_next_in_the_series_pass_over_drafts(client):
    series = Series.objects.get(slug="supreme-interstate-council")
    words = page(client, series.events.get(ordinal=1))
    assert series.events.get(ordinal=2).slug in words
    EventFactory(series=series, date="2024-10", slug="draft-between")
    assert "draft-between" not in page(client, series.events.get(ordinal=1))


def test_person_page_gathers_everything_that_involves_the_person(client):
    person = PersonFactory(slug="somebody", name_en="Somebody")
    event = EventFactory(published=True)
    Participant.objects.create(event=event, person=person)
    assert client.get("/en/people/somebody/").status_code == 200
    assert event.slug in client.get("/en/people/somebody/").content.decode()


def test_name_that_only_drafts_mention_has_no_page(client):
    body = OrganisationFactory(slug="nobody-knows")
    Participant.objects.create(event=EventFactory(), organisation=body)
    assert client.get("/en/organisations/nobody-knows/").status_code == 404


def test_missing_translation_is_shown_in_another_language_and_marked(client):
    event = EventFactory(title_en="Only in English", published=True)
    words = page(client, event, "uz")
    assert '<span lang="en">Only in English</span>' in words
    assert "ingliz" in words


@pytest.mark.parametrize(("lang", "note"), [("az", "redaktor"), ("uz", "muharrir"), ("ru", "носителем")])
def test_shipped_translation_says_that_no_native_editor_has_reviewed_it(client, lang, note):
    assert note in client.get(f"/{lang}/events/state-visit-ilham-aliyev-uzbekistan-2022/").content.decode()


def test_missing_sessions_of_a_series_are_said_to_be_missing(client):
    series = SeriesFactory(slug="rounds")
    for ordinal in (2, 5):
        EventFactory(series=series, ordinal=ordinal, published=True)
    EventFactory(series=series, ordinal=9)
    words = client.get("/en/series/rounds/").content.decode()
    assert words.index("no. 1<") < words.index("no. 2<") < words.index("no. 3–4<") < words.index("no. 5<")
    assert "no. 6" not in words
