"""The pictures of an entry are mended from its form: alternative text, caption and credit, in the small window."""

import pytest

from record.models import Picture
from tests import people
from tests.factories import EventFactory
from tests.record.history.test_versions import address_of
from tests.record.test_pictures import stored, without_file

pytestmark = pytest.mark.django_db


def window_of(picture):
    return f"/admin/record/picture/{picture.pk}/change/?_to_field=id&_popup=1"


def shown(client, entry):
    page = client.get(address_of(entry))
    said = page.content.decode().replace("&amp;", "&")
    return [picture for picture in Picture.objects.order_by("pk") if f'href="{window_of(picture)}"' in said], said


def test_editor_mends_the_pictures_of_an_entry_in_the_small_window(client):
    client.force_login(people.editor())
    event, first, second, _other = EventFactory(), stored(alt_en="A bridge"), stored(alt_en="", credit=""), stored()
    event.pictures.add(first, second)
    offered, page = shown(client, event)
    assert offered == [first, second] and "A bridge" in page
    assert (
        page.count('class="related-widget-wrapper-link') == page.count("related-widget-wrapper-link") and page.count("has no credit") >= 1
    )
    sent = without_file(client, window_of(second)) | {"alt_en": "A school", "credit": "A photographer", "_popup": "1", "_to_field": "id"}
    answer = client.post(window_of(second), sent)
    assert (answer.status_code, "popup_response" in answer.content.decode()) == (200, True)
    second.refresh_from_db()
    assert (second.alt_en, second.credit) == ("A school", "A photographer")


def test_author_is_offered_own_pictures_and_told_of_no_hidden_one(client):
    user = people.author()
    client.force_login(user)
    event = people.entered_by(user, EventFactory())
    own, hidden = people.entered_by(user, stored(alt_en="A bridge")), stored(alt_en="zqhidden")
    event.pictures.add(own, hidden)
    offered, page = shown(client, event)
    assert offered == [own] and "zqhidden" not in page


def test_new_entry_and_the_small_window_offer_none(client):
    client.force_login(people.editor())
    event = EventFactory()
    event.pictures.add(stored())
    assert "pictures-of-entry" not in client.get("/admin/events/event/add/").content.decode()
    assert "pictures-of-entry" not in client.get(f"{address_of(event)}?_popup=1").content.decode()
