"""States change by verbs only; every refusal names every reason at once; time alone makes a scheduled entry public."""

import datetime

import pytest
import time_machine
from django.utils import timezone, translation

from events.models import Event
from record import publishing
from record.publishing import Refused, State
from record.together import NotTogether, together
from tests.factories import AgreementFactory, EventFactory

pytestmark = pytest.mark.django_db
IN_AN_HOUR = datetime.timedelta(hours=1)


def refusal(verb, entry, **how):
    with pytest.raises(Refused) as refused:
        verb(entry, by=None, **how)
    return refused.value.reasons


def test_publishing_names_every_reason_at_once():
    event = Event.objects.create(slug="bare", kind="summit", level="ministers")
    assert refusal(publishing.publish, event) == [
        "It has no title in its original language.",
        "It has no summary in its original language.",
        "It has no source: add at least one citation.",
    ]
    assert Event.objects.get(slug="bare").state == State.DRAFT


def test_reasons_are_said_in_the_editors_language():
    event = Event.objects.create(slug="bare", title_en="Bare", summary_en="Bare.", kind="summit", level="ministers")
    with translation.override("ru"):
        (reason,) = refusal(publishing.publish, event)
    assert "источник" in reason.lower()


def test_agreement_without_parties_cannot_be_published():
    agreement = AgreementFactory()
    agreement.parties.all().delete()
    assert refusal(publishing.publish, agreement) == ["It has no parties."]


def test_published_entry_is_public_and_its_history_says_by_whom(admin_user):
    event = EventFactory()
    publishing.publish(event, by=admin_user)
    assert event in Event.objects.public()
    version = event.history.first()
    assert (version.state, version.history_user, version.history_change_reason) == ("published", admin_user, "publish")


def test_scheduled_entry_becomes_public_at_its_moment_and_not_before():
    event = EventFactory()
    moment = timezone.now() + IN_AN_HOUR
    publishing.schedule(event, by=None, at=moment)
    assert event.is_scheduled and not event.is_public()
    assert event not in Event.objects.public(moment - datetime.timedelta(microseconds=1))
    assert event in Event.objects.public(moment)


def test_moment_in_the_past_is_refused():
    assert refusal(publishing.schedule, EventFactory(), at=timezone.now() - IN_AN_HOUR) == ["The moment of publication has already passed."]


def test_withdrawal_needs_a_reason_for_readers_and_is_seen_as_gone():
    event = EventFactory(published=True)
    assert refusal(publishing.withdraw, event, reason=" ") == ["Say in one sentence why it is withdrawn: readers will see it."]
    publishing.withdraw(event, by=None, reason="Entered twice.")
    assert event not in Event.objects.public()
    assert event in Event.objects.gone()


def test_withdrawn_before_it_was_ever_public_is_as_if_it_had_never_been():
    event = EventFactory()
    publishing.schedule(event, by=None, at=timezone.now() + IN_AN_HOUR)
    publishing.withdraw(event, by=None, reason="Too early.")
    assert event not in Event.objects.gone(timezone.now() + 2 * IN_AN_HOUR)


def test_withdrawn_entry_is_restored_before_it_is_published_again():
    event = EventFactory(published=True)
    publishing.withdraw(event, by=None, reason="Wrong.")
    assert refusal(publishing.publish, event) == ["A withdrawn entry must be restored first."]
    publishing.restore(event, by=None)
    publishing.publish(event, by=None)
    assert event in Event.objects.public()


@pytest.mark.parametrize("verb", [publishing.submit, publishing.restore])
def test_verb_out_of_turn_is_refused_and_changes_nothing(verb):
    event = EventFactory(published=True)
    assert len(refusal(verb, event)) == 1
    assert Event.objects.get(pk=event.pk).state == State.PUBLISHED


@pytest.mark.django_db
def test_entry_once_seen_and_withdrawn_before_its_new_moment_is_still_gone_and_not_unknown(client):
    entry = EventFactory(published=True)
    publishing.withdraw(entry, by=None, reason="Entered twice.")
    publishing.restore(entry, by=None)
    publishing.schedule(entry, by=None, at=timezone.now() + datetime.timedelta(days=2))
    publishing.withdraw(entry, by=None, reason="Entered twice.")
    assert client.get(entry.get_absolute_url()).status_code == 410
    other = EventFactory()
    publishing.schedule(other, by=None, at=timezone.now() + datetime.timedelta(days=2))
    publishing.withdraw(other, by=None, reason="Entered twice.")
    assert client.get(other.get_absolute_url()).status_code == 404


