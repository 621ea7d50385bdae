"""The addresses of health: right when something is missing, and silent to strangers."""

import shutil
from collections import namedtuple

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from relations_site.operations import health

pytestmark = pytest.mark.django_db
Usage = namedtuple("Usage", "total used free")


def broken(execute, sql, params, many, context):
    raise OperationalError("the server closed the connection")


def test_ready_site_says_so_and_nothing_else(client):
    response = client.get("/readyz/")
    assert (response.status_code, response.json()) == (200, {"status": "ready"})
    assert "no-store" in response["Cache-Control"]


def test_readiness_costs_few_questions(client, django_assert_max_num_queries):
    client.get("/readyz/")
    with django_assert_max_num_queries(3):
        client.get("/readyz/")


def test_who_lives_needs_no_database(client):
    with connection.execute_wrapper(broken):
        assert client.get("/healthz/").json() == {"status": "ok"}


def test_site_without_its_database_is_not_ready_and_tells_nothing(client):
    with connection.execute_wrapper(broken):
        response = client.get("/readyz/")
    assert (response.status_code, response.json()) == (503, {"status": "not ready"})


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such state: its file is written or the disk refuses it")
def test_site_whose_database_can_only_be_read_is_not_ready(client):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")
    assert client.get("/readyz/").status_code == 503
    assert health.database() == "can only be read"


def test_site_with_a_migration_to_come_is_not_ready(client):
    MigrationRecorder(connection).record_unapplied("record", sorted(name for app, name in health.wanted() if app == "record")[-1])
    assert client.get("/readyz/").status_code == 503
    assert health.migrations() == "1 not applied: run `manage.py migrate`"


def test_site_with_a_full_disk_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**12, 10**12, 10**6))
    assert client.get("/readyz/").status_code == 503
    assert health.disk().startswith("1 MB free at ")


def test_site_that_cannot_keep_a_file_is_not_ready(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    (tmp_path / "file").write_text("in the way")
    assert client.get("/readyz/").status_code == 503
    assert health.storage() == "cannot be written: Not a directory"


def test_staff_is_told_what_is_missing(client, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(1, 1, 0))
    user = get_user_model().objects.create_user("watcher", is_staff=True)
    client.force_login(user)
    checks = client.get("/readyz/").json()["checks"]
    assert {name: said == "ok" for name, said in checks.items()} == {
        "database": True,
        "migrations": True,
        "cache": True,
        "storage": True,
        "disk": False,
    }
