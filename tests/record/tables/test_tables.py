"""Tables: what leaves comes back as it was, what comes in goes by the rules of the form, all of it or nothing."""

import csv
import datetime
import io
import re
import time

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from cooperation.models import Agreement
from events.models import Event
from record.history import snapshots
from record.models import Change, Source, Topic, Upload
from record.tables import exporting, files, importing, kinds
from tests.factories import EventFactory, TopicFactory
from tests.record.tables.files import HOSTILE

pytestmark = pytest.mark.django_db
KINDS = ["event", "agreement", "initiative", "commitment", "source", "person", "place", "organisation", "topic", "series"]


def taken(name, rows, form="csv"):
    """The outcome of a table of {column: text} rows."""
    columns = list(rows[0])
    data = files.as_csv(columns, rows) if form == "csv" else files.as_xlsx(columns, rows)
    return importing.examine(kinds.by_name(name), files.read(f"t.{form}", data))


def written(name, rows):
    outcome = taken(name, rows)
    assert outcome.refusals == []
    return importing.carry_out(kinds.by_name(name), outcome, by=None)


def reasons(outcome):
    return [(refusal.line, refusal.column) for refusal in outcome.refusals]


NEW = {
    "slug": "ministers-meet",
    "kind": "ministerial-meeting",
    "level": "ministers",
    "host": "unknown",
    "date": "2024-05",
    "title_en": "Meeting",
}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", KINDS)
def test_what_is_exported_comes_back_as_it_was(name, form):
    kind = kinds.by_name(name)
    data = exporting.export(kind, form)
    outcome = importing.examine(kind, files.read(f"t.{form}", data))
    assert (outcome.refusals, outcome.changes) == ([], [])
    assert outcome.unchanged == kind.model.objects.count() > 0
    table = files.read(f"t.{form}", data)
    assert files.as_csv(table.names, [row for _line, row in table.rows]) == files.as_csv(
        table.names, [row for _line, row in files.read("t.csv", exporting.export(kind, "csv")).rows]
    )


def test_new_row_is_a_draft_with_its_topics_place_and_history():
    topics = [TopicFactory(slug="t-water"), TopicFactory(slug="t-energy")]
    user = User.objects.create_user("writer")
    row = {**NEW, "topics": "t-water t-energy", "place": "baku", "summary_en": "Who met."}
    outcome = taken("event", [row])
    importing.carry_out(kinds.by_name("event"), outcome, by=user)
    event = Event.objects.get(slug="ministers-meet")
    assert (event.state, event.place.slug, set(event.topics.all())) == ("draft", "baku", set(topics))
    assert (event.date_to, event.translation_mark("en")) == (datetime.date(2024, 5, 31), "original")
    assert {version.history_user for version in event.history.all()} == {user}


def test_note_among_editors_is_written_and_tells_readers_of_no_change():
    event = EventFactory(published=True)
    written("event", [{"number": event.code, "version": event.version, "editor_note": "Asked for the communiqué."}])
    noted = Event.objects.get(pk=event.pk)
    assert (noted.editor_note, noted.version, noted.modified_at) == ("Asked for the communiqué.", event.version + 1, event.modified_at)
    written("event", [{"number": event.code, "version": noted.version, "editor_note": "Read.", "caveat_en": "The hour is not known."}])
    assert Event.objects.get(pk=event.pk).modified_at > noted.modified_at


def test_same_table_twice_changes_nothing():
    source = {"publisher": "Gazette", "title": "A new report", "kind": "press", "side": "third-party", "language": "en", "url": ""}
    for name, row in (("event", NEW), ("source", source), ("topic", {"slug": "t-new", "name_en": "New"})):
        assert written(name, [row]) == 1
        again = taken(name, [row])
        assert (again.changes, again.refusals, again.unchanged) == ([], [], 1)


def test_changed_cell_is_shown_and_written():
    event = EventFactory(title_az="Səfər")
    rows = [{"number": event.code, "version": event.version, "title_az": "", "date": "2023-05"}]
    outcome = taken("event", rows)
    assert outcome.changes[0].columns == [("date", "2023-05-04", "2023-05"), ("title_az", "Səfər", "")]
    importing.carry_out(kinds.by_name("event"), outcome, by=None)
    event = Event.objects.get(pk=event.pk)
    assert (event.date, event.title_az, event.translation_az, event.title_en) == ("2023-05", None, None, event.slug)


def test_stale_table_is_refused_and_so_is_one_without_version():
    event = EventFactory()
    event.save()
    stale = taken("event", [{"number": event.code, "version": event.version - 1, "title_en": "Other"}])
    without = taken("event", [{"number": event.code, "title_en": "Other"}])
    assert "Someone else saved" in stale.refusals[0].reason
    assert reasons(without) == [(2, "version")]


