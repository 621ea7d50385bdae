"""What waits for whom: each count on the desk's first page is the length of the list behind it."""

import datetime

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cooperation.derived import refresh_agreement
from cooperation.models import AgreementAction
from events.models import Event
from record import dates, publishing, queues
from record.models import Disagreement, DisagreementValue, LikelyDouble
from tests import people
from tests.factories import AgreementFactory, EventFactory, TopicFactory

# Sessions, people, the log, one statement for each kind of row in which something can wait, and one for each that is translated.
MOST_QUERIES = 30


def waiting(client):
    """{(queue, address): count} as the first page shows it."""
    shown = client.get("/admin/").context["waiting"]
    # Translations count texts and not rows of one list; tests/record/translations compare them.
    return {(queue.name, line.address): line.count for queue, lines in shown for line in lines if queue.name != "translations"}


def everything_that_waits(by):
    """One row at least in every queue of entries."""
    now = timezone.now()
    submitted, returned, _draft = (EventFactory(date=f"199{n}-01-01") for n in range(3))
    for event in Event.objects.all():
        event.history.update(history_user=by)
    publishing.submit(submitted, by=by)
    publishing.submit(returned, by=by)
    publishing.restore(returned, by=None)
    publishing.schedule(EventFactory(), by=by, at=now + datetime.timedelta(days=2))
    publishing.schedule(EventFactory(), by=by, at=now + datetime.timedelta(days=1))
    old = EventFactory(published=True)
    Event.objects.filter(pk=old.pk).update(checked_on=datetime.date(2020, 1, 1))
    bare = EventFactory()
    bare.citations.all().delete()
    Event.objects.filter(pk=bare.pk).update(confirmation="no-source")
    waits = AgreementFactory(date="2020-05-04", entry_into_force="on-last-notice")
    AgreementAction.objects.create(agreement=waits, kind="signed", side="joint", date="2020-05-04")
    refresh_agreement(waits)
    publishing.publish(waits, by=by)
    Disagreement.objects.create(slug="neither", label_en="Neither")
    pair = [EventFactory(title_en="Entered twice"), EventFactory(title_en="Entered twice")]
    LikelyDouble.objects.create(letter="E", first=pair[0].number, second=pair[1].number, ground="title")


def test_every_count_is_the_length_of_its_list(empty_record, admin_client, admin_user):
    everything_that_waits(admin_user)
    found = waiting(admin_client)
    assert {queue for queue, _address in found} == {
        "review", "returned", "drafts", "scheduled", "unsourced", "not-in-force", "stale", "undecided", "doubles",
    }  # fmt: skip
    for (_queue, address), count in found.items():
        assert admin_client.get(address).context["cl"].result_count == count, address


def test_each_queue_holds_what_it_says(empty_record, admin_client, admin_user):
    everything_that_waits(admin_user)
    events = {queue: count for (queue, address), count in waiting(admin_client).items() if "/events/event/" in address}
    assert events == {"review": 1, "returned": 1, "drafts": 1, "scheduled": 2, "unsourced": 1, "stale": 1, "doubles": 2}


def test_scheduled_tells_the_next_moment(empty_record, admin_client, admin_user):
    everything_that_waits(admin_user)
    tomorrow = timezone.localtime(timezone.now() + datetime.timedelta(days=1))
    lines = next(lines for queue, lines in admin_client.get("/admin/").context["waiting"] if queue.name == "scheduled")
    assert lines[0].note.startswith(f"next: {dates.spoken(tomorrow.date().isoformat())}, ")


def test_a_withdrawn_entry_waits_for_nothing(empty_record, admin_client):
    event = EventFactory(published=True)
    publishing.withdraw(event, by=None, reason="Entered twice.")
    assert waiting(admin_client) == {}


def test_nobody_is_counted_what_the_person_may_not_see(empty_record, client, admin_user):
    everything_that_waits(admin_user)
    author = people.author()
    people.entered_by(author, EventFactory())
    client.force_login(author)
    found = {queue: count for (queue, _address), count in waiting(client).items()}
    assert found.pop("drafts") == 1
    # What readers see, everybody may count.
    assert set(found) <= {"stale", "not-in-force", "unsourced"}
    assert "translations" not in {queue.name for queue, lines in client.get("/admin/").context["waiting"]}


def test_a_disagreement_waits_until_a_value_is_preferred_or_it_is_said_why_none_is(empty_record, admin_client):
    waits, said, preferred = (Disagreement.objects.create(slug=slug, label_en=slug) for slug in ("waits", "said", "preferred"))
    for disagreement in (waits, said, preferred):
        DisagreementValue.objects.create(disagreement=disagreement, value_en="1994", preferred=disagreement == preferred)
    Disagreement.objects.filter(pk=said.pk).update(assessment_ru="Обе даты напечатаны в тот же день.")
    lines = next(lines for queue, lines in admin_client.get("/admin/").context["waiting"] if queue.name == "undecided")
    assert [(line.label, line.count) for line in lines] == [("Disagreements", 1)]
    assert list(admin_client.get(lines[0].address).context["cl"].result_list) == [waits]


