"""Texts out to a translator and in again: whole, by the rules of the form, or refused in words."""

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from translate.storage import xliff

from cooperation.models import Party
from events.models import Event
from record import translations
from record.models import Upload
from record.tables.files import Unreadable
from record.translations import Status
from record.translations.exchange import formats, taking
from record.translations.exchange.units import units_of
from tests.factories import AgreementFactory, EventFactory, TopicFactory

pytestmark = pytest.mark.django_db


def corrected(units, **words):
    """The file as a translator's tool gives it back, {path: translation}."""
    store = xliff.xlifffile.parsestring(formats.write("xlf", units, "az"))
    for unit in store.units:
        path = unit.xmlelement.get("id").split("/")[1]
        if path in words:
            unit.target = words[path]
    return bytes(store)


def read(data, name="t.xlf"):
    return formats.read(name, data)


def event_and_file(words="Səfər", **fields):
    event = EventFactory(title_en="A visit", **fields)
    return event, corrected(units_of(event, "az"), title=words)


def reasons(data, name="t.xlf", **terms):
    return [refusal.reason for refusal in taking.examine(read(data, name), "az", **terms).refusals]


@pytest.mark.parametrize("form", ["xlf", "csv"])
def test_texts_that_left_come_back_as_they_were(form):
    agreement = AgreementFactory(title_en="=Treaty <b>&amp;", summary_en="Two\nlines, “quoted”.", title_az="Saziş")
    Party.objects.create(agreement=agreement, name_en="Chamber", name_az="Palata")
    units = units_of(agreement, "az")
    back = read(formats.write(form, units, "az"), f"t.{form}")
    assert [(u.id, u.source, u.target, u.source_language) for u in back] == [(u.id, u.source, u.target, u.source_language) for u in units]
    outcome = taking.examine(back, "az")
    assert (outcome.changes, outcome.refusals, outcome.unchanged, outcome.empty) == ([], [], 2, 1)


def test_corrected_file_is_written_once_with_the_person_in_the_history():
    user = User.objects.create_user("translator")
    event, data = event_and_file()
    outcome = taking.carry_out(read(data), "az", by=user)
    event = Event.objects.get(pk=event.pk)
    assert ([c.after for c in outcome.changes], event.title_az, event.translation_az) == (["Səfər"], "Səfər", "machine")
    assert (event.history.first().history_user, event.history.first().history_change_reason) == (user, "translation file")
    again = taking.examine(read(data), "az")
    assert (again.changes, again.refusals, again.may_be_written) == ([], [], False)


def test_file_taken_as_reviewed_makes_its_entries_reviewed():
    event, data = event_and_file()
    taking.carry_out(read(data), "az", by=None, reviewed=True)
    assert translations.state_of(Event.objects.get(pk=event.pk), "az").status == Status.REVIEWED
    assert not taking.examine(read(data), "az", reviewed=True).may_be_written


def test_text_of_a_row_below_comes_in():
    agreement = AgreementFactory()
    party = Party.objects.create(agreement=agreement, name_en="Chamber")
    data = corrected(units_of(agreement, "az"), **{f"parties.{party.pk}.name": "Palata"})
    taking.carry_out(read(data), "az", by=None)
    assert Party.objects.get(pk=party.pk).name_az == "Palata"


def test_changed_original_is_refused_or_taken_as_outdated():
    event, data = event_and_file()
    event.title_en = "A state visit"
    event.save()
    assert reasons(data) == ["The original has changed since the file was made."]
    taking.carry_out(read(data), "az", by=None, take_older=True, reviewed=True)
    event = Event.objects.get(pk=event.pk)
    state = translations.state_of(event, "az")
    assert (event.title_az, state.status, [older.then for older in state.outdated]) == ("Səfər", Status.OUTDATED, ["A visit"])


def test_translation_that_somebody_changed_meanwhile_is_not_overwritten():
    event, data = event_and_file()
    event.title_az = "Rəsmi səfər"
    event.save()
    assert reasons(data) == ["Somebody has changed this translation since the file was made."]


def replaced(old, new):
    def change(data):
        assert old in data
        return data.replace(old, new)

    return change


