"""An entry as it stood at the end of a day: what readers could see then, and nothing else."""

import datetime

import pytest
from django.utils import timezone

from cooperation.models import Agreement, Commitment
from cooperation.models.commitment import refresh_score
from events.models import Event, Participant
from record import publishing
from record.history import days, snapshots
from record.models import Revision
from tests.factories import AgreementFactory, CommitmentFactory, EventFactory, PersonFactory


def ago(number):
    return timezone.now() - datetime.timedelta(days=number)


def on(number):
    """That day, asked when it is needed: midnight may pass while the tests run."""
    return (timezone.localdate() - datetime.timedelta(days=number)).isoformat()


def written(row, number):
    """Let the newest version of a row have been written so many days ago."""
    Revision.objects.filter(pk=snapshots.newest(type(row), row.pk)).update(moment=ago(number))


@pytest.fixture
def event(db):
    """A draft of nine days ago, public for six days, corrected two days ago."""
    event = EventFactory(title_en="Draft title", summary_en="Draft summary.")
    Revision.objects.filter(pk__in=snapshots.revisions_of(Event, event.pk)).update(moment=ago(9))
    event.title_en, event.summary_en = "First title", "First summary."
    row = Participant.objects.create(event=event, person=PersonFactory(name_en="Somebody"))
    Revision.objects.filter(pk=snapshots.newest(Event, event.pk)).update(moment=ago(8))
    publishing.publish(event, by=None)
    written(event, 6)
    for rows in (Event.objects.filter(pk=event.pk), event.history.filter(state="published")):
        rows.update(publish_at=ago(6))
    event = Event.objects.get(pk=event.pk)
    event.title_en = "Second title"
    event.save()
    written(event, 2)
    row.delete()
    Revision.objects.filter(pk=snapshots.newest(Event, event.pk)).update(moment=ago(2))
    return event


def test_entry_is_shown_as_readers_saw_it_then(client, event):
    page = client.get(f"{event.get_absolute_url()}?on={on(4)}")
    said = page.content.decode()
    assert page.status_code == 200
    assert "First title" in said and "Somebody" in said and "Second title" not in said
    assert 'name="robots" content="noindex"' in said and 'rel="canonical"' not in said
    assert "The entry as it stood in this record at the end of" in said
    assert f"/r/{event.code}?on={on(4)}" in said
    now = client.get(event.get_absolute_url()).content.decode()
    assert "Second title" in now and "Somebody" not in now and "as-of-banner" not in now


def test_text_of_a_draft_is_never_shown(client, event):
    for number in (7, 8, 9, 30, 20_000):
        answer = client.get(f"{event.get_absolute_url()}?on={on(number)}")
        assert (answer.status_code, "Draft" in answer.content.decode()) == (404, False)
        assert "On that day it was not yet on record here." in answer.content.decode()


@pytest.mark.parametrize("asked", ["soon", "2024-13", "9999-12-31", "2024~", "1/2/2024"])
def test_day_that_cannot_be_is_refused_in_words(client, event, asked):
    answer = client.get(event.get_absolute_url(), {"on": asked})
    assert (answer.status_code, asked[:4] in answer.content.decode()) == (400, True)
    assert client.get(f"/r/{event.code}.json", {"on": asked}).status_code == 400


def test_program_is_told_the_same(client, event):
    then = client.get(f"/r/{event.code}.json?on={on(4)}").json()
    assert (then["title_en"], then["people"], then["on"]) == ("First title", [Participant.history.first().instance.person.slug], on(4))
    assert client.get(f"/r/{event.code}.json?on={on(8)}").status_code == 404
    assert client.get(f"/r/{event.code}?on={on(4)}").headers["Location"].endswith(f"?on={on(4)}")


def test_today_is_the_entry_as_it_stands_and_a_withdrawn_one_is_gone_for_any_day(client, event):
    assert "Second title" in client.get(f"{event.get_absolute_url()}?on={on(0)}").content.decode()
    publishing.withdraw(event, by=None, reason="Entered twice.")
    assert client.get(f"{event.get_absolute_url()}?on={on(4)}").status_code == 410


@pytest.mark.django_db
def test_commitment_is_shown_as_it_stood_with_the_score_of_then(client):
    promise = CommitmentFactory(title_en="First words", deadline=on(3), published=True)
    first = promise.assessments.create(as_of=on(8), score="minimal")
    first.sources.add(promise.citations.get().source)
    for rows in (Commitment.objects.filter(pk=promise.pk), promise.history.all()):
        rows.update(publish_at=ago(7))
    Revision.objects.filter(pk__in=snapshots.revisions_of(Commitment, promise.pk)).update(moment=ago(6))
    promise = Commitment.objects.get(pk=promise.pk)
    promise.title_en = "Second words"
    promise.save()
    promise.assessments.create(as_of=on(0), score="full").sources.add(promise.citations.get().source)
    refresh_score(promise)
    address = promise.get_absolute_url()
    then = client.get(f"{address}?on={on(4)}").content.decode()
    assert "First words" in then and "Second words" not in then and "minimal" in then and 'class="late"' not in then
    assert "The entry as it stood in this record at the end of" in then and 'name="robots" content="noindex"' in then
    assert f"/r/{promise.code}?on={on(4)}" in then
    now = client.get(address).content.decode()
    assert "Second words" in now and "The entry as it stood" not in now
    assert client.get(f"{address}?on={on(20)}").status_code == 404
    assert client.get(f"{address}?on=yesterday").status_code == 400


def test_day_ends_at_midnight_of_the_site(settings):
    assert days.end_of(datetime.date(2026, 3, 1)).isoformat() == "2026-03-02T00:00:00+05:00"


@pytest.mark.django_db
def test_status_of_an_agreement_is_that_of_the_steps_known_then(client):
    agreement = AgreementFactory(published=True, date="2020-01-01", binding="yes")
    agreement.actions.create(kind="signed", date="2020-01-01")
    Revision.objects.filter(pk__in=snapshots.revisions_of(Agreement, agreement.pk)).update(moment=ago(6))
    for rows in (Agreement.objects.filter(pk=agreement.pk), agreement.history.all()):
        rows.update(publish_at=ago(6))
    agreement.actions.create(kind="entered-into-force", date="2021-01-01")
    then, now = (client.get(f"/r/{agreement.code}.json?on={day}").json()["status"] for day in (on(3), on(0)))
    assert (then, now) == ("not-known", "in-force")


@pytest.mark.django_db
@pytest.mark.parametrize("number", [22])
def test_shipped_entry_as_of_today_says_what_its_page_says(client, number):
    event = Event.objects.get(number=number)
    for lang in ("en", "uz"):
        plain = client.get(f"/{lang}/events/{event.slug}/").content.decode()
        dated = client.get(f"/{lang}/events/{event.slug}/?on={on(0)}").content.decode()
        facts = [page.partition("<dl>")[2].partition("</dl>")[0] for page in (plain, dated)]
        assert facts[0] == facts[1]
