"""Texts of agreements as files: as they were given, told with their checksum, saved and never run, private until the agreement is not."""

import hashlib

import pytest
from django.core.files.base import ContentFile

from cooperation.models import AgreementText
from record import asking, previews, publishing
from record.models import ConfirmationRequest
from tests import hostile
from tests.factories import AgreementFactory


@pytest.fixture
def text(db):
    found = AgreementText(agreement=AgreementFactory(published=True), language="uz", official=True)
    found.file.save("Minutes of the meeting.pdf", ContentFile(hostile.document()), save=True)
    return found


def test_readers_are_told_what_they_will_get_and_get_it(client, text):
    data = hostile.document()
    page = client.get(text.agreement.get_absolute_url()).content.decode()
    checksum = hashlib.sha256(data).hexdigest()
    assert "official text" in page and "1 page)" in page and f">{checksum}<" in page
    answer = client.get(text.get_absolute_url())
    assert b"".join(answer.streaming_content) == data
    told = client.get(f"/r/{text.agreement.code}.json").json()["texts"]
    assert told == [
        {
            "language": "uz", "official": True, "url": None, "file": text.get_absolute_url(),
            "sha256": checksum, "bytes": len(data), "pages": 1,
        }
    ]  # fmt: skip
    assert client.get(text.get_absolute_url()).wsgi_request.path == f"/{text.file.name}"


def test_browser_saves_it_and_runs_nothing(client, text):
    headers = client.get(text.get_absolute_url()).headers
    assert {name: headers[name] for name in ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy", "Cache-Control")} == {
        "Content-Type": "application/pdf",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "public, no-cache",
    }
    assert headers["Content-Disposition"] == f'attachment; filename="{text.agreement.code}-uz.pdf"'
    assert "Minutes" not in text.file.name


def test_withdrawn_agreement_takes_its_file_along_in_the_same_second(client, admin_client, text):
    address = text.get_absolute_url()
    assert client.get(address).status_code == 200
    publishing.withdraw(text.agreement, by=None, reason="Entered twice.")
    assert client.get(address).status_code == 404
    assert admin_client.get(address)["Cache-Control"] == "private, no-store"


def test_row_whose_file_is_taken_away_says_no_more_of_it(text):
    text.file = ""
    text.save()
    assert (text.checksum, text.size, text.pages, text.get_absolute_url()) == ("", 0, 0, "")


def test_desk_leads_to_the_file_by_its_own_address(admin_client, text):
    page = admin_client.get(f"/admin/cooperation/agreement/{text.agreement_id}/change/").content.decode()
    assert page.count(f'href="{text.get_absolute_url()}"') == 2
    assert text.checksum in page


def with_draft_text(**fields):
    agreement = AgreementFactory(**fields)
    found = AgreementText(agreement=agreement, language="uz")
    found.file.save("text.pdf", ContentFile(hostile.document()), save=True)
    return agreement, found


@pytest.mark.django_db
def test_token_of_a_preview_or_a_request_opens_the_texts_of_its_own_agreement_alone(client):
    agreement, own = with_draft_text()
    _other, foreign = with_draft_text()
    link, preview = previews.make(agreement, by=None, hours=1)
    _row, request = asking.ask(agreement, by=None, side=ConfirmationRequest.SIDES[0][0], asked="MFA", language="en")
    for page, token in ((f"/preview/{preview}/en/", preview), (f"/confirm/{request}/", request)):
        address = f"{own.get_absolute_url()}?preview={token}"
        assert f'href="{address}"' in client.get(page).content.decode()
        answer = client.get(address)
        assert (answer.status_code, b"".join(answer.streaming_content)) == (200, hostile.document())
        assert "no-store" in answer["Cache-Control"]
        assert client.get(f"{foreign.get_absolute_url()}?preview={token}").status_code == 404
    assert client.get(own.get_absolute_url()).status_code == 404
    previews.revoke(link, by=None)
    assert client.get(f"{own.get_absolute_url()}?preview={preview}").status_code == 404
