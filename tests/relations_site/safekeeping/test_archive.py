"""The archive: verified before anything is touched, refused with a sentence, finished or not there."""

import gzip
import io
import os
import resource
import tarfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from relations_site.operations.health import wanted
from relations_site.safekeeping import Refused, files, making, restoring
from relations_site.safekeeping.archive import Writer, members, verified


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "record-20310101T000000Z.tar.gz"
    with path.open("wb") as file:
        writer = Writer(file)
        for name, text in (("database/a.copy", b"1\tone\n" * 5000), ("media/pictures/x.webp", bytes(range(256)))):
            writer.add(name, io.BytesIO(text), len(text))
        writer.finish(about())
    return path


def about(**more):
    told = {"made_at": "2031-01-01T00:00:00+00:00", "engine": connection.vendor, "pair": list(settings.PAIR)}
    return told | {"migrations": sorted(map(list, wanted()))} | more


def test_whole_archive_says_what_it_holds(archive):
    assert {name: told["bytes"] for name, told in verified(archive)["members"].items()} == {
        "database/a.copy": 30_000,
        "media/pictures/x.webp": 256,
    }


def test_changed_byte_is_found_wherever_it_is(archive):
    whole, refused = archive.read_bytes(), 0
    for place in range(0, len(whole), 7):
        changed = bytearray(whole)
        changed[place] ^= 0x10
        archive.write_bytes(changed)
        try:
            verified(archive)
        except Refused:
            refused += 1
        else:
            # A byte that says when it was packed, or another way to say the same: what is held is what it was.
            assert gzip.decompress(changed) == gzip.decompress(whole)
    assert refused > 0.8 * len(whole) / 7


@pytest.mark.parametrize("part", [0.0, 0.3, 0.6, 0.9, 0.99])
def test_archive_that_ends_early_is_refused(archive, part):
    whole = archive.read_bytes()
    archive.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(Refused):
        verified(archive)


def test_member_that_the_manifest_does_not_know_is_refused(archive):
    with tarfile.open(archive) as tar:
        held = [(member, tar.extractfile(member).read()) for member in tar]
    with tarfile.open(archive, "w:gz") as tar:
        stranger = tarfile.TarInfo("media/stranger")
        tar.addfile(stranger, io.BytesIO())
        for member, text in held:
            tar.addfile(member, io.BytesIO(text))
    with pytest.raises(Refused, match="media/stranger are not what the manifest says"):
        verified(archive)


@pytest.mark.parametrize("name", ["../evil", "media/../../evil", "/media/evil", "media", "elsewhere/file", "manifest.json/x"])
def test_member_that_leads_elsewhere_is_refused(tmp_path, name):
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        tar.addfile(tarfile.TarInfo(name), io.BytesIO())
    with pytest.raises(Refused, match="no backup of ours"):
        list(members(path))


@pytest.mark.parametrize(("told", "sentence"), [
    ({"engine": "oracle"}, "set DATABASE_URL to one of the same kind"),
    ({"pair": ["fr", "de"]}, "set PAIR=fr,de"),
    ({"migrations": [["record", "0001_initial"], ["record", "9999_from_the_future"]]}, "newer than this code, which does not know record 9999_"),
])  # fmt: skip
def test_archive_that_does_not_fit_is_refused(told, sentence):
    with pytest.raises(Refused, match=sentence):
        restoring._refuse_unfit(about(**told))


def test_older_archive_and_one_with_an_app_that_left_fit():
    restoring._refuse_unfit(about(migrations=[["record", "0001_initial"], ["departed", "0001_initial"]]))


@pytest.mark.django_db
def test_nothing_that_is_there_is_overwritten_without_a_word(archive):
    if connection.vendor == "postgresql":
        with pytest.raises(Refused, match="--overwrite takes it away"):
            restoring._refuse_to_overwrite()
    put_in_place({"media": "pictures/x.webp"})
    assert files.are_there() == f"MEDIA_ROOT ({settings.MEDIA_ROOT})"
    put_in_place({"releases": "2031-01-01.1/a.csv"})
    assert files.are_there() == f"BUNDLE_ROOT ({settings.BUNDLE_ROOT})"
    put_in_place({})
    assert files.are_there() is None


