"""While the database or the disk does not do its work: readers and editors are told so in words, and no word is lost."""

import pytest
from django.contrib.auth import get_user_model
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.test import Client
from django.urls import reverse

from record.models import Topic
from relations_site import pagecache
from tests.relations_site.test_pagecache import Site

pytestmark = pytest.mark.django_db
SAYS = {
    "en": "The record cannot be read just now",
    "az": "Salnamə hazırda oxuna bilmir",
    "uz": "Solnomani hozir oʻqib boʻlmaydi",
    "ru": "Хронику сейчас нельзя прочитать",
}


@pytest.fixture
def reader():
    return Client(raise_request_exception=False)


def failing(error):
    def execute(execute, sql, params, many, context):
        raise error

    return connection.execute_wrapper(execute)


@pytest.mark.parametrize("lang", ["en", "az", "uz", "ru"])
def test_reader_is_told_in_the_language_of_the_page(reader, lang):
    with failing(OperationalError("could not connect")):
        response = reader.get(f"/{lang}/events/")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert f'<html lang="{lang}">' in response.text and f"<h1>{SAYS[lang]}</h1>" in response.text
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("connection already closed")])
def test_program_is_told_so_in_its_own_form(reader, error):
    with failing(error):
        response = reader.get("/api/v1/events/")
    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")


def test_fault_of_our_own_stays_one(reader):
    with failing(ProgrammingError("syntax error")):
        response = reader.get("/en/events/")
    assert response.status_code == 500
    assert "<h1>Something went wrong on our side</h1>" in response.text


@pytest.fixture
def editor(reader):
    reader.force_login(get_user_model().objects.create_superuser("editor"))
    return reader


def read_only():
    """From here to the end of the test nothing can be written; as a file or a server that became read-only does it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = 1" if connection.vendor == "sqlite" else "SET LOCAL transaction_read_only = on")


@pytest.fixture
def writable_again():
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = 0")


def typed(topic, **texts):
    form = {"slug": topic.slug, "version_token": topic.version, "original_language": "en", "other_spellings": ""}
    names = {f"{name}_{lang}": getattr(topic, f"{name}_{lang}") or "" for name in ("name", "description") for lang in SAYS}
    return form | names | {f"translation_{lang}": "" for lang in SAYS} | texts


@pytest.mark.usefixtures("writable_again")
def test_save_that_cannot_be_stored_hands_back_every_word_and_says_why(editor):
    topic = Topic.objects.order_by("pk").first()
    address, words = reverse("admin:record_topic_change", args=[topic.pk]), "Forty words about roads that nobody wants to type again"
    read_only()
    response = editor.post(address, typed(topic, description_en=words))
    assert response.status_code == 200
    assert words in response.text
    assert "The record cannot be written just now. Nothing was saved; your text is still below." in response.text
    topic.refresh_from_db()
    assert topic.description_en != words
    assert editor.get("/en/topics/").status_code == 200


def test_the_same_save_is_stored_when_it_can_be(editor):
    topic = Topic.objects.order_by("pk").first()
    response = editor.post(reverse("admin:record_topic_change", args=[topic.pk]), typed(topic, description_en="Roads."))
    assert response.status_code == 302, response.context["errors"]
    topic.refresh_from_db()
    assert topic.description_en == "Roads."


@pytest.mark.usefixtures("writable_again")
def test_verb_that_cannot_be_stored_says_so(editor):
    """What is no form has no words to hand back."""
    topic = Topic.objects.order_by("pk").first()
    read_only()
    response = editor.post(reverse("admin:record_topic_delete", args=[topic.pk]), {"post": "yes"})
    assert response.status_code in (200, 503)
    if response.status_code == 503:
        assert "<h1>The record cannot be written just now</h1>" in response.text


def test_page_in_memory_outlives_its_moment_while_the_database_is_silent():
    site = Site()
    site.moment = 1060.0
    site.get()
    site.now, site.status = 2000.0, "503 Service Unavailable"
    answers = site.generation
    site.generation = lambda: (answers()[0], False)
    assert (site.get()[0], len(site.asked)) == ("200 OK", 1)
    site.generation = answers
    assert site.get()[0] == "503 Service Unavailable"


def test_what_is_known_to_be_old_is_not_shown_even_then():
    site = Site()
    site.get()
    site.changes, site.status = 2, "503 Service Unavailable"
    site.generation = lambda: (2, False)
    assert site.get()[0] == "503 Service Unavailable"


def test_nothing_made_while_the_database_is_silent_is_kept():
    with failing(OperationalError("gone")):
        assert pagecache.next_change(1_800_000_000.0) == 1_800_000_000.0


def test_clock_that_jumps_over_a_moment_shows_what_is_due_then():
    site = Site()
    site.moment = 1060.0
    site.get()
    site.now, site.moment = 5000.0, 9000.0
    site.get()
    assert len(site.asked) == 2


def test_clock_that_is_set_back_takes_away_what_was_shown_too_early():
    """Made at 5000 it shows what was to appear at 1060; at 1000 again it must not."""
    site = Site()
    site.now, site.moment = 5000.0, 9000.0
    site.get()
    site.now, site.moment = 1000.0, 1060.0
    site.get()
    site.now = 1060.0
    site.get()
    assert len(site.asked) == 3
