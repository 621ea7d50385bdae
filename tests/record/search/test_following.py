"""The index follows every verb and every save in the same transaction; time alone makes a scheduled entry findable."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from events.models import Participant
from record import publishing, search
from record.models import SearchEntry
from tests import factories

pytestmark = pytest.mark.django_db
WORD = "zqfindable"
IN_AN_HOUR = datetime.timedelta(hours=1)


def found(word=WORD, *, at=None):
    """(kind, key) of everything that a word finds."""
    asked = search.ask(word, at=at)
    return sorted(asked.found(SearchEntry.objects.public(at)).values_list("kind", "object_id"))


def event(**fields):
    return factories.EventFactory(title_en=f"The {WORD} visit", **fields)


def test_draft_is_not_in_the_index_at_all():
    draft = event()
    publishing.submit(draft, by=None)
    assert not SearchEntry.objects.filter(kind="event", object_id=draft.pk).exists()


def test_every_verb_is_followed():
    entry = event()
    steps = [(publishing.submit, {}, 0), (publishing.publish, {}, 1), (publishing.withdraw, {"reason": "Entered twice."}, 0),
             (publishing.restore, {}, 0), (publishing.publish, {}, 1)]  # fmt: skip
    for verb, how, number in steps:
        verb(entry, by=None, **how)
        assert len(found()) == number, verb.__name__


def test_scheduled_entry_is_found_from_its_moment_on_and_not_before():
    entry, moment = event(), timezone.now() + IN_AN_HOUR
    publishing.schedule(entry, by=None, at=moment)
    assert found() == []
    assert found(at=moment - datetime.timedelta(microseconds=1)) == []
    assert found(at=moment) == [("event", entry.pk)]


def test_source_of_a_scheduled_entry_is_found_from_the_same_moment_on():
    entry, moment = event(), timezone.now() + IN_AN_HOUR
    source = factories.SourceFactory(title="A zqsourced report")
    entry.citations.create(source=source)
    publishing.schedule(entry, by=None, at=moment)
    assert found("zqsourced") == []
    assert ("source", source.pk) in found("zqsourced", at=moment)


def test_undone_transaction_leaves_no_trace_in_the_index():
    entry = event()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publishing.publish(entry, by=None)
        assert len(found()) == 1
        raise ZeroDivisionError
    assert found() == []


def test_changed_text_is_found_by_its_new_words_only():
    entry = event(published=True)
    entry.title_en = "The zqother visit"
    entry.save()
    assert (found(), found("zqother")) == ([], [("event", entry.pk)])


def test_person_is_found_while_a_public_entry_leads_there_and_the_entry_by_the_person():
    person = factories.PersonFactory(name_en="Zqperson Zqname")
    entry = event(published=True)
    Participant.objects.create(event=entry, person=person)
    entry.save()
    assert found("zqperson") == [("event", entry.pk), ("person", person.pk)]
    publishing.withdraw(entry, by=None, reason="Entered twice.")
    assert found("zqperson") == []


def test_new_name_of_a_person_reaches_the_entries_that_name_them():
    person = factories.PersonFactory(name_en="Zqperson")
    entry = event(published=True)
    Participant.objects.create(event=entry, person=person)
    entry.save()
    person.name_ru = "Жквсаид"
    person.save()
    assert found("Жквсаид") == [("event", entry.pk), ("person", person.pk)]


def test_deleted_row_leaves_the_index():
    topic = factories.TopicFactory(name_en="Zqtopic")
    entry = event(published=True)
    entry.topics.add(topic)
    entry.save()
    assert len(found("zqtopic")) == 2
    entry.topics.clear()
    topic.delete()
    assert not SearchEntry.objects.filter(kind="topic", object_id=topic.pk).exists()


@pytest.fixture
def desk(client):
    client.force_login(get_user_model().objects.create_superuser("desk", "", "pass"))
    return client


def _form(page):
    """What the browser would send back from a change page as it stands."""
    sent = {}
    forms = [
        page.context["adminform"].form,
        *(f for s in page.context["inline_admin_formsets"] for f in [s.formset.management_form, *s.formset.forms]),
    ]
    for form in forms:
        for bound in form:
            value = bound.value()
            sent[bound.html_name] = "" if value is None else value
    return sent


def test_topic_and_participant_added_at_the_desk_are_followed(desk):
    entry = event(published=True)
    topic, person = factories.TopicFactory(name_en="Zqtopic"), factories.PersonFactory(name_en="Zqperson")
    address = reverse("admin:events_event_change", args=[entry.pk])
    sent = _form(desk.get(address)) | {"topics": [topic.pk], "participants-TOTAL_FORMS": 1, "participants-0-person": person.pk,
                                       "participants-0-role": "participant", "participants-0-event": entry.pk, "related": [],
                                       "pictures": [], "disagreements": []}  # fmt: skip
    answer = desk.post(address, sent)
    assert answer.status_code == 302, answer.context and answer.context["errors"]
    assert ("event", entry.pk) in found("zqtopic")
    assert ("event", entry.pk) in found("zqperson")


def test_reference_rows_deleted_together_at_the_desk_leave_the_index(desk):
    topics = [factories.TopicFactory(name_en="Zqtopic") for _ in range(2)]
    sent = {"action": "delete_selected", "_selected_action": [topic.pk for topic in topics], "post": "yes"}
    assert desk.post(reverse("admin:record_topic_changelist"), sent).status_code == 302
    assert not SearchEntry.objects.filter(kind="topic", object_id__in=[topic.pk for topic in topics]).exists()


def test_shipped_record_is_indexed_as_it_is_loaded():
    call_command("check_record", verbosity=0)


def test_check_names_what_the_index_has_wrong_and_mends_it(capsys):
    entry = event(published=True)
    left = SearchEntry.objects.filter(kind="event", object_id=entry.pk)
    left.update(title="¶ old ¶")
    with pytest.raises(CommandError):
        call_command("check_record")
    assert "old in the search index" in capsys.readouterr().out
    call_command("check_record", mend=True)
    assert found() == [("event", entry.pk)]