def test_row_saved_by_somebody_else_between_preview_and_writing_is_not_overwritten():
    event = EventFactory()
    other = EventFactory()
    rows = [{"number": e.code, "version": e.version, "title_en": "Other"} for e in (other, event)]
    outcome = taken("event", rows)
    event.title_en = "Mine"
    event.save()
    with pytest.raises(importing.NotTaken):
        importing.carry_out(kinds.by_name("event"), outcome, by=None)
    assert [Event.objects.get(pk=e.pk).title_en for e in (event, other)] == ["Mine", other.slug]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "picnic"),
        ("date", "around 1995"),
        ("place", "atlantis"),
        ("topics", "t-nothing"),
        ("part_of", "E9999"),
        ("part_of", "water"),
        ("date_is_of_report", "maybe"),
        ("ordinal", "2"),
        ("slug", "embed"),
        ("title_en", "x" * 301),
        ("checked_on", "yesterday"),
        ("kind", ""),
        ("number", "E9999"),
        ("number", "9" * 5000),
    ],
)
def test_row_that_breaks_a_rule_of_the_form_is_named_by_row_and_column(column, value):
    outcome = taken("event", [{**NEW, column: value}])
    assert reasons(outcome) == [(2, column)]
    assert not outcome.may_be_written


def test_rows_are_counted_once_each_and_add_up(admin_client):
    same, other = TopicFactory(slug="t-same", name_en="Same"), TopicFactory(slug="t-other")
    said = [(same.slug, "Same", same.version), (other.slug, "Other", other.version), ("t-new", "New", ""), ("two faults", "x" * 999, "")]
    rows = [dict(zip(("slug", "name_en", "version"), row, strict=True)) for row in said]
    outcome = taken("topic", rows)
    assert [(refusal.line, refusal.column) for refusal in outcome.refusals] == [(5, "slug"), (5, "name_en")]
    file = SimpleUploadedFile("t.csv", files.as_csv(list(rows[0]), rows))
    page = admin_client.post("/admin/tables/topic/", {"file": file}, follow=True).content.decode()
    counts = re.findall(r"<strong>(\d+)</strong> ([a-z]+)", page)
    assert counts == [("4", "rows"), ("1", "new"), ("1", "changed"), ("1", "unchanged"), ("1", "refused")]


def test_refused_value_of_a_list_is_told_which_values_there_are():
    (refusal,) = taken("event", [{**NEW, "kind": "picnic"}]).refusals
    assert refusal.reason == f"“picnic” is none of: {', '.join(Event.Kind.values)}"
    (refusal,) = taken("person", [{"slug": "p-new", "country": "UZ", "name_en": "Somebody"}]).refusals
    assert refusal.reason.startswith("“UZ” is none of: uz, az, ") and refusal.reason.endswith(", …") and len(refusal.reason) < 150


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("event", "The column “number” must be in the file; in new rows it stays empty."),
        ("topic", "The column “slug” must be in the file; a row is new if its address is not on record."),
        ("source", "A row without number is new, unless one on record says the same in: publisher, title, url."),
    ],
)
def test_page_says_beforehand_how_a_row_is_known(admin_client, name, sentence):
    assert sentence in admin_client.get(f"/admin/tables/{name}/").content.decode()


def test_file_without_the_column_that_its_rows_need_is_told_so():
    with pytest.raises(files.Unreadable, match="The column “number” must be in the file; in new rows it stays empty."):
        taken("event", [{"title_en": "Meeting"}])


def test_name_of_a_file_is_shown_as_it_is(admin_client):
    file = SimpleUploadedFile("ev.csv", files.as_csv(["slug", "name_en"], [{"slug": "t-a", "name_en": "A"}]))
    page = admin_client.post("/admin/tables/topic/", {"file": file}, follow=True)
    assert '<h1 class="as-it-is">ev.csv</h1>' in page.content.decode()
    capitals = re.findall(r"^(#content > h1.*)::first-letter", (settings.BASE_DIR / "static/css/admin.css").read_text(), re.MULTILINE)
    assert capitals == ["#content > h1:not(.as-it-is)"]


def test_row_that_stands_in_the_file_twice_is_refused():
    assert reasons(taken("topic", [{"slug": "t-a", "name_en": "A"}, {"slug": "t-a", "name_en": "B"}])) == [(3, "slug")]


def test_published_entry_keeps_its_title():
    event = EventFactory(published=True)
    outcome = taken("event", [{"number": event.code, "version": event.version, "title_en": ""}])
    assert reasons(outcome) == [(2, "title_en")]


def test_agreement_that_is_no_package_cannot_hold_another():
    first, second = Agreement.objects.exclude(form="package")[:2]
    outcome = taken("agreement", [{"number": first.code, "version": first.version, "package": second.code}])
    assert reasons(outcome) == [(2, "package")]