REFUSED = {
    "unknown entry": (replaced(b'id="E', b'id="E9999'), "There is no such entry."),
    "unknown text": (replaced(b"/title/", b"/headline/"), "The entry has no such text (any more)."),
    "foreign id": (replaced(b"/title/", b"-title-"), "There is no such entry."),
    "other language": (replaced(b'target-language="az"', b'target-language="uz"'), "The language of the file is “uz”, not “az”."),
    "too long": (replaced("Səfər".encode(), b"x" * 301), "Ensure this value has at most 300 characters (it has 301)."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_text_that_cannot_belong_here_is_refused_in_words(case):
    change, words = REFUSED[case]
    _event, data = event_and_file()
    assert words in reasons(change(data))


def test_broken_markdown_and_lost_placeholders_are_refused():
    event = EventFactory(body_en="See [the text](https://example.org/a) of %(year)s.")
    units = units_of(event, "az")
    assert reasons(corrected(units, body="[Mətn](https://example.org/b) %(year)s")) == [
        "The links do not lead where those of the original lead."
    ]
    assert reasons(corrected(units, body="[Mətn](https://example.org/a)")) == ["The placeholders are not those of the original."]
    assert reasons(corrected(units, body="[Mətn](https://example.org/a) %(year)s **qalın")) == ["A mark of Markdown is not closed."]


def test_one_refused_text_keeps_all_from_being_written():
    first, second = EventFactory(), EventFactory()
    units = [*units_of(first, "az"), *units_of(second, "az")]
    data = corrected(units, title="Səfər")
    second.title_en = "Changed"
    second.save()
    with pytest.raises(taking.NotTaken):
        taking.carry_out(read(data), "az", by=None)
    assert Event.objects.get(pk=first.pk).title_az is None


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><xliff version="1.2">&b;</xliff>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff version="1.2">&a;</xliff>'
HOSTILE = {
    "billion laughs": ("t.xlf", BOMB, "entities"),
    "external entity": ("t.xlf", OUTSIDE, "entities"),
    "utf-16": ("t.xlf", OUTSIDE.decode().encode("utf-16"), "UTF-8"),
    "foreign encoding": ("t.xlf", b'<?xml version="1.0" encoding="utf-7"?><xliff/>', "UTF-8"),
    "50 MB": ("t.xlf", b"<xliff>" + b" " * 50_000_000, "larger than 20 MB"),
    "0 bytes": ("t.xlf", b"", "empty"),
    "cut off": ("t.xlf", b'<?xml version="1.0"?><xliff version="1.2"><file>', "XML that can be read"),
    "XLIFF 2": ("t.xlf", b'<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="a"/></xliff>', "XLIFF 1.2"),
    "web page": ("t.xlf", b"<html><body>no</body></html>", "XLIFF 1.2"),
    "table without its columns": ("t.csv", b"id,original\nE1/title/-,a\n", "is missing"),
    "picture": ("t.xlf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "XML that can be read"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_is_refused_with_a_sentence(case):
    name, data, words = HOSTILE[case]
    with pytest.raises(Unreadable, match=words):
        formats.read(name, data)


def test_file_is_looked_at_and_confirmed_on_the_desk(admin_client):
    event, data = event_and_file()
    sent = {"file": SimpleUploadedFile("t.xlf", data), "language": "az", "reviewed": "on"}
    page = admin_client.post("/admin/translations/import/", sent, follow=True)
    assert "Səfər" in page.content.decode()
    assert Event.objects.get(pk=event.pk).title_az is None
    admin_client.post(page.request["PATH_INFO"])
    event = Event.objects.get(pk=event.pk)
    assert (event.title_az, event.history.first().history_user.username, Upload.objects.count()) == ("Səfər", "admin", 0)


def test_hostile_file_is_refused_on_the_desk(admin_client):
    page = admin_client.post("/admin/translations/import/", {"file": SimpleUploadedFile("t.xlf", BOMB), "language": "az"})
    assert "Such files are refused." in page.content.decode()


def test_chosen_entries_leave_by_an_action(admin_client):
    event, topic = EventFactory(), TopicFactory(slug="t-water")
    page = admin_client.post("/admin/events/event/", {"action": "export_translations", "_selected_action": [event.pk]})
    assert f'value="{event.code}"' in page.content.decode()
    sent = {"key": [event.code, "topic:t-water"], "language": "ru", "form": "xlf"}
    answer = admin_client.post("/admin/translations/export/", sent)
    units = formats.read("t.xlf", answer.content)
    assert {unit.key for unit in units} == {event.code, f"topic:{topic.slug}"}
    assert answer["Content-Disposition"] == 'attachment; filename="translations-ru.xlf"'


def test_commands_write_and_take_the_same_files(tmp_path, capsys):
    event = EventFactory()
    User.objects.create_user("translator")
    file = tmp_path / "t.csv"
    call_command("export_translations", "az", str(file), event.code)
    file.write_bytes(file.read_bytes().replace(f"{event.slug},\r\n".encode(), f"{event.slug},Səfər\r\n".encode()))
    call_command("import_translations", "az", str(file), by="translator")
    stored = Event.objects.get(pk=event.pk)
    assert (stored.title_az, stored.history.first().history_user.username) == ("Səfər", "translator")
    call_command("import_translations", "az", str(file))
    assert "Nothing has changed" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("import_translations", "uz", str(file))
