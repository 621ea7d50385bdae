"""A box on the form says of a translation what its editor can have compared: not an original that changes with the same save."""

import pytest
from django.contrib.messages import get_messages

from cooperation.models import Agreement, AgreementAction
from events.models import Event
from record import translations
from record.translations import Status
from tests.factories import AgreementFactory, EventFactory
from tests.record.history.test_versions import address_of
from tests.record.test_admin import errors_of, form_of

pytestmark = pytest.mark.django_db
BOX = {"reviewed_az": "on"}


def state(entry):
    found = translations.state_of(type(entry).objects.get(pk=entry.pk), "az")
    return found.status, [older.passage.path for older in found.outdated]


def send(client, entry, sent, **changes):
    answer = client.post(address_of(entry), sent | changes)
    assert answer.status_code == 302, errors_of(answer)
    return [str(message) for message in get_messages(answer.wsgi_request) if message.level_tag == "warning"]


def saved(client, entry, **changes):
    return send(client, entry, form_of(client, address_of(entry)), **changes)


def test_box_does_not_cover_an_original_that_changes_with_it(admin_client):
    event = EventFactory(title_az="Səfər", summary_az="Kim nə etdi.")
    told = saved(admin_client, event, title_en="State visit", **BOX)
    assert state(event) == (Status.OUTDATED, ["title"])
    assert len(told) == 1 and "Azerbaijani" in told[0]
    assert saved(admin_client, event, **BOX) == []
    assert state(event) == (Status.REVIEWED, [])


def test_box_covers_a_translation_that_changes_with_its_original(admin_client):
    event = EventFactory(title_az="Səfər", summary_az="Kim nə etdi.")
    assert saved(admin_client, event, title_en="State visit", title_az="Dövlət səfəri", **BOX) == []
    assert state(event) == (Status.REVIEWED, [])


def test_box_of_a_new_entry_covers_all_of_it(admin_client):
    sent = form_of(admin_client, "/admin/events/event/add/") | {
        "title_en": "The visit itself", "title_az": "Səfər", "date": "2023-05-04", "kind": "summit", "level": "ministers", **BOX
    }  # fmt: skip
    assert admin_client.post("/admin/events/event/add/", sent).status_code == 302
    assert state(Event.objects.get(title_en="The visit itself"))[1] == []


def test_box_does_not_cover_a_row_below_whose_original_changes_with_it(admin_client):
    agreement = AgreementFactory(title_az="Saziş", summary_az="Kim nə etdi.")
    steps = [AgreementAction.objects.create(agreement=agreement, kind="signed", note_en="In Baku.", note_az="Bakıda.") for _n in range(2)]
    translations.refresh(agreement)
    changes = {"actions-0-note_en": "In Shusha.", "actions-1-note_en": "In Shusha.", "actions-1-note_az": "Şuşada."}
    saved(admin_client, agreement, **changes, **BOX)
    assert state(agreement) == (Status.OUTDATED, [f"actions.{steps[0].pk}.note"])
    saved(admin_client, agreement, **BOX)
    assert state(agreement) == (Status.REVIEWED, [])


def test_box_does_not_cover_what_somebody_else_saved_meanwhile(admin_client):
    event = EventFactory(title_az="Səfər", summary_az="Kim nə etdi.")
    opened = form_of(admin_client, address_of(event))
    event.summary_en = "Who did something else."
    event.save()
    told = send(admin_client, event, opened, **BOX)
    assert state(event) == (Status.OUTDATED, ["summary"])
    assert len(told) == 1
    agreement = AgreementFactory(title_az="Saziş", summary_az="Kim nə etdi.")
    step = AgreementAction.objects.create(agreement=agreement, kind="signed", note_en="In Baku.", note_az="Bakıda.")
    translations.refresh(agreement)
    opened = form_of(admin_client, address_of(agreement))
    AgreementAction.objects.get(pk=step.pk).delete()
    meanwhile = Agreement.objects.get(pk=agreement.pk)
    meanwhile.title_en = "Treaty"
    meanwhile.save()
    send(admin_client, agreement, opened | {"actions-TOTAL_FORMS": "0", "actions-INITIAL_FORMS": "0"}, **BOX)
    assert state(agreement) == (Status.OUTDATED, ["title"])
