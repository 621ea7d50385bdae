"""A verb that is refused loses nothing of what was typed beside it; shown once, on the page that says why, to whoever typed it."""

import pytest

from tests import people
from tests.factories import EventFactory
from tests.record.history.test_versions import address_of
from tests.record.test_admin import form_of

pytestmark = pytest.mark.django_db
REASONS = {"_reason_en": "", "_reason_ru": "Введена дважды."}


def shown(page):
    """What the boxes beside the verbs hold."""
    return {told.name: told.words for told in page.context["why"]} | dict(page.context["typed"])


def test_refused_withdrawal_keeps_the_reason(client):
    client.force_login(people.editor())
    event = EventFactory(published=True)
    sent = form_of(client, address_of(event)) | REASONS | {"_told_en": "A wrong day.", "_verb": "send_back", "_note": "Look at the day."}
    answer = client.post(address_of(event), sent)
    page = client.get(answer["Location"])
    assert "Only an entry in review can be sent back" in page.content.decode()
    assert shown(page)["_reason_ru"] == "Введена дважды."
    assert [told.words for told in page.context["told"] if told.lang == "en"] == ["A wrong day."]
    assert "Введена дважды." in page.content.decode()
    assert shown(client.get(address_of(event)))["_reason_ru"] == ""


def test_reason_that_was_told_with_a_correction_is_not_asked_again(client):
    client.force_login(people.editor())
    event = EventFactory(published=True)
    sent = form_of(client, address_of(event)) | {"title_en": "Another title", "_told_en": "A wrong name.", "_verb": "withdraw"}
    page = client.get(client.post(address_of(event), sent)["Location"])
    assert [told.words for told in page.context["told"]] == [""] * 4


def test_refused_moment_and_note_are_kept_and_their_box_stands_open(client):
    client.force_login(people.editor())
    event = EventFactory()
    sent = form_of(client, address_of(event)) | {"_verb": "schedule", "_moment": "2001-01-01T10:00"}
    page = client.get(client.post(address_of(event), sent)["Location"]).content.decode()
    assert 'value="2001-01-01T10:00"' in page and page.count('<details class="verb" open>') == 1


def test_form_that_is_refused_keeps_what_was_typed_beside_its_verbs(client):
    client.force_login(people.editor())
    event = EventFactory()
    sent = form_of(client, address_of(event)) | {"date": "no day", "_verb": "schedule", "_moment": "2099-01-01T10:00"}
    page = client.post(address_of(event), sent).content.decode()
    assert 'value="2099-01-01T10:00"' in page


def test_what_was_typed_for_one_entry_is_not_shown_with_another(client):
    client.force_login(people.editor())
    event, other = EventFactory(published=True), EventFactory(published=True)
    client.post(address_of(event), form_of(client, address_of(event)) | REASONS | {"_verb": "publish"})
    assert shown(client.get(address_of(other)))["_reason_ru"] == ""
    assert shown(client.get(address_of(event)))["_reason_ru"] == "Введена дважды."


def test_two_windows_keep_their_own_words(client):
    client.force_login(people.editor())
    events = EventFactory(published=True), EventFactory(published=True)
    for event, words in zip(events, ("Введена дважды.", "Не состоялась."), strict=True):
        client.post(address_of(event), form_of(client, address_of(event)) | {"_reason_ru": words, "_verb": "publish"})
    assert [shown(client.get(address_of(event)))["_reason_ru"] for event in events] == ["Введена дважды.", "Не состоялась."]
