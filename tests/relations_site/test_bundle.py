"""A release of the whole record: what is public and nothing else, valid as a Data Package, the same as CSV and as SQLite, kept."""

import csv
import hashlib
import io
import json
import re
import sqlite3
import zipfile

import frictionless
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from cooperation.models import AgreementRelation, Commitment
from events.models import Event
from record import publishing
from relations_site import codebook
from relations_site.bundle import making, package, releases
from relations_site.bundle.reading import Reader
from relations_site.bundle.tables import KEPT_BACK, all_tables
from tests import factories
from tests.outlets.test_leaks import MARKER, Unpublished
from tests.outlets.test_one_question import body
from tests.walk import LANGS

pytestmark = [pytest.mark.one_engine, pytest.mark.django_db]


@pytest.fixture
def release():
    return making.make()[0]


def rows(release, name):
    with (release.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_frictionless_finds_no_fault_in_the_whole_record(release):
    report = frictionless.validate(str(release.folder / "datapackage.json"))
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []
    assert len(report.tasks) == len(package.schemas()) > 30
    assert release.rows > 2000


def test_validator_finds_a_key_that_leads_nowhere(release):
    path = release.folder / "event_citations.csv"
    path.write_text(re.sub(r",S\d+,", ",S99999,", path.read_text(), count=1))
    assert not frictionless.validate(str(release.folder / "datapackage.json")).valid


def test_sqlite_holds_the_same_tables_with_the_same_rows_and_keys(release):
    connection = sqlite3.connect(release.folder / "record.sqlite")
    connection.row_factory = sqlite3.Row
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert names == set(package.schemas())
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    for name in names:
        own = connection.execute(f'SELECT * FROM "{name}"').fetchall()
        assert [column[0] for column in connection.execute(f'SELECT * FROM "{name}"').description] == [
            field["name"] for field in package.schemas()[name]["fields"]
        ]
        assert len(own) == len(rows(release, name)) == release.about["rows"][name]


def test_bundle_says_what_the_record_says(release):
    event = Event.objects.public().filter(series__isnull=False, ordinal__isnull=False).first()
    row = next(row for row in rows(release, "events") if row["number"] == event.code)
    assert (row["title_ru"], row["date"], row["kind"], row["series"]) == (event.title_ru, event.date, event.kind, event.series.slug)
    cited = [row["source"] for row in rows(release, "event_citations") if row["event"] == event.code]
    assert sorted(cited) == sorted(citation.source.code for citation in event.citations.select_related("source"))
    assert {row["number"] for row in rows(release, "commitments")} == {row.code for row in Commitment.objects.public()}


def test_nothing_unpublished_is_in_any_byte_of_a_release():
    secrets = Unpublished()
    release = making.make()[0]
    hidden = {entry.code for entry in secrets.entries}
    for path in release.folder.iterdir():
        content = path.read_bytes()
        assert MARKER.encode() not in content.lower(), path.name
        if path.suffix == ".csv":
            assert not {cell for row in csv.reader(io.StringIO(content.decode())) for cell in row} & hidden, path.name
    database = sqlite3.connect(release.folder / "record.sqlite")
    assert database.execute("PRAGMA freelist_count").fetchone()[0] == 0


def test_hundred_drafts_make_no_new_release(release):
    factories.EventFactory.create_batch(50)
    factories.AgreementFactory.create_batch(50)
    assert making.make() == (releases.by_version(release.version), False)


def test_release_is_numbered_within_its_day_and_the_earlier_one_stays(release):
    before = {path.name: path.read_bytes() for path in release.folder.iterdir()}
    factories.EventFactory(published=True)
    second, is_new = making.make()
    day = timezone.localdate().isoformat()
    assert (release.version, second.version, is_new) == (f"{day}.1", f"{day}.2", True)
    assert {path.name: path.read_bytes() for path in release.folder.iterdir()} == before
    assert [one.version for one in releases.all_releases()] == [second.version, release.version]


def test_tenth_release_of_a_day_stands_above_the_ninth(settings):
    for count in (9, 10):
        folder = releases.root() / f"2026-01-01.{count}"
        folder.mkdir(parents=True)
        (folder / "release.json").write_text(json.dumps({"files": {}}))
    assert [one.version for one in releases.all_releases()] == ["2026-01-01.10", "2026-01-01.9"]


def test_interrupted_making_leaves_nothing_behind_and_may_be_run_again(monkeypatch):
    def killed(self):
        yield from ()
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Reader, "parts", killed)
        with pytest.raises(KeyboardInterrupt):
            making.make()
    assert [path.name for path in releases.root().iterdir()] == [".lock"]
    (releases.root() / ".making-left").mkdir()
    release, is_new = making.make()
    assert is_new
    assert sorted(path.name for path in releases.root().iterdir()) == [".lock", release.version]


