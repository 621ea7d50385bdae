"""Imports in the admin: upload, preview, confirm; the browser is trusted with nothing but a click."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cooperation.imports import desk
from cooperation.imports.plain import Plain
from cooperation.models import TradeFigure, TradeImport
from record import publishing
from tests.cooperation.imports.files import comtrade, comtrade_row
from tests.factories import TradeFigureFactory

ADD = "/admin/cooperation/tradeimport/add/"


@pytest.fixture
def upload(admin_client, source):
    """Upload rows; returns the stored import and the page that follows."""

    def _upload(*rows, content=None, client=admin_client, **sent):
        file = SimpleUploadedFile("TradeData.csv", comtrade(*rows) if content is None else content)
        sent = {"file": file, "source": source.pk, "released_on": "2024-05-31", "encoding": "utf-8", "decimal_sign": ""} | sent
        answer = client.post(ADD, sent, follow=True)
        return TradeImport.objects.first(), answer

    return _upload


def address(trade_import):
    return reverse("admin:cooperation_tradeimport_change", args=[trade_import.pk])


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_upload_shows_what_would_change_and_changes_nothing(upload, source, admin_user):
    stored = TradeFigureFactory(year=2022, value=90, source=source, released_on="2023-05-31", valuation="fob")
    publishing.publish(stored, by=None)
    rows = [comtrade_row(value="100"), comtrade_row(year=2022, value="95"), comtrade_row(partner="world")]
    trade_import, answer = upload(*rows)
    page = answer.content.decode()
    assert trade_import.outcome["counts"] == {"new": 1, "revised": 1, "unchanged": 0, "refused": 0}
    assert f"{stored.code}: 90" in page
    assert "trade of other countries" in page
    assert "Import and publish" in page and '<h1 class="as-it-is">TradeData.csv</h1>' in page
    assert TradeFigure.objects.filter(source=source).count() == 1
    assert (trade_import.by, trade_import.name, trade_import.imported_at) == (admin_user, "TradeData.csv", None)


def test_form_leads_to_the_columns_in_the_handbook(admin_client):
    (address,) = set(re.findall(r'<a href="([^"]+)">its columns stand in the handbook</a>', admin_client.get(ADD).content.decode()))
    chapter = admin_client.get(address).content.decode()
    assert [name for name in (*Plain.required, *Plain.optional) if f"<td><code>{name}</code></td>" not in chapter] == []


def test_confirmed_import_is_public_and_is_carried_out_once(upload, source, admin_client, admin_user):
    trade_import, _answer = upload(comtrade_row(value="100"))
    assert said(admin_client.post(address(trade_import), follow=True)) == ["1 figure was added."]
    answer = admin_client.post(address(trade_import), follow=True)
    assert said(answer) == ["This import has been carried out already."]
    assert "Import and publish" not in answer.content.decode()
    assert [int(f.value) for f in TradeFigure.objects.public().filter(source=source)] == [100]
    trade_import.refresh_from_db()
    assert trade_import.by == admin_user
    assert trade_import.outcome["counts"]["new"] == 1


def test_refused_rows_are_listed_and_cannot_be_confirmed(upload, source, admin_client):
    trade_import, answer = upload(comtrade_row(), comtrade_row(value="-5"), comtrade_row(flow="Z"))
    page = answer.content.decode()
    assert "“-5” is negative" in page
    assert "flowCode" in page
    assert "Import and publish" not in page
    assert said(admin_client.post(address(trade_import), follow=True)) == ["Rows are refused: all are written or none."]
    assert not TradeFigure.objects.filter(source=source).exists()


def test_record_that_changed_since_the_preview_is_shown_again_first(upload, source, admin_client):
    trade_import, _answer = upload(comtrade_row(value="100"))
    other = TradeFigureFactory(year=2023, value=90, source=source, released_on="2024-01-31", valuation="fob")
    publishing.publish(other, by=None)
    answer = admin_client.post(address(trade_import), follow=True)
    assert said(answer) == ["The record has changed since this preview was made. Look at the new one below."]
    assert f"{other.code}: 90" in answer.content.decode()
    assert TradeFigure.objects.filter(source=source).count() == 1
    assert said(admin_client.post(address(trade_import), follow=True)) == ["1 figure was added."]


def test_nothing_that_the_browser_sends_changes_what_is_written(upload, source, admin_client):
    trade_import, _answer = upload(comtrade_row(value="100"))
    forged = {"outcome": "{}", "digest": "0", "file": SimpleUploadedFile("x.csv", comtrade(comtrade_row(value="999"))), "by": "1"}
    admin_client.post(address(trade_import), forged)
    assert [int(f.value) for f in TradeFigure.objects.filter(source=source)] == [100]


def test_file_that_was_changed_on_disk_is_not_imported(upload, source, admin_client):
    trade_import, _answer = upload(comtrade_row(value="100"))
    with open(trade_import.file.path, "wb") as file:
        file.write(comtrade(comtrade_row(value="999")))
    assert "not the one that was uploaded" in said(admin_client.post(address(trade_import), follow=True))[0]
    assert not TradeFigure.objects.filter(source=source).exists()


def test_file_that_is_gone_is_said_to_be_gone(upload, source, admin_client):
    trade_import, _answer = upload(comtrade_row(value="100"))
    trade_import.file.storage.delete(trade_import.file.name)
    (sentence,) = said(admin_client.post(address(trade_import), follow=True))
    assert sentence == "The file of this import is no longer stored. Upload it again."


@pytest.mark.django_db
def test_import_without_a_file_is_answered_with_a_sentence(admin_client):
    trade_import = TradeImport.objects.create(name="a.csv", digest="0" * 64)
    answer = admin_client.post(address(trade_import), follow=True)
    assert (answer.status_code, said(answer)) == (200, ["The file of this import is no longer stored. Upload it again."])


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({"content": b"PK\x03\x04xx"}, "a spreadsheet or a ZIP archive"),
        ({"content": comtrade(comtrade_row(partner="tr"), encoding="windows-1252", mark=False)}, "Line 2 is not utf-8"),
        ({"source": ""}, "which source"),
        ({"released_on": ""}, "on which day"),
        ({"released_on": "2999-01-01"}, "in the future"),
        ({"file": ""}, "This field is required"),
    ],
)
def test_unreadable_upload_is_refused_beside_its_field(upload, sent, reason):
    trade_import, answer = upload(comtrade_row(), **sent)
    assert trade_import is None
    assert reason in str(answer.context["adminform"].form.errors)


def test_file_over_the_limit_is_sent_to_the_command(upload, monkeypatch):
    monkeypatch.setattr(desk, "LARGEST_UPLOAD", 100)
    trade_import, answer = upload(comtrade_row())
    assert trade_import is None
    assert "manage.py import_trade" in str(answer.context["adminform"].form.errors)


@pytest.fixture
def viewer(client, db):
    """Somebody who may see imports and write figures, and not import them."""
    user = User.objects.create_user("viewer", is_staff=True)
    codes = ["view_tradeimport", "change_tradeimport", "add_tradeimport", "view_tradefigure", "add_tradefigure"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(user)
    return client


def test_only_who_may_publish_figures_may_import_them(upload, viewer, source):
    trade_import, _answer = upload(comtrade_row())
    page = viewer.get(address(trade_import))
    assert page.status_code == 200
    assert "Import and publish" not in page.content.decode()
    assert viewer.post(address(trade_import)).status_code == 403
    assert viewer.post(ADD, {}).status_code == 403
    assert not TradeFigure.objects.filter(source=source).exists()


def test_visitor_reaches_neither_the_preview_nor_the_file(upload, client):
    trade_import, _answer = upload(comtrade_row())
    assert client.get(address(trade_import)).status_code == 302
    assert client.post(address(trade_import)).status_code == 302
    for path in (f"/files/{trade_import.file.name}", f"/static/{trade_import.file.name}", f"/{trade_import.file.name}"):
        assert client.get(path).status_code == 404


def test_import_that_was_carried_out_stays_on_record_and_another_may_go(upload, admin_client):
    trade_import, _answer = upload(comtrade_row())
    other, _answer = upload(comtrade_row(flow="M"))
    admin_client.post(address(trade_import))
    gone = reverse("admin:cooperation_tradeimport_delete", args=[other.pk])
    assert admin_client.post(gone, {"post": "yes"}).status_code == 302
    assert not other.file.storage.exists(other.file.name)
    kept = reverse("admin:cooperation_tradeimport_delete", args=[trade_import.pk])
    assert admin_client.post(kept, {"post": "yes"}).status_code == 403
    assert list(TradeImport.objects.all()) == [trade_import]


def test_imported_figure_that_readers_saw_cannot_be_deleted(upload, source, admin_client):
    trade_import, _answer = upload(comtrade_row())
    admin_client.post(address(trade_import))
    figure = TradeFigure.objects.get(source=source)
    assert admin_client.post(f"/admin/cooperation/tradefigure/{figure.pk}/delete/", {"post": "yes"}).status_code == 403


def test_preview_that_does_not_exist_is_not_found(admin_client):
    assert admin_client.get("/admin/cooperation/tradeimport/99999/change/").status_code == 404
