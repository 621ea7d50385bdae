"""Letters leave after the step, to whom it concerns, in the reader's language, and stop nothing."""

import logging

import pytest
from django.utils import translation

from events.models import Event
from record import publishing
from record.models import DeskLanguage
from tests import factories, people

pytestmark = pytest.mark.django_db
BODY = "A body that stays at home."


def written(author):
    return people.entered_by(author, factories.EventFactory(title_en="A meeting", body_en=BODY))


def test_editors_hear_of_what_waits_and_authors_of_what_was_decided(django_capture_on_commit_callbacks, mailoutbox, settings):
    settings.SITE_ADDRESS = "https://record.example"
    author, editor = people.author(), people.editor()
    people.person("mute", "editor").email = ""
    entry = written(author)
    steps = [("submit", author, {}), ("send_back", editor, {"note": "Mend it."}), ("submit", author, {}), ("publish", editor, {}),
             ("withdraw", editor, {"reason": "Entered twice."})]  # fmt: skip
    for verb, by, said in steps:
        with django_capture_on_commit_callbacks(execute=True):
            getattr(publishing, verb)(entry, by=by, **said)
    told = [letter for letter in mailoutbox if letter.to != ["mute@example.org"]]
    ours = [f"{letter.to[0]}: {letter.subject}" for letter in told]
    assert ours == [
        f"editor@example.org: {entry.code} waits for review: A meeting",
        f"author@example.org: {entry.code} was sent back to you: A meeting",
        f"editor@example.org: {entry.code} waits for review: A meeting",
        f"author@example.org: {entry.code} was published: A meeting",
        f"author@example.org: {entry.code} was withdrawn: A meeting",
    ]
    assert all(f"https://record.example/admin/events/event/{entry.pk}/change/" in letter.body for letter in told)
    assert not any(word in letter.body + letter.subject for letter in told for word in (BODY, "Who did what", "Mend it", "Entered twice"))


def test_letter_is_in_the_language_in_which_its_reader_last_worked(django_capture_on_commit_callbacks, mailoutbox):
    author, editor = people.author(), people.editor()
    entry = written(author)
    with translation.override("ru"):
        publishing.submit(entry, by=author)
    assert DeskLanguage.of(author) == "ru" and DeskLanguage.of(editor) == "en"
    with django_capture_on_commit_callbacks(execute=True):
        publishing.publish(entry, by=editor)
    with translation.override("ru"):
        assert mailoutbox[-1].subject == translation.gettext("%(code)s was published: %(title)s") % {
            "code": entry.code,
            "title": "A meeting",
        }
    assert translation.get_language() == "en"


def test_letter_that_cannot_be_sent_is_logged_and_stops_nothing(django_capture_on_commit_callbacks, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    author, editor = people.author(), people.editor()
    entry = written(author)
    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        publishing.publish(entry, by=editor)
    assert Event.objects.public().filter(pk=entry.pk).exists()
    assert f"“publish” of {entry.code} could not be sent" in caplog.text


def test_line_end_in_a_title_makes_no_header(django_capture_on_commit_callbacks, mailoutbox):
    author, editor = people.author(), people.editor()
    entry = people.entered_by(author, factories.EventFactory(title_en="A\nBcc: x@example.org"))
    with django_capture_on_commit_callbacks(execute=True):
        publishing.publish(entry, by=editor)
    assert mailoutbox[-1].subject.endswith("A Bcc: x@example.org") and mailoutbox[-1].recipients() == ["author@example.org"]


def test_site_and_refused_steps_write_no_letters(django_capture_on_commit_callbacks, mailoutbox):
    author = people.author()
    entry = written(author)
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(publishing.Refused):
            publishing.publish(entry, by=author)
        publishing.publish(entry, by=None)
    assert mailoutbox == []