def test_second_maker_is_told_that_the_first_is_at_work():
    with making._alone(), pytest.raises(CommandError, match="Another process"):
        call_command("make_bundle")


def test_reading_asks_as_often_for_a_batch_of_one_as_of_many(empty_record, django_assert_max_num_queries):
    def asked():
        with django_assert_max_num_queries(400) as queries:
            for _part in Reader(timezone.now()).parts():
                pass
        return len(queries)

    factories.EventFactory(published=True)
    few = asked()
    for _ in range(30):
        factories.EventFactory(published=True)
    assert asked() == few


def test_cell_is_never_a_formula_and_the_database_holds_the_bare_text(empty_record):
    event = factories.EventFactory(title_en="=1+1", published=True)
    release = making.make()[0]
    assert rows(release, "events")[0]["title_en"] == "'=1+1"
    own = sqlite3.connect(release.folder / "record.sqlite").execute("SELECT number, title_en FROM events").fetchall()
    assert own == [(event.code, "=1+1")]


def test_reference_to_what_readers_may_not_open_is_left_out(empty_record):
    hidden = factories.EventFactory()
    shown = factories.EventFactory(published=True, part_of=hidden)
    shown.related.add(hidden)
    draft, treaty = factories.AgreementFactory(), factories.AgreementFactory(published=True)
    AgreementRelation.objects.create(agreement=treaty, kind="amends", other=draft)
    release = making.make()[0]
    assert rows(release, "events")[0]["part_of"] == ""
    assert rows(release, "events_related") == rows(release, "agreement_relations") == []


def test_every_field_of_the_bundle_stands_in_the_codebook():
    """The codebook is docs/records.md: a field that it does not know has no description, and no release can be made."""
    for name, schema in package.schemas().items():
        assert [field["name"] for field in schema["fields"] if not field.get("description")] == [], name
    with pytest.raises(KeyError):
        codebook.field(Event, "mood_en")


def test_codebook_knows_every_field_of_every_table_that_leaves():
    for table in all_tables():
        assert codebook.table(table.model)
        for column in table.fields:
            assert len(codebook.field(table.model, column.field.name)) > 3


def test_fields_that_leave_are_those_that_were_meant_to():
    """A new field leaves the site only when somebody says so here."""
    kept = {}
    for table in all_tables():
        stored = {field.name for field in table.model._meta.concrete_fields}
        kept[table.name] = stored - {column.field.name for column in table.fields} - KEPT_BACK
    per_language = {
        "name", "description", "translation", "title", "summary", "body", "caveat", "acronym", "label", "assessment", "value", "note", "result",
        "finding", "subject", "attributed_to",
    }  # fmt: skip
    ends = tuple(f"_{lang}" for lang in LANGS)
    left = {name: {field for field in fields if not field.endswith(ends)} - per_language for name, fields in kept.items()}
    assert left == dict.fromkeys(left, set())
    assert "note" not in {column.name for table in all_tables() if table.name in ("sources", "trade_figures") for column in table.fields}
    historical = [model for model in apps.get_models() if model.__name__.startswith("Historical")]
    assert not {table.model for table in all_tables()} & set(historical)


def test_checksums_are_those_of_the_files(release):
    for line in (release.folder / "checksums.txt").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((release.folder / name).read_bytes()).hexdigest() == digest == release.file(name)["sha256"]
    told = json.loads((release.folder / "datapackage.json").read_text())
    assert told["version"] == release.version
    assert told["licenses"][0]["name"] == "CC-BY-4.0"
    names = zipfile.ZipFile(release.folder / "record.zip").namelist()
    assert {"datapackage.json", "codebook.md", "licence.txt", "record.sqlite", "events.csv"} <= {name.partition("/")[2] for name in names}


