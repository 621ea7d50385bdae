"""“Documents signed” on the form of an event: what was changed there is done, and nothing else."""

import pytest
from django.test import Client

from tests.factories import AgreementFactory, EventFactory
from tests.people import author, editor, entered_by
from tests.record.test_admin import errors_of, form_of


def opened(user, event):
    """(form as it was opened, how to send it)."""
    client, address = Client(), f"/admin/events/event/{event.pk}/change/"
    client.force_login(user)
    return form_of(client, address), lambda form: client.post(address, form)


def signed_at(event):
    return set(event.agreements.values_list("pk", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("by", ["form", "own page"])
def test_stale_form_takes_no_document_off(by):
    event, document, older = EventFactory(published=True), AgreementFactory(), AgreementFactory()
    older.signed_at = event
    older.save()
    (form, send), (stale, send_stale) = opened(editor("first"), event), opened(editor("second"), event)
    if by == "form":
        assert send(form | {"documents": [document.pk, older.pk], "caveat_en": "First."}).status_code == 302
    else:
        document.signed_at = event
        document.save()
    answer = send_stale(stale | {"documents": [], "title_en": "Second."})
    assert answer.status_code == 302, errors_of(answer)
    assert signed_at(event) == {document.pk}, "only the one that was taken off goes"


@pytest.mark.django_db
def test_form_shown_again_still_knows_what_it_was_opened_with():
    event, document = EventFactory(published=True), AgreementFactory()
    form, send = opened(editor(), event)
    again = send(form | {"documents": [document.pk], "title_en": ""})
    assert again.context["adminform"].form["documents_opened"].value() == ""
    assert send(form | {"documents": [document.pk]}).status_code == 302
    assert signed_at(event) == {document.pk}
    assert send(opened(editor("another"), event)[0] | {"documents": []}).status_code == 302
    assert signed_at(event) == set()


@pytest.mark.django_db
def test_author_reads_no_title_of_a_hidden_document_and_takes_none_off():
    writer, hidden = author(), AgreementFactory(title_en="Not for authors")
    event = entered_by(writer, EventFactory())
    form, send = opened(writer, event)
    answer = send(form | {"documents": [hidden.pk]})
    assert answer.status_code == 200 and "Not for authors" not in answer.content.decode()
    hidden.signed_at = event
    hidden.save()
    form, send = opened(writer, event)
    assert (form["documents"], form["documents_opened"]) == ([], "")
    assert send(form | {"documents_opened": str(hidden.pk), "caveat_en": "Mine."}).status_code == 302
    assert signed_at(event) == {hidden.pk}
