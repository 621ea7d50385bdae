"""Whoever may read a row at the desk and not change it is told why, and who may."""

import pytest

from record import publishing
from tests import people
from tests.factories import EventFactory, GapCauseFactory, PlaceFactory, TopicFactory
from tests.record.history.test_versions import address_of

pytestmark = pytest.mark.django_db
NO_DRAFT = "An author changes own drafts, and this one is no longer a draft."
OF_OTHERS = "Somebody else entered it"
LEADS_HERE = "You entered it, but more than your own drafts leads to it by now."


@pytest.fixture
def author(client):
    user = people.author()
    client.force_login(user)
    return user


def page_of(client, row):
    answer = client.get(address_of(row))
    assert answer.status_code == 200
    return answer.content.decode()


def test_author_reads_an_own_entry_that_is_no_draft_and_is_told_why(client, author):
    for step in (lambda event: publishing.submit(event, by=author), lambda event: publishing.publish(event, by=None)):
        event = people.entered_by(author, EventFactory(editor_note="To be looked at."))
        assert NO_DRAFT not in page_of(client, event)
        step(event)
        page = page_of(client, event)
        assert NO_DRAFT in page and "To be looked at." in page and 'name="_save"' not in page


def test_author_is_told_where_the_published_entry_of_somebody_else_is_read(client, author):
    event = EventFactory(published=True, title_en="The visit itself", editor_note="To be looked at.")
    page = page_of(client, event)
    assert OF_OTHERS in page and event.get_absolute_url() in page and "To be looked at." not in page
    cause = GapCauseFactory()
    publishing.publish(cause, by=None)
    assert OF_OTHERS in page_of(client, cause)


def test_author_is_told_why_a_place_or_a_topic_is_not_his_to_change(client, author):
    assert OF_OTHERS in page_of(client, TopicFactory())
    place = people.entered_by(author, PlaceFactory())
    assert LEADS_HERE not in page_of(client, place)
    EventFactory(place=place)
    assert LEADS_HERE in page_of(client, place)


def test_editor_is_told_nothing_of_the_sort(client):
    client.force_login(people.editor())
    assert 'class="read-only"' not in page_of(client, EventFactory(published=True))
