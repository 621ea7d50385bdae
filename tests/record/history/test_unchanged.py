"""A save that changes nothing writes no version, bumps no lock and tells readers nothing; the desk says so."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages

from cooperation.models import Agreement
from events.models import Event
from record import translations
from record.models import Change, Revision, Source
from tests import people
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


def correct(client, row, **sent):
    """A save of the row's form; what the desk said."""
    return told(client.post(address_of(row), form_of(client, address_of(row)) | sent))


def test_reason_that_was_left_out_is_told_with_the_correction_before(admin_client):
    event = EventFactory(published=True, title_en="A day")
    (wanted,) = [said for said in correct(admin_client, event, title_en="Another day") if "without a reason" in said]
    assert "save again" in wanted
    # A note of the desk is no correction: what was asked once is not asked again.
    assert not [said for said in correct(admin_client, event, checked_on="2026-01-01") if "without a reason" in said]
    assert correct(admin_client, event, _told_en="The day was wrong.") == [
        "Nothing else was changed: readers are told this of the correction before."
    ]
    assert Change.objects.of(event).get(what="corrected").reasons == {"en": "The day was wrong."}
    assert not [
        said for said in correct(admin_client, event, title_en="A third day", _told_en="So was this.") if "without a reason" in said
    ]


def test_reason_that_belongs_to_no_correction_stands_on_the_page_again(admin_client, client):
    event = EventFactory(published=True)
    for sent in ({"_told_en": "No reason."}, {"_told_en": "No reason."}):
        answer = admin_client.post(address_of(event), form_of(admin_client, address_of(event)) | sent)
        assert "Your words stand below again" in told(answer)[0]
        assert [box.words for box in admin_client.get(answer["Location"]).context["told"] if box.lang == "en"] == ["No reason."]
    # Not to somebody else's correction, and not over a reason that stands.
    correct(admin_client, event, title_en="Another day", _told_en="The day was wrong.")
    assert "Your words stand below again" in correct(admin_client, event, _told_en="Or not.")[0]
    other = EventFactory(published=True)
    correct(admin_client, other, title_en="A third day")
    client.force_login(people.administrator())
    assert "Your words stand below again" in correct(client, other, _told_en="Mine.")[0]
    assert [Change.objects.of(row).get(what="corrected").reasons for row in (event, other)] == [{"en": "The day was wrong."}, {}]


def test_shared_name_has_its_reason_afterwards_too(admin_client):
    topic = TopicFactory(name_en="Water")
    EventFactory(published=True).topics.add(topic)
    correct(admin_client, topic, name_en="Waters")
    assert "of the correction before" in correct(admin_client, topic, _told_en="A letter was missing.")[0]
    assert Change.objects.of(topic).get(what="corrected").reasons == {"en": "A letter was missing."}


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