def put_in_place(wanted):
    with files.beside() as folders:
        for kind, name in wanted.items():
            path = folders[kind] / name
            path.parent.mkdir()
            path.write_bytes(b"x")
        files.replace(folders)


@pytest.fixture
def upload():
    put_in_place({"media": "pictures/there.webp"})
    yield Path(settings.MEDIA_ROOT) / "pictures" / "there.webp"
    put_in_place({})


@pytest.mark.django_db
def test_archive_without_room_to_be_unpacked_leaves_what_is_there(archive, upload):
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, former[1]))
    try:
        with pytest.raises(Refused, match="It cannot be unpacked: File too large"):
            restoring.restore(archive, overwrite=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)
    assert upload.read_bytes() == b"x"
    assert [path for root in files.roots().values() for path in root.glob(".*")] == []


def test_links_among_releases_go_with_them_and_what_they_lead_to_stays(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    root = Path(settings.BUNDLE_ROOT)
    (root / "lost+found").mkdir(parents=True)
    (root / "latest").symlink_to(tmp_path / "elsewhere")
    put_in_place({"releases": "2031-01-01.1/a.csv"})
    assert sorted(path.name for path in root.iterdir()) == ["2031-01-01.1", "lost+found"]
    assert (tmp_path / "elsewhere").is_dir()


@pytest.mark.parametrize("root", ["MEDIA_ROOT", "BUNDLE_ROOT"])
def test_archive_that_lies_in_what_is_taken_away_is_refused(archive, upload, root):
    place = Path(getattr(settings, root)) / "kept" / archive.name
    place.parent.mkdir(parents=True)
    archive.replace(place)
    with pytest.raises(CommandError, match=rf"lies in {root}, which is taken away: put it elsewhere first\. Nothing was changed\."):
        call_command("restore", place, overwrite=True)
    assert verified(place) and upload.is_file()


@pytest.mark.parametrize("root", ["MEDIA_ROOT", "BUNDLE_ROOT"])
def test_folder_of_archives_is_no_part_of_what_is_kept(root):
    with pytest.raises(Refused, match=rf"lies in {root}: each archive would hold those before it"):
        making.make(Path(getattr(settings, root)) / "backups")


def test_upload_that_leads_nowhere_is_left_out_and_one_whose_name_is_no_text_is_named(upload):
    gone = upload.with_name("gone.webp")
    gone.symlink_to(upload.with_name("nothing.webp"))
    assert files.size() == 1
    writer = Writer(io.BytesIO())
    files.add(writer, lambda size: None)
    assert list(writer.members) == ["media/pictures/there.webp"]
    gone.unlink()
    Path(os.fsdecode(os.fsencode(upload.parent) + b"/\xff.webp")).touch()
    with pytest.raises(Refused, match="is a name that is not UTF-8: rename the file"):
        files.add(writer, lambda size: None)


def test_rotation_keeps_the_newest_and_touches_nothing_else(tmp_path):
    names = [f"record-2031010{day}T000000Z.tar.gz" for day in range(1, 6)]
    for name in [*names, "record-old.tar.gz", "notes.txt", ".making-x"]:
        (tmp_path / name).touch()
    making.rotate(tmp_path, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".making-x", "notes.txt", *names[3:], "record-old.tar.gz"]


def test_what_a_killed_process_left_goes_and_two_never_run_at_once(tmp_path):
    (tmp_path / ".making-old").mkdir()
    with making._alone(tmp_path), making._workplace(tmp_path) as place:
        assert [path.name for path in tmp_path.glob(".making-*")] == [place.name]
        with pytest.raises(Refused, match="Another backup"), making._alone(tmp_path):
            pass
    assert list(tmp_path.glob(".making-*")) == []


@pytest.mark.parametrize("keep", [0, -1])
def test_to_keep_none_is_no_wish(keep, tmp_path):
    with pytest.raises(CommandError, match="at least 1"):
        call_command("backup", to=tmp_path, keep=keep)
