"""A save that changes nothing writes no version, bumps no lock and tells readers nothing; the desk says so."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages

from cooperation.models import Agreement
from events.models import Event
from record import translations
from record.models import Revision, Source
from tests.factories import EventFactory, PersonFactory, TopicFactory
from tests.record.history.test_versions import address_of, versions_of
from tests.record.test_admin import errors_of, form_of

pytestmark = pytest.mark.django_db
SAID = "Nothing was changed, so no version was written."


def told(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def as_a_browser(sent):
    """Browsers send the line ends of a text as CR LF, whatever they were given."""
    return {name: value.replace("\n", "\r\n") if isinstance(value, str) else value for name, value in sent.items()}


def test_form_sent_back_untouched_writes_no_version(admin_client):
    rows = [Event.objects.get(number=22), Agreement.objects.get(number=42), Source.objects.get(number=39), TopicFactory(name_en="Water")]
    for row in rows:
        before, lock, logged = Revision.objects.count(), row.version, LogEntry.objects.count()
        answer = admin_client.post(address_of(row), as_a_browser(form_of(admin_client, address_of(row))))
        assert (answer.status_code, told(answer)) == (302, [SAID]), errors_of(answer)
        row.refresh_from_db()
        assert (Revision.objects.count(), row.version, LogEntry.objects.count()) == (before, lock, logged)


def test_row_below_that_comes_changes_or_goes_is_a_change(admin_client):
    event = EventFactory(published=True)
    added = {"participants-TOTAL_FORMS": "1", "participants-0-person": PersonFactory().pk, "participants-0-role": "host"}
    for rows in (added, {"participants-0-role": "participant"}, {"participants-0-DELETE": "on"}):
        before, lock = len(versions_of(event)), event.version
        answer = admin_client.post(address_of(event), form_of(admin_client, address_of(event)) | rows)
        assert answer.status_code == 302 and SAID not in told(answer)
        event.refresh_from_db()
        assert (len(versions_of(event)), event.version) == (before + 1, lock + 1)


def test_verb_without_a_change_is_one_version_and_speaks_for_itself(admin_client):
    event = EventFactory()
    before = len(versions_of(event))
    answer = admin_client.post(address_of(event), form_of(admin_client, address_of(event)) | {"_verb": "publish"})
    assert told(answer) == ["Published: readers see it now."]
    assert len(versions_of(event)) == before + 1
    assert answer["Location"] == address_of(event)


def test_buttons_lead_where_they_lead_after_any_save(admin_client):
    topic = TopicFactory()
    ways = {"_save": "/admin/record/topic/", "_addanother": "/admin/record/topic/add/", "_continue": address_of(topic)}
    for button, way in ways.items():
        answer = admin_client.post(address_of(topic), form_of(admin_client, address_of(topic)) | {button: "1"})
        assert (answer["Location"], told(answer)) == (way, [SAID])


def test_translation_sent_back_untouched_writes_no_version(admin_client):
    event = EventFactory(title_az="Səfər")
    before, address = len(versions_of(event)), f"{address_of(event, 'translate')}?to=az"

    def send(**more):
        form = admin_client.get(address).context["form"]
        sent = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
        return told(admin_client.post(address, sent | more))

    assert (send(), len(versions_of(event))) == ([SAID], before)
    assert (len(send(reviewed_now="on")), len(versions_of(event))) == (1, before + 1)
    assert translations.state_of(Event.objects.get(pk=event.pk), "az").status == translations.Status.REVIEWED
    assert (send(), len(versions_of(event))) == ([SAID], before + 1)
