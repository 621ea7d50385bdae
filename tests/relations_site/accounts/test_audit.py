"""The audit list: everything that happened to accounts and every verb, for administrators, never changed."""

import datetime
import logging

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from record import publishing
from record.roles import EDITOR
from relations_site.accounts import audit
from relations_site.models import DeskEvent
from tests import factories
from tests.relations_site.accounts.conftest import PASSWORD, try_login


def kinds(**asked):
    return list(DeskEvent.objects.filter(**asked).order_by("pk").values_list("kind", flat=True))


def test_logins_failures_and_the_stop_are_written_down_with_person_and_address(editor, caplog):
    caplog.set_level(logging.INFO, "relations.audit")
    for _ in range(6):
        try_login(Client(), "leyla", REMOTE_ADDR="192.0.2.7")
    assert kinds(person=editor.pk) == ["account-made", *["login-failed"] * 5, "locked"]
    assert set(DeskEvent.objects.exclude(kind="account-made").values_list("address", flat=True)) == {"192.0.2.7"}
    assert [record.getMessage() for record in caplog.records if record.getMessage().startswith("locked")]


def test_login_and_logout_are_written_down(client, editor):
    try_login(client, "Leyla", PASSWORD)
    client.post("/admin/logout/")
    assert kinds(person=editor.pk)[1:] == ["login", "logout"]


def test_what_was_typed_as_an_unknown_name_is_not_kept(db):
    try_login(Client(), PASSWORD)
    line = DeskEvent.objects.get()
    assert (line.name, line.about, line.kind) == ("", "unknown name", "login-failed")


def test_password_roles_and_rights_are_written_down_whoever_changes_them(client, editor, other):
    client.force_login(editor)
    group = Group.objects.get_or_create(name=EDITOR)[0]
    fields = {
        "username": "Otabek",
        "is_active": "on",
        "is_staff": "on",
        "groups": [group.pk],
        "date_joined_0": "2026-01-01",
        "date_joined_1": "10:00",
    }
    assert client.post(f"/admin/auth/user/{other.pk}/change/", fields).status_code == 302
    asked = {"password1": "nine almonds in a blue bowl", "password2": "nine almonds in a blue bowl", "usable_password": "true"}
    assert client.post(f"/admin/auth/user/{other.pk}/password/", asked).status_code == 302
    found = list(DeskEvent.objects.filter(person=other.pk).exclude(kind="account-made").order_by("pk").values_list("kind", "about"))
    assert found == [
        ("rights", "is_superuser=False by Leyla"),
        ("rights", "+ editor by Leyla"),
        ("password", "by Leyla"),
    ]


def test_line_is_never_changed_nor_deleted(editor):
    for change in (
        lambda: DeskEvent.objects.update(name="Nobody"),
        lambda: DeskEvent.objects.all().delete(),
        lambda: DeskEvent.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert kinds() == ["account-made"]


def test_line_outlives_its_person(editor):
    pk = editor.pk
    editor.delete()
    assert kinds(person=pk) == ["account-made", "account-gone"]


def test_line_ends_and_turning_signs_are_escaped(db, caplog):
    caplog.set_level(logging.INFO, "relations.audit")
    audit.note(DeskEvent.Kind.RIGHTS, about="a\r\nlogin person=1\u202ex\u2028y")
    assert DeskEvent.objects.get().about == r"a\u000d\u000alogin person=1\u202ex\u2028y"
    assert "\n" not in caplog.records[-1].getMessage()


def test_list_shows_accounts_and_verbs_by_person_and_day(client, editor, other):
    with time_machine.travel("2026-03-01 09:00:00+00:00", tick=False):
        event = factories.EventFactory(title_en="Meeting of the transport ministers")
        publishing.publish(event, by=editor)
        publishing.withdraw(event, by=other, reason="Entered twice.")
    found = [(line.who, line.what) for line in audit.lines(day=datetime.date(2026, 3, 1))]
    assert found == [("Otabek", "withdrawn"), ("Leyla", "published")]
    assert [line.what for line in audit.lines(person=other)][-1] == "withdrawn"
    client.force_login(editor)
    page = client.get("/admin/audit/", {"person": "Otabek", "day": "2026-03-01"}).content.decode()
    assert "Meeting of the transport ministers" in page
    assert page.count("<tr>") == 2
    assert "Nothing is on record" in client.get("/admin/audit/", {"day": "2026-02-28"}).content.decode()


def test_list_goes_on_to_older_lines(client, editor):
    for number in range(audit.LINES + 5):
        with time_machine.travel(timezone.now() - datetime.timedelta(seconds=number + 1), tick=False):
            audit.note(DeskEvent.Kind.CODES, person=editor, about=f"note {number}")
    client.force_login(editor)
    first = client.get("/admin/audit/", {"person": "Leyla"})
    second = client.get("/admin/audit/", {"person": "Leyla", "before": first.context["older"]})
    shown = [line.about for page in (first, second) for line in page.context["lines"] if line.about.startswith("note")]
    assert shown == [f"note {number}" for number in range(audit.LINES + 5)]


@pytest.mark.parametrize("question", ["day=x", "day=2026-13-40", "before=x", "before=2026-01-01", "person=Nobody", "person=%00"])
def test_odd_question_is_answered(client, editor, question):
    client.force_login(editor)
    assert client.get(f"/admin/audit/?{question}").status_code in (200, 400, 404)


def test_list_is_for_administrators(client, db):
    assert client.get("/admin/audit/").status_code == 302
    person = get_user_model().objects.create_user("Rustam", "", PASSWORD, is_staff=True)
    person.groups.add(Group.objects.get_or_create(name=EDITOR)[0])
    client.force_login(person)
    assert client.get("/admin/audit/").status_code == 403
