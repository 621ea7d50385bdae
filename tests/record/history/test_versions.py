"""One save is one version: in words, side by side, restored; of everything that belongs to a row."""

import pytest
from simple_history.models import HistoricalRecords

from cooperation.models import Agreement
from events.models import Event, Participant
from record import history, publishing
from record.history import differences, snapshots
from record.history.restoring import restore_version
from record.models import Change, FormerAddress, Revision, Source
from tests import people
from tests.factories import AgreementFactory, EventFactory, PersonFactory, SourceFactory, TopicFactory, TradeFigureFactory
from tests.record.test_admin import errors_of, form_of


def versions_of(row):
    return list(snapshots.revisions_of(type(row), row.pk))


def last_two(row):
    new, old = versions_of(row)[:2]
    return differences.between(snapshots.read(type(row), row.pk, old.pk), snapshots.read(type(row), row.pk, new.pk))


def address_of(row, page="change"):
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/{page}/"


@pytest.mark.django_db
def test_one_save_of_the_form_is_one_version_whatever_it_touches(admin_client):
    event, topic = EventFactory(published=True), TopicFactory(name_en="Water")
    before, address = len(versions_of(event)), address_of(event)
    rows = {"participants-TOTAL_FORMS": "1", "participants-0-person": PersonFactory(name_en="Somebody").pk, "participants-0-role": "host"}
    sent = {**form_of(admin_client, address), **rows, "title_en": "Another title", "topics": [topic.pk], "citations-0-locator": "p. 4"}
    answer = admin_client.post(address, sent)
    assert answer.status_code == 302, errors_of(answer)
    assert len(versions_of(event)) == before + 1
    said = {one.label: (one.before, one.after) for one in last_two(event)}
    assert said["title (English)"] == (event.title_en, "Another title")
    assert said["topics"] == ("", "Water")
    assert said["participant"] == ("", "person: Somebody · role: host")
    assert [after for label, (before, after) in said.items() if label.endswith("where in the source")] == ["p. 4"]
    assert {*said} - {"title (English)", "translation (English)", "topics", "participant"} == {
        f"citation ({event.citations.get()}): where in the source"
    }


@pytest.mark.django_db
def test_save_with_a_verb_is_one_version_named_by_it(admin_client):
    event = EventFactory()
    before, address = len(versions_of(event)), address_of(event)
    admin_client.post(address, {**form_of(admin_client, address), "caveat_en": "Not sure.", "_verb": "publish"})
    newest = versions_of(event)[0]
    assert (len(versions_of(event)), newest.verb, newest.by.username) == (before + 1, "publish", "admin")


@pytest.mark.django_db
def test_rows_saved_within_a_version_belong_to_it_and_a_refused_one_leaves_nothing():
    event, number = EventFactory(), Revision.objects.count()
    with history.version(verb="import"):
        event.save()
        event.citations.create(source=SourceFactory())
    assert Revision.objects.count() == number + 1
    with pytest.raises(ValueError), history.version():
        event.save()
        raise ValueError
    assert Revision.objects.count() == number + 1


@pytest.mark.django_db
def test_shipped_record_is_one_version_of_each_entry():
    event = Event.objects.get(number=22)
    (only,) = versions_of(event)
    kept = snapshots.read(Event, event.pk, only.pk)
    assert only.verb == "shipped record"
    assert len(kept.parts["participants"]) == event.participants.count()
    assert kept.lists["topics"] == sorted(event.topics.values_list("pk", flat=True))


def test_texts_are_compared_word_by_word():
    pieces = list(differences.word_by_word("signed in Baku on Monday", "signed in Shusha on Monday"))
    assert pieces == [("", "signed in "), ("del", "Baku"), ("ins", "Shusha"), ("", " on Monday")]
    assert list(differences.word_by_word("one two", "quite different")) == [("del", "one two"), ("ins", "quite different")]


@pytest.mark.django_db
def test_any_two_versions_stand_side_by_side_with_what_came_and_went(admin_client):
    agreement = AgreementFactory(published=True, title_en="Treaty on water of the river")
    first = versions_of(agreement)[0]
    for title in ("Treaty on water of the rivers", "Treaty on waters of the rivers"):
        agreement.title_en = title
        agreement.save()
    agreement.actions.create(kind="signed", date="2023-05-04").sources.add(SourceFactory(title="The gazette"))
    newest = versions_of(agreement)[0]
    page = admin_client.get(f"{address_of(agreement, 'compare')}?old={newest.pk}&new={first.pk}").content.decode()
    assert "water</del>" in page.replace("]</span>", "") or "water<span" in page
    every = versions_of(agreement)
    assert f"Version {len(every) - every.index(first)}:" in page and f"Version {len(every)}:" in page
    assert "<ins>" in page and "The gazette" in page and "date: 4 May 2023" in page
    assert admin_client.get(f"{address_of(agreement, 'compare')}?old=1&new=99999999").status_code == 404


