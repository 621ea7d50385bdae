"""What entries share (sources, disagreements, names) is corrected in public too, while readers see it, with the editor's reason."""

import pytest

from record import history
from record.history import subjects
from record.models import Change, Disagreement
from tests import people
from tests.factories import EventFactory, PersonFactory, PlaceFactory, SourceFactory, TopicFactory
from tests.record.history.test_versions import address_of
from tests.record.test_admin import errors_of, form_of

pytestmark = pytest.mark.django_db


def disagreement(**fields):
    made = Disagreement.objects.create(slug="who-came", label_en="Who came", **fields)
    for value in ("Ten", "Twelve"):
        made.values.create(value_en=value)
    return made


def shown(row):
    """The row, led to by a public entry."""
    event = EventFactory(published=True)
    if isinstance(row, Disagreement):
        event.disagreements.add(row)
    else:
        event.citations.create(source=row)
    return row


def corrected(row, name, words, **reasons):
    with history.version(reasons=reasons):
        setattr(row, name, words)
        row.save()
    return list(Change.objects.public().of(row))


def test_source_that_a_public_entry_uses_is_corrected_in_public(client):
    source = shown(SourceFactory(title="Reprt", language="en"))
    assert list(Change.objects.of(source)) == []
    (change,) = corrected(source, "title", "Report", en="A letter was missing.")
    assert (change.what, change.fields, change.reasons) == ("corrected", ["title"], {"en": "A letter was missing."})
    page = client.get("/en/changes/?kind=S").content.decode()
    assert "A letter was missing." in page and source.get_absolute_url() in page and source.code in page
    (row,) = client.get("/en/changes.json?kind=S").json()["results"]
    assert (row["number"], row["kind"], row["title_en"]) == (source.code, "source", "Report")
    assert f"/r/{source.code}#change-" in row["permanent_address"]
    assert "A letter was missing." in client.get("/en/changes.atom?kind=S").content.decode()
    history_of = client.get(f"/en/changes/{source.code}/").content.decode()
    assert "Reprt" in history_of and "Report" in history_of


def test_disagreement_is_corrected_with_its_values(client):
    row = shown(disagreement())
    with history.version(reasons={"en": "Counted again."}):
        value = row.values.get(value_en="Ten")
        value.value_en = "Eleven"
        value.save()
    (change,) = Change.objects.public().of(row)
    assert (change.fields, change.reasons) == (["values"], {"en": "Counted again."})
    page = client.get("/en/changes/?kind=D").content.decode()
    assert "Who came" in page and "Counted again." in page and f"D{row.pk}" not in page.replace(f"/changes/D{row.pk}/", "")
    history_of = client.get(f"/en/changes/D{row.pk}/")
    assert history_of.status_code == 200 and "Eleven" in history_of.content.decode()


def test_names_that_public_entries_use_are_corrected_in_public(client):
    place, topic, person = PlaceFactory(name_en="Baky"), TopicFactory(name_en="Watr"), PersonFactory(name_en="Sombody")
    event = EventFactory(published=True, place=place)
    event.topics.add(topic)
    event.participants.create(person=person)
    for row, words in ((place, "Baku"), (topic, "Water"), (person, "Somebody")):
        (change,) = corrected(row, "name_en", words)
        assert change.fields == ["name_en"]
        assert words in client.get(f"/en/changes/?kind={change.letter}").content.decode()
        assert client.get(f"/en/changes/{change.code}/").status_code == 200


def test_what_only_drafts_use_is_told_to_nobody(client):
    source, row = SourceFactory(title="zqhidden"), disagreement()
    EventFactory().citations.create(source=source)
    EventFactory().disagreements.add(row)
    for hidden, name in ((source, "title"), (row, "label_en")):
        assert corrected(hidden, name, "zqhidden again") == []
        about = subjects.about(hidden)
        assert client.get(f"/en/changes/{about['letter']}{about['number']}/").status_code == 404
    assert "zqhidden" not in client.get("/en/changes/").content.decode()


def test_correction_is_heard_of_only_while_readers_see_its_row():
    source = SourceFactory()
    event = EventFactory(published=True)
    event.citations.create(source=source)
    assert len(corrected(source, "title", "Another")) == 1
    event.citations.filter(source=source).delete()
    assert list(Change.objects.public().of(source)) == []


def test_notes_of_the_desk_are_no_correction():
    row = shown(disagreement())
    row.slug = "who-was-there"
    row.save()
    assert list(Change.objects.of(row)) == []


@pytest.mark.parametrize("make", [lambda: shown(SourceFactory()), lambda: shown(disagreement())])
def test_form_of_what_readers_see_asks_what_they_are_told(client, make):
    client.force_login(people.editor())
    row = make()
    sent = form_of(client, address_of(row)) | {"title": "Another", "label_en": "Another", "_told_en": "It was wrong."}
    assert "_told_en" in client.get(address_of(row)).content.decode()
    answer = client.post(address_of(row), sent)
    assert answer.status_code == 302, errors_of(answer)
    assert [change.reasons for change in Change.objects.public().of(row)] == [{"en": "It was wrong."}]
    assert "It was wrong." in client.get(address_of(row, "versions")).content.decode()


def test_form_of_what_readers_do_not_see_asks_nothing(client):
    client.force_login(people.editor())
    assert "_told_en" not in client.get(address_of(SourceFactory())).content.decode()


def test_shipped_record_begins_without_corrections_of_what_its_entries_share():
    assert not Change.objects.filter(letter__in=subjects.SHARED).exists()


def test_words_that_only_drafts_used_are_told_to_nobody_when_a_public_entry_leads_there_in_the_same_save(client):
    source = SourceFactory(title="Working title", language="en")
    EventFactory().citations.create(source=source)
    with history.version():
        source.title = "Report"
        source.save()
        shown(source)
    assert list(Change.objects.public().of(source)) == []
    assert "Working title" not in client.get(f"/en/changes/{source.code}/").content.decode()
    assert len(corrected(source, "title", "Final report")) == 1
