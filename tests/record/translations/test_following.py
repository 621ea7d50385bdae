"""What is stored of translations follows the texts, whoever changes them."""

import pytest

from cooperation.models import AgreementAction
from events.models import Event
from record import translations
from record.models import Topic
from record.translations import Status
from tests.factories import AgreementFactory, EventFactory, TopicFactory
from tests.record.test_admin import errors_of, form_of

pytestmark = pytest.mark.django_db


def status(entry, lang="az"):
    return translations.state_of(type(entry).objects.get(pk=entry.pk), lang).status


def test_new_text_is_not_reviewed_until_somebody_says_so():
    event = EventFactory(title_az="Səfər")
    assert [event.translation_mark(lang) for lang in ("en", "az", "uz")] == ["original", "machine", ""]
    translations.review(event, "az")
    event.save()
    assert status(event) == Status.REVIEWED


def test_changed_original_makes_its_translation_outdated_and_back_again():
    event = EventFactory(title_az="Səfər", summary_az="Kim nə etdi.")
    event.summary_en = "Who did something else."
    event.save()
    state = translations.state_of(event, "az")
    assert (state.status, [older.passage.path for older in state.outdated]) == (Status.OUTDATED, ["summary"])
    assert state.outdated[0].then == "Who did what."
    assert "summary" in state.sentence
    assert Event.objects.filter(translations.condition("az", Status.OUTDATED), pk=event.pk).exists()
    event.summary_en = "Who did what."
    event.save()
    assert status(event) == Status.MACHINE


def test_translation_from_before_any_was_noted_is_made_from_what_was_stored():
    event = EventFactory(title_az="Səfər")
    Event.objects.filter(pk=event.pk).update(translation_basis_az=None)
    event = Event.objects.get(pk=event.pk)
    event.title_en = "Another name"
    event.save()
    assert status(event) == Status.OUTDATED


def test_changed_row_below_makes_the_translation_of_its_entry_outdated():
    agreement = AgreementFactory(title_az="Saziş")
    step = AgreementAction.objects.create(agreement=agreement, kind="signed", note_en="In Baku.", note_az="Bakıda.")
    translations.refresh(agreement)
    step.note_en = "In Shusha."
    step.save()
    translations.refresh(agreement)
    state = translations.state_of(agreement, "az")
    assert [older.passage.path for older in state.outdated] == [f"actions.{step.pk}.note"]
    assert status(agreement) == Status.OUTDATED


def test_reference_rows_follow_the_same_rule():
    topic = TopicFactory(name_ru="Энергия")
    topic.name_en = "Energy and water"
    topic.save()
    assert Topic.objects.filter(translations.condition("ru", Status.OUTDATED), pk=topic.pk).exists()


def test_database_and_rule_tell_the_same_statuses():
    for fields in ({}, {"title_az": "Səfər"}, {"title_az": "Səfər", "original_language": "az"}):
        EventFactory(**fields)
    changed = EventFactory(title_az="Səfər")
    changed.title_en = "Other"
    changed.save()
    for lang in ("en", "az", "uz", "ru"):
        for wanted in Status:
            asked = set(Event.objects.filter(translations.condition(lang, wanted)).values_list("pk", flat=True))
            told = {e.pk for e in Event.objects.all() if translations.state_of(e, lang).status == wanted}
            assert asked == told, (lang, wanted)


def test_stored_state_that_disagrees_with_the_rule_is_found_and_mended(empty_record):
    event = EventFactory(title_az="Səfər")
    Event.objects.filter(pk=event.pk).update(outdated_languages="az")
    (row, stored, found, mend), *others = translations.wrongly_followed()
    assert (row.pk, stored, found, others) == (event.pk, "az", "nothing outdated", [])
    mend(row)
    assert list(translations.wrongly_followed()) == []


def changed(client, event, **texts):
    address = f"/admin/events/event/{event.pk}/change/"
    sent = form_of(client, address) | texts
    answer = client.post(address, {name: value for name, value in sent.items() if value is not None})
    assert answer.status_code == 302, errors_of(answer)
    return Event.objects.get(pk=event.pk)


def test_only_the_box_of_the_form_makes_a_translation_reviewed(admin_client):
    event = EventFactory()
    event = changed(admin_client, event, title_az="Səfər")
    assert status(event) == Status.MACHINE
    event = changed(admin_client, event, reviewed_az="on")
    assert status(event) == Status.REVIEWED
    event = changed(admin_client, event, title_en="Another visit")
    assert status(event) == Status.OUTDATED
    page = admin_client.get(f"/admin/events/event/{event.pk}/change/").content.decode()
    assert "changed in the original on" in page
    event = changed(admin_client, event, reviewed_az="on")
    assert status(event) == Status.REVIEWED
    event = changed(admin_client, event, reviewed_az=None)
    assert status(event) == Status.MACHINE


def test_filter_and_column_of_the_list_tell_outdated_entries(admin_client):
    event = EventFactory(title_az="Səfər")
    event.title_en = "Another visit"
    event.save()
    page = admin_client.get("/admin/events/event/?translation=az-outdated")
    assert [row.pk for row in page.context["cl"].result_list] == [event.pk]
    assert "az\u00a0↻" in page.content.decode()


def test_reader_is_told_quietly_that_a_translation_is_older(client):
    event = EventFactory(title_az="Səfər", summary_az="Kim nə etdi.", published=True)
    address = f"/az/events/{event.slug}/"
    before = client.get(address).content.decode()
    event.summary_en = "Who did something else."
    event.save()
    after = client.get(address).content.decode()
    assert after.count('class="translated"') == before.count('class="translated"') + 1
