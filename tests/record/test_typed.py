"""A verb that is refused loses nothing of what was typed beside it; shown once, on the page that says why, to whoever typed it."""

import pytest
from django.urls import reverse
from django.utils import translation

from events.models import Event
from record import publishing
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


def told(client, answer):
    return [str(message) for message in client.get(answer["Location"]).context["messages"]]


@pytest.mark.parametrize(
    ("lang", "saved", "refused"),
    [
        ("en", "Saved as a draft.", "Not published: "),
        ("az", "Qaralama kimi yadda saxlanıldı.", "Dərc olunmadı: "),
        ("uz", "Qoralama sifatida saqlandi.", "Eʼlon qilinmadi: "),
        ("ru", "Сохранено как черновик.", "Не опубликовано: "),
    ],
)
def test_new_entry_that_is_not_published_is_told_of_once_as_a_saved_draft(client, settings, lang, saved, refused):
    client.force_login(people.editor())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = lang
    add = reverse("admin:events_event_add")
    event = {
        "kind": "summit",
        "level": "heads-of-state",
        "host": "first-country",
        "date": "2026-03",
        "title_en": "A meeting",
        "slug": "a-meeting",
    }
    said = told(client, client.post(add, form_of(client, add) | event | {"_verb": "publish"}))
    assert Event.objects.get(slug="a-meeting").is_draft
    with translation.override(lang):
        reasons = publishing.reasons_against_publishing(Event.objects.get(slug="a-meeting"))
    assert len(reasons) > 1
    assert said == [f"{saved} {refused}{' '.join(reasons)}"]


def test_refused_step_says_whether_something_was_saved(client):
    client.force_login(people.editor())
    event = EventFactory(published=True)
    withdrawing = form_of(client, address_of(event)) | {"_verb": "withdraw"}
    assert told(client, client.post(address_of(event), withdrawing)) == [
        "Not withdrawn: Say in one sentence why it is withdrawn: readers will see it."
    ]
    said = told(client, client.post(address_of(event), withdrawing | {"title_en": "Another title", "_told_en": "A wrong name."}))
    assert said == ["Saved. Not withdrawn: Say in one sentence why it is withdrawn: readers will see it."]
    event.refresh_from_db()
    assert (event.title_en, event.is_public()) == ("Another title", True)