def test_one_refused_row_keeps_all_from_being_written(admin_client):
    data = files.as_csv(["slug", "name_en"], [{"slug": "t-a", "name_en": "A"}, {"slug": "not a slug", "name_en": "B"}])
    page = admin_client.post("/admin/tables/topic/", {"file": SimpleUploadedFile("t.csv", data)}, follow=True)
    assert "not a slug" in page.content.decode() or "slug" in page.content.decode()
    admin_client.post(page.request["PATH_INFO"])
    assert not Topic.objects.filter(slug="t-a").exists()


def test_table_is_looked_at_confirmed_and_forgotten(admin_client):
    data = files.as_csv(["slug", "name_en"], [{"slug": "t-a", "name_en": "=A"}])
    page = admin_client.post("/admin/tables/topic/", {"file": SimpleUploadedFile("t.csv", data)}, follow=True)
    assert "nothing is written yet" in page.content.decode()
    assert not Topic.objects.filter(slug="t-a").exists()
    admin_client.post(page.request["PATH_INFO"])
    topic = Topic.objects.get(slug="t-a")
    assert (topic.name_en, topic.history.first().history_user.username, Upload.objects.count()) == ("=A", "admin", 0)


def test_table_that_corrects_what_readers_see_asks_what_they_are_told(admin_client):
    seen, draft = EventFactory(published=True), EventFactory()
    for event in (draft, seen):
        data = files.as_csv(["number", "version", "title_en"], [{"number": event.code, "version": event.version, "title_en": "Other"}])
        page = admin_client.post("/admin/tables/event/", {"file": SimpleUploadedFile("t.csv", data)}, follow=True)
        assert ('name="_told_en"' in page.content.decode()) is (event == seen)
        admin_client.post(page.request["PATH_INFO"], {"_told_en": "A letter was missing."})
    assert Change.objects.of(seen).get(what="corrected").reasons == {"en": "A letter was missing."}
    assert snapshots.revisions_of(Event, seen.pk).first().verb == "table"


def test_spreadsheet_s_own_dates_and_numbers_are_read():
    out, book = io.BytesIO(), Workbook()
    book.active.append(["slug", "kind", "level", "host", "date", "checked_on", "title_en"])
    book.active.append(["s-a", "summit", "ministers", "online", datetime.datetime(2024, 5, 6), datetime.date(2024, 5, 7), 12.0])
    book.active.append(["s-b", "summit", "ministers", "online", 1995, None, "B"])
    book.save(out)
    outcome = importing.examine(kinds.by_name("event"), files.read("t.xlsx", out.getvalue()))
    assert outcome.refusals == []
    assert [(c["date"], c["checked_on"], c["title_en"]) for c in (form.data for _line, form in outcome.forms)] == [
        ("2024-05-06", "2024-05-07", "12"),
        ("1995", "", "B"),
    ]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_exported_text_is_a_formula(form):
    for number, sign in enumerate("=+-@\t\r＝"):
        TopicFactory(slug=f"f-{number}", name_en=f"{sign}1+1")
    data = exporting.export(kinds.by_name("topic"), form, Topic.objects.filter(slug__startswith="f-"))
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
    else:
        found = [cell for row in load_workbook(io.BytesIO(data)).active.iter_rows() for cell in row]
        assert "f" not in {cell.data_type for cell in found}
        cells = [cell.value for cell in found if isinstance(cell.value, str)]
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r＝")] == []


@pytest.mark.parametrize("name", HOSTILE)
def test_broken_or_hostile_file_is_refused_with_a_sentence(name, admin_client):
    file_name, data, words = HOSTILE[name]
    before = Topic.objects.count()
    begun = time.monotonic()
    page = admin_client.post("/admin/tables/topic/", {"file": SimpleUploadedFile(file_name, data)})
    assert page.status_code == 200, time.monotonic() - begun
    # An empty file is refused by the form before it is read.
    assert words in page.content.decode().replace("&quot;", '"')
    assert (Topic.objects.count(), Upload.objects.count()) == (before, 0)


def test_only_editors_may_take_or_give_tables(client):
    author = User.objects.create_user("author", is_staff=True)
    author.groups.add(Group.objects.get_or_create(name="author")[0])
    client.force_login(author)
    pages = ["/admin/tables/", "/admin/tables/event/", "/admin/tables/event/all.csv"]
    assert {client.get(page).status_code for page in pages} == {403}


def test_preview_of_somebody_else_is_not_found(admin_client, client):
    file = SimpleUploadedFile("t.csv", files.as_csv(["slug", "name_en"], [{"slug": "t-a", "name_en": "A"}]))
    page = admin_client.post("/admin/tables/topic/", {"file": file}, follow=True)
    client.force_login(User.objects.create_superuser("second"))
    assert client.get(page.request["PATH_INFO"]).status_code == 404


def test_source_s_side_changed_by_a_table_changes_who_confirms():
    event = EventFactory(published=True)
    source = Source.objects.get(eventcitations__event=event)
    written("source", [{"number": source.code, "version": source.version, "side": "first-country"}])
    assert Event.objects.get(pk=event.pk).confirmation == "one-side"
