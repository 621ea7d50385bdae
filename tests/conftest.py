"""What every test stands on: a database that holds the shipped record. Whatever a test adds is rolled back."""

import gc

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation

from relations_site.first_run import compile_messages

OWN_APPS = {"record", "events", "cooperation"}
compile_messages()


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """Made for whatever is run: a test that only copies this database carries no mark of it, and must never meet the site's own."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        call_command("load_record", verbosity=0)
        # What is in memory now stays to the end: looking through it for garbage again and again is a seventh of the tests' time.
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)
    # Blocked again: a test that carries no mark would leave behind what it writes.
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture
def empty_record(db):
    """A record without a single row, for tests that count."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in OWN_APPS:
            model._base_manager.all()._raw_delete(connection.alias)


@pytest.fixture(autouse=True)
def english():
    """Each test begins in English, whatever the last request of the one before was answered in."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    """No test writes a file outside its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BUNDLE_ROOT = tmp_path / "releases"
    settings.CACHES = settings.CACHES | {"desk": settings.CACHES["desk"] | {"LOCATION": tmp_path / "desk"}}


@pytest.fixture(autouse=True)
def static_files_looked_for(settings):
    """Static files are looked for when they are asked for: each client would list them all, a quarter of the time of its test."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def unhurried(settings):
    """Nobody is asked to wait, unless a test is about that; hashes of passwords are quick to make."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.API_RATE = settings.FREEZE_RATE = ""