@pytest.mark.django_db
def test_list_of_versions_is_the_one_history_of_every_kind(admin_client):
    figure, topic = TradeFigureFactory(), TopicFactory(name_en="Water")
    topic.name_en = "Waters"
    topic.save()
    for row in (figure, topic, Source.objects.get(number=39)):
        assert admin_client.get(address_of(row, "history")).headers["Location"] == address_of(row, "versions")
        assert admin_client.get(address_of(row, "versions")).status_code == 200
    page = admin_client.get(address_of(topic, "versions")).content.decode()
    assert "Name (English)" in page and "Waters" in page


def seen(row, version):
    """What the page of restoring sends."""
    return {"version": version, "seen": snapshots.newest(type(row), row.pk)}


@pytest.fixture
def changed():
    """A published event after a change of everything, and the snapshot from before it."""
    event = EventFactory(published=True, title_en="First title", slug="first-address")
    topic, person = TopicFactory(name_en="Water"), PersonFactory(name_en="Somebody")
    event.topics.add(topic)
    row = Participant.objects.create(event=event, person=person)
    then = snapshots.read(Event, event.pk, snapshots.newest(Event, event.pk))
    event.title_en, event.slug = "Second title", "second-address"
    event.save()
    event.topics.set([TopicFactory(name_en="Air")])
    row.role = "host"
    row.save()
    Participant.objects.create(event=event, person=PersonFactory(name_en="Another"))
    event.citations.create(source=SourceFactory())
    return event, then


@pytest.mark.django_db
def test_restoring_brings_back_texts_lists_and_rows_below_as_a_new_version(admin_client, changed):
    event, then = changed
    number = len(versions_of(event))
    answer = admin_client.post(address_of(event, "restore-version"), seen(event, then.revision))
    assert answer.status_code == 302
    event = Event.objects.get(pk=event.pk)
    assert (event.title_en, event.state, event.slug) == ("First title", "published", "second-address")
    assert [topic.name_en for topic in event.topics.all()] == ["Water"]
    assert [(str(row), row.role) for row in event.participants.all()] == [("Somebody", "participant")]
    assert event.citations.count() == 1
    assert len(versions_of(event)) == number + 1
    assert versions_of(event)[0].verb == "restore-version"
    assert FormerAddress.objects.filter(slug="first-address").exists()


@pytest.mark.django_db
def test_restoring_what_readers_see_asks_for_the_reason_and_the_list_shows_it(admin_client, changed):
    event, then = changed
    address = address_of(event, "restore-version")
    assert 'name="_told_ru"' in admin_client.get(f"{address}?version={then.revision}").content.decode()
    admin_client.post(address, {**seen(event, then.revision), "_told_ru": " Прежнее  верно. "})
    event = Event.objects.get(pk=event.pk)
    assert Change.objects.of(event).newest_first().first().reasons == {"ru": "Прежнее верно."}
    event.title_en = "Third title"
    event.save()
    page = admin_client.get(address_of(event, "versions"))
    assert [str(version.reason) for version in page.context["versions"]][:3] == ["", "Прежнее верно.", ""]
    assert '<span lang="ru">Прежнее верно.</span>' in page.content.decode()


@pytest.mark.django_db
def test_what_restoring_leaves_as_it_is_is_not_announced(admin_client, changed):
    event, then = changed
    publishing.withdraw(Event.objects.get(pk=event.pk), by=None, reason="Entered twice.")
    page = admin_client.get(f"{address_of(event, 'restore-version')}?version={then.revision}")
    announced = {one.field for one in page.context["differences"]}
    assert "title_en" in announced and not announced & {"state", "publish_at", "withdrawn_at", "withdrawn_reason_en", "slug"}


@pytest.mark.django_db
def test_restoring_never_moves_the_state(changed):
    event, then = changed
    event = Event.objects.get(pk=event.pk)
    publishing.withdraw(event, by=None, reason="Entered twice.")
    restore_version(event, then, by=None)
    event = Event.objects.get(pk=event.pk)
    assert (event.state, event.title_en, event.withdrawn_reason_en) == ("withdrawn", "First title", "Entered twice.")


@pytest.mark.django_db
def test_restoring_is_refused_with_its_reasons_and_writes_nothing(admin_client):
    event = EventFactory()
    bare = snapshots.read(Event, event.pk, versions_of(event)[-1].pk)
    publishing.publish(event, by=None)
    with pytest.raises(publishing.Refused) as refused:
        restore_version(Event.objects.get(pk=event.pk), bare, by=None)
    assert refused.value.reasons == ["It has no source: add at least one citation."]
    assert event.citations.count() == 1