def test_file_is_served_with_its_type_name_and_validators(client, release):
    address = f"/data/{release.version}/record.zip"
    answer, head = client.get(address), client.head(address)
    assert hashlib.sha256(body(answer)).hexdigest() == release.checksum
    assert answer["Content-Disposition"] == f'attachment; filename="uz-az-{release.version}-record.zip"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/zip", "nosniff")
    assert (head["Content-Length"], body(head)) == (answer["Content-Length"], b"")
    assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert client.post(address).status_code == 405
    assert client.get("/data/latest/record.zip")["Location"] == address
    assert body(client.get(f"/data/{release.version}/events.csv")) == (release.folder / "events.csv").read_bytes()


@pytest.mark.parametrize("name", ["release.json", "nothing.csv", "withdrawn.json", "../secret.txt", "%2e%2e/x.txt", "working.sqlite"])
def test_nothing_but_the_files_of_a_finished_release_is_served(client, release, name):
    (releases.root() / "secret.txt").write_text("x")
    (releases.root() / ".making-x").mkdir()
    (releases.root() / "2020-01-01.1").mkdir()
    (releases.root() / "2020-01-01.1" / "events.csv").write_text("x")
    assert client.get(f"/data/{release.version}/{name}").status_code == 404
    assert client.get("/data/.making-x/events.csv").status_code == 404
    assert client.get("/data/2020-01-01.1/events.csv").status_code == 404


def test_release_keeps_what_was_withdrawn_later_and_the_page_says_so(client, empty_record):
    event = factories.EventFactory(published=True)
    release = making.make()[0]
    publishing.withdraw(event, by=None, reason="Entered twice.")
    assert event.code in [row["number"] for row in rows(release, "events")]
    assert f'href="/r/{event.code}"' in client.get("/en/data/").content.decode()
    making.make()
    page = client.get("/en/data/").content.decode()
    assert page.index("Earlier releases") < page.index(f'href="/r/{event.code}"')


def test_withdrawn_release_answers_410_with_the_reason_and_its_files_are_gone(client, release):
    call_command("withdraw_bundle", release.version, reason="It named somebody who must not be named.")
    answer = client.get(f"/data/{release.version}/record.zip")
    assert answer.status_code == 410
    assert b"must not be named" in answer.content
    assert sorted(path.name for path in release.folder.iterdir()) == ["release.json", "withdrawn.json"]
    assert client.get("/data/latest/record.zip").status_code == 404
    assert "must not be named" in client.get("/en/data/").content.decode()
    second, is_new = making.make()
    assert (is_new, second.version.endswith(".2")) == (True, True)


@pytest.mark.parametrize("lang", LANGS)
def test_data_page_names_the_release_its_checksum_and_how_to_cite_it(client, lang, release):
    page = client.get(f"/{lang}/data/").content.decode()
    assert page.count(release.version) > 6
    assert release.checksum in page
    for address in (f"/{lang}/events.csv", f"/{lang}/trade/statistics.json", "/api/v1/", "/api/v1/openapi.json", f"/{lang}/data/codebook/"):
        assert f'href="{address}"' in page


def test_data_page_without_a_release_still_leads_to_everything_else(client):
    page = client.get("/en/data/").content.decode()
    assert "No release has been made yet" in page
    assert client.get("/data/", headers={"accept-language": "ru"})["Location"] == "/ru/data/"


@pytest.mark.django_db
def test_place_of_a_row_tells_of_no_relation_to_a_draft():
    agreement, other = factories.AgreementFactory(published=True), factories.AgreementFactory(published=True)
    AgreementRelation.objects.create(agreement=agreement, kind="amends", other=factories.AgreementFactory())
    AgreementRelation.objects.create(agreement=agreement, kind="cites", other=other)
    parts = [rows for name, rows, _roots in Reader(timezone.now()).parts() if name == "agreement_relations"]
    keys = [row[0] for rows in parts for row in rows if row[0].startswith(f"{agreement.code}.")]
    assert keys == [f"{agreement.code}.1"]