def test_drafts_of_others_are_not_mine(empty_record, client, admin_user):
    everything_that_waits(admin_user)
    client.force_login(User.objects.create_superuser("other"))
    assert not {queue for queue, _address in waiting(client)} & {"drafts", "returned"}


def test_the_first_page_asks_as_often_for_one_row_as_for_fifty(empty_record, admin_client, admin_user):
    counts = []
    # The first visit of a session is written down.
    admin_client.get("/admin/")
    for rows in (1, 50):
        for event in EventFactory.create_batch(rows):
            publishing.submit(event, by=admin_user)
        with CaptureQueriesContext(connection) as asked:
            assert admin_client.get("/admin/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_a_queue_that_does_not_exist_holds_nothing(empty_record, admin_client):
    EventFactory()
    assert admin_client.get("/admin/events/event/?queue=nowhere").context["cl"].result_count == 0


def test_a_queue_of_another_app_stands_beside_the_others(empty_record, admin_client, monkeypatch):
    monkeypatch.setattr(queues, "_queues", dict(queues._queues))
    queues.register(queues.Queue("answers", "Answers", "Read them.", lambda user: [queues.Line("From both", 2, "/admin/somewhere/")]))
    assert waiting(admin_client) == {("answers", "/admin/somewhere/"): 2}


def test_new_rows_are_begun_by_those_who_may(client, admin_client):
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="add_source"))
    assert len(admin_client.get("/admin/").context["new"]) == 5
    client.force_login(viewer)
    assert [address for _label, address in client.get("/admin/").context["new"]] == ["/admin/record/source/add/"]


@pytest.mark.django_db
def test_checked_today_is_said_of_many_at_once(admin_client):
    event = EventFactory(published=True)
    admin_client.post("/admin/events/event/", {"action": "checked_today", "_selected_action": [event.pk]})
    event.refresh_from_db()
    assert event.checked_on == timezone.localdate()
    assert event.history.first().history_user.is_superuser


@pytest.mark.django_db
def test_checked_today_says_which_entry_was_overtaken_and_goes_on(rf, admin_user):
    overtaken, other = EventFactory(published=True), EventFactory(published=True)
    request = rf.post("/admin/events/event/")
    request.user, request.session = admin_user, {}
    request._messages = FallbackStorage(request)
    chosen = Event.objects.filter(pk__in=[overtaken.pk, other.pk])
    assert len(chosen) == 2, "read before somebody else saves"
    Event.objects.get(pk=overtaken.pk).save()
    admin.site.get_model_admin(Event).checked_today(request, chosen)
    assert Event.objects.get(pk=overtaken.pk).checked_on != timezone.localdate()
    assert Event.objects.get(pk=other.pk).checked_on == timezone.localdate()
    said = [str(message) for message in request._messages]
    assert said[0] == "1 entry was checked today." and overtaken.code in said[1] and other.code not in said[1]


@pytest.mark.django_db
def test_checked_today_is_one_version_for_each_entry_that_the_person_may_change(client):
    author = people.author()
    mine, mine_too, public = [people.entered_by(author, EventFactory(published=published)) for published in (False, False, True)]
    client.force_login(author)
    chosen = {"action": "checked_today", "_selected_action": [mine.pk, mine_too.pk, public.pk]}
    assert client.post("/admin/events/event/", chosen).status_code == 302
    checked = {event: Event.objects.get(pk=event.pk).checked_on == timezone.localdate() for event in (mine, mine_too, public)}
    assert checked == {mine: True, mine_too: True, public: False}
    assert mine.history.first().revision_id != mine_too.history.first().revision_id


def test_a_withdrawn_entry_is_translated_by_nobody_until_it_is_public_again(empty_record, admin_client):
    event = EventFactory(published=True)
    TopicFactory(name_az="Su", name_uz="Suv", name_ru="Вода")

    def missing():
        lines = next((lines for queue, lines in admin_client.get("/admin/").context["waiting"] if queue.name == "translations"), [])
        count = {line.label: line.count for line in lines}.get("Azerbaijani: missing", 0)
        listed = admin_client.get("/admin/events/event/?translation=az-missing").context["cl"].result_count
        sections = admin_client.get("/admin/translations/?lang=az&status=missing").context["sections"]
        return count, listed, sum(count for _name, count, _address, _rows in sections)

    assert missing() == (1, 1, 1)
    publishing.withdraw(event, by=None, reason="Entered twice.")
    assert missing() == (0, 0, 0)
    publishing.restore(event, by=None)
    publishing.publish(event, by=None)
    assert missing() == (1, 1, 1)