@pytest.mark.django_db
def test_restoring_names_what_has_been_deleted_since():
    event, topic = EventFactory(), TopicFactory(name_en="Water")
    event.topics.add(topic)
    then = snapshots.read(Event, event.pk, snapshots.newest(Event, event.pk))
    event.topics.clear()
    topic.delete()
    with pytest.raises(publishing.Refused) as refused:
        restore_version(Event.objects.get(pk=event.pk), then, by=None)
    assert refused.value.reasons == ["It leads to what has been deleted since: topics, “Water”."]


@pytest.mark.django_db
def test_versions_are_read_by_those_alone_who_may_and_restored_by_those_who_may_change(client):
    client.force_login(people.author())
    agreement = Agreement.objects.public().first()
    pages = [address_of(agreement, page) for page in ("versions", "compare", "restore-version", "presence")]
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 403)


@pytest.mark.django_db
def test_restoring_never_overwrites_what_was_saved_after_its_page_was_opened(admin_client, changed):
    event, then = changed
    opened = seen(event, then.revision)
    event = Event.objects.get(pk=event.pk)
    event.caveat_en = "Saved in between."
    event.save()
    answer = admin_client.post(address_of(event, "restore-version"), opened)
    assert answer.status_code == 200 and "it was saved since this page was opened" in answer.content.decode()
    assert Event.objects.get(pk=event.pk).title_en == "Second title"
    again = {"version": then.revision, "seen": answer.context["seen"]}
    assert admin_client.post(address_of(event, "restore-version"), again).status_code == 302
    event = Event.objects.get(pk=event.pk)
    assert (event.title_en, event.caveat_en or "") == ("First title", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("is_noted", "changes", "mark", "outdated"),
    [
        (True, {"title_az": "b"}, "reviewed", True),
        (True, {"title_en": "C", "title_az": "c"}, "reviewed", True),
        (True, {}, "reviewed", True),
        (False, {"title_az": "b"}, "machine", False),
        (False, {"title_en": "C"}, "machine", True),
        (False, {"caveat_en": "Not sure."}, "reviewed", True),
    ],
)
def test_restoring_calls_no_outdated_translation_reviewed(is_noted, changes, mark, outdated):
    event = EventFactory(title_en="A", summary_en="S", title_az="a", summary_az="s", translation_az="reviewed")
    event.title_en = "B"
    event.save()
    then = snapshots.read(Event, event.pk, snapshots.newest(Event, event.pk))
    assert event.is_outdated("az")
    if not is_noted:
        then.row.translation_basis_az = None
    for name, value in changes.items():
        setattr(event, name, value)
    event.save()
    restore_version(Event.objects.get(pk=event.pk), then, by=None)
    event = Event.objects.get(pk=event.pk)
    assert (event.title_en, event.title_az, event.translation_az, event.is_outdated("az")) == ("B", "a", mark, outdated)


@pytest.mark.django_db
def test_restored_text_has_its_file_or_is_refused_by_the_name_of_the_file(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    agreement, name = AgreementFactory(published=True), f"documents/{'a' * 32}.pdf"
    text = agreement.texts.create(language="en", file=name, checksum="b" * 64, size=5, pages=2)
    then = snapshots.read(Agreement, agreement.pk, snapshots.newest(Agreement, agreement.pk))
    text.delete()
    with pytest.raises(publishing.Refused) as refused:
        restore_version(Agreement.objects.get(pk=agreement.pk), then, by=None)
    assert refused.value.reasons == [f"The file {name} is not there any more."] and not agreement.texts.exists()
    (tmp_path / "documents").mkdir()
    (tmp_path / name).write_bytes(b"%PDF-")
    restore_version(Agreement.objects.get(pk=agreement.pk), then, by=None)
    (row,) = agreement.texts.all()
    assert (row.file.name, row.checksum, row.size, row.pages) == (name, "b" * 64, 5, 2)


@pytest.mark.django_db
def test_lists_of_a_version_are_what_the_history_library_would_have_written():
    event = EventFactory()
    added = event.history.latest("history_id")
    assert [list(getattr(added, field.name).all()) for field in added._history_m2m_fields] == [[]] * len(added._history_m2m_fields)
    event.topics.set([TopicFactory(), TopicFactory()])
    event.related.add(EventFactory())
    ours, theirs = event.history.latest("history_id"), event.history.latest("history_id")
    theirs.pk, theirs._state.adding = None, True
    theirs.save()
    library = HistoricalRecords()
    library.m2m_models = {field: getattr(type(ours), field.name).model for field in ours._history_m2m_fields}
    library.create_historical_record_m2ms(theirs, event)

    def rows(version, field):
        kept = library.m2m_models[field]
        names = [f.attname for f in kept._meta.concrete_fields if f.attname not in ("m2m_history_id", "history_id")]
        return sorted(kept.objects.filter(history=version).values_list(*names))

    found = {field.name: rows(ours, field) for field in ours._history_m2m_fields}
    assert found == {field.name: rows(theirs, field) for field in ours._history_m2m_fields}
    assert len(found["topics"]) == 2 and len(found["related"]) == 1