def _withdrawn():
    event = EventFactory(published=True)
    publishing.withdraw(event, by=None, reason="Entered twice.")
    return event


def test_what_readers_once_saw_stays_gone_through_every_later_step_until_it_is_public_again(client):
    event = _withdrawn()
    for step in (publishing.restore, publishing.submit):
        step(event, by=None)
        answer = client.get(event.get_absolute_url())
        assert answer.status_code == 410 and b"Entered twice." in answer.content
    moment = timezone.now() + IN_AN_HOUR
    publishing.schedule(event, by=None, at=moment)
    assert client.get(event.get_absolute_url()).status_code == 410
    assert event in Event.objects.gone(moment - datetime.timedelta(microseconds=1))
    assert event not in Event.objects.gone(moment) and event in Event.objects.public(moment)
    publishing.unschedule(event, by=None)
    assert client.get(event.get_absolute_url()).status_code == 410
    publishing.publish(event, by=None)
    assert client.get(event.get_absolute_url()).status_code == 200
    assert event not in Event.objects.gone()
    assert event.withdrawn_at is None and event.withdrawn_reason_en is None


def test_what_nobody_ever_saw_is_unknown_through_every_step(client):
    event = EventFactory()
    publishing.schedule(event, by=None, at=timezone.now() + IN_AN_HOUR)
    publishing.withdraw(event, by=None, reason="Too early.")
    publishing.restore(event, by=None)
    assert client.get(event.get_absolute_url()).status_code == 404
    publishing.schedule(event, by=None, at=timezone.now() + IN_AN_HOUR)
    assert client.get(event.get_absolute_url()).status_code == 404
    assert event not in Event.objects.gone()


def test_schedule_moves_and_is_taken_off_and_the_moment_that_never_came_was_not_seen():
    event, now = EventFactory(), timezone.now()
    publishing.schedule(event, by=None, at=now + IN_AN_HOUR)
    publishing.schedule(event, by=None, at=now + 3 * IN_AN_HOUR)
    assert event not in Event.objects.public(now + 2 * IN_AN_HOUR)
    publishing.schedule(event, by=None, at=now + IN_AN_HOUR)
    publishing.unschedule(event, by=None)
    assert (event.state, event.publish_at) == (State.DRAFT, None)
    with time_machine.travel(now + 5 * IN_AN_HOUR, tick=False):
        assert publishing.first_seen(event) is None
    assert refusal(publishing.unschedule, event) == ["Only a scheduled entry can be taken off the schedule."]


def test_first_seen_is_the_first_moment_at_which_readers_could_look():
    event, now = EventFactory(), timezone.now()
    publishing.schedule(event, by=None, at=now + IN_AN_HOUR)
    with time_machine.travel(now + 2 * IN_AN_HOUR, tick=False):
        publishing.withdraw(event, by=None, reason="Entered twice.")
        assert publishing.first_seen(event) == now + IN_AN_HOUR


def test_draft_is_sent_back_with_a_note_that_stands_until_it_is_submitted_again(admin_user):
    event = EventFactory()
    publishing.submit(event, by=None)
    assert refusal(publishing.send_back, event, note=" ") == ["Say in a note to the author what is to be done."]
    publishing.send_back(event, by=admin_user, note="Name the place: which town?")
    assert (event.state, publishing.note_to_author(event)) == (State.DRAFT, "Name the place: which town?")
    event.title_en = "Better"
    event.save()
    assert publishing.note_to_author(event) == "Name the place: which town?"
    assert "Name the place" in event.history.filter(history_user=admin_user).first().history_change_reason
    publishing.submit(event, by=None)
    assert publishing.note_to_author(event) == ""


def test_published_entry_is_not_published_again():
    assert refusal(publishing.publish, EventFactory(published=True)) == ["It is public already."]


def test_steps_with_many_are_all_taken_or_none():
    good, bare, public = EventFactory(), Event.objects.create(slug="bare", kind="summit", level="ministers"), EventFactory(published=True)
    with pytest.raises(NotTogether) as refused:
        together("publish", [good, bare, public], by=None)
    assert {key: len(reasons) for key, reasons in refused.value.reasons.items()} == {bare.pk: 3, public.pk: 1}
    assert not Event.objects.public().filter(pk__in=[good.pk, bare.pk]).exists()
    assert Event.objects.get(pk=good.pk).history.count() == good.history.count() == 1
    together("publish", [Event.objects.get(pk=good.pk)], by=None)
    assert good in Event.objects.public()
