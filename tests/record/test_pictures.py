"""Pictures: pixels only, in several widths, described and credited before readers see them, and gone when no entry shows them."""

import datetime
import io
import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from PIL import Image, ImageCms

from record import publishing
from record.intake.fields import clean_picture
from record.models import Picture
from tests.factories import EventFactory
from tests.record.test_admin import errors_of, form_of


def upload(data, name="picture.jpg"):
    return SimpleUploadedFile(name, data)


def encoded(form, size=(40, 20), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, form, **options)
    return out.getvalue()


def without_file(client, address):
    """What a browser sends back of a picture's page: a file only if one was chosen."""
    return {name: value for name, value in form_of(client, address).items() if name != "image"}


def stored(**fields):
    """A picture of 40 × 20 that was uploaded."""
    picture = Picture(**{"alt_en": "A bridge", "credit": "A photographer", **fields})
    picture.image.save("x.jpg", upload(encoded("JPEG")), save=False)
    picture.save()
    return picture


def test_of_a_picture_nothing_is_kept_but_its_pixels():
    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x8825] = 6, "where it was taken", {1: "N"}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + b"\0" * 5000
    made = clean_picture(upload(encoded("JPEG", exif=exif, comment=b"<script>", icc_profile=profile)))
    files = {".webp": made.read(), **made.renditions}
    assert sorted(files) == ["-20.avif", "-20.webp", ".jpg", ".webp"]
    for content in files.values():
        assert not [word for word in (b"where it was taken", b"<script>", b"Exif", b"acsp") if word in content]
        picture = Image.open(io.BytesIO(content))
        assert (picture.size, dict(picture.getexif())) == ((20, 40), {})


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_usual_formats_are_taken_whatever_the_file_is_called(form):
    assert Image.open(clean_picture(upload(encoded(form), "minutes.txt"))).size == (40, 20)


def test_widths_are_never_wider_than_the_picture():
    made = clean_picture(upload(encoded("JPEG", (1000, 10))))
    assert made.widths == [480, 960, 1000]
    assert Image.open(io.BytesIO(made.renditions["-480.avif"])).size == (480, 5)
    assert Image.open(io.BytesIO(made.renditions[".jpg"])).format == "JPEG"


@pytest.mark.django_db
def test_editor_uploads_a_picture_and_its_size_is_known(admin_client):
    form = {
        "image": upload(encoded("PNG", size=(64, 48)), "photo.png"),
        "credit": "A photographer",
        "original_language": "en",
        "alt_en": "A square",
    }
    answer = admin_client.post("/admin/record/picture/add/", form)
    assert answer.status_code == 302, errors_of(answer)
    picture = Picture.objects.get()
    assert (picture.width, picture.height, picture.widths) == (64, 48, "64")
    assert "photo" not in picture.image.name


@pytest.mark.django_db
def test_entry_is_not_published_until_its_pictures_are_described_and_credited():
    event = EventFactory(original_language="ru", title_ru="Встреча", summary_ru="Кто и что.")
    event.pictures.add(stored(), stored(alt_ru="Мост", credit=""))
    with pytest.raises(publishing.Refused) as refused:
        publishing.publish(event, by=None)
    assert refused.value.reasons == [
        "Picture 1 has no credit.",
        "Picture 2 has no alternative text in the original language of the entry.",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("is_scheduled", [False, True])
def test_what_readers_see_or_will_see_keeps_its_descriptions(admin_client, is_scheduled):
    event, bare, good = EventFactory(), stored(alt_en="", alt_ru="Мост"), stored()
    event.pictures.add(good)
    publishing.publish(event, by=None, at=datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=is_scheduled))
    address = f"/admin/events/event/{event.pk}/change/"
    answer = admin_client.post(address, {**form_of(admin_client, address), "pictures": [bare.pk]})
    assert "Picture 1 has no alternative text" in answer.content.decode()
    address = f"/admin/record/picture/{good.pk}/change/"
    answer = admin_client.post(address, {**without_file(admin_client, address), "alt_en": "", "credit": ""})
    assert {"alt_en", "credit"} == set(answer.context["adminform"].form.errors)
    address = f"/admin/record/picture/{bare.pk}/change/"
    assert admin_client.post(address, {**without_file(admin_client, address), "credit": ""}).status_code == 302


@pytest.mark.django_db
def test_page_offers_the_smallest_form_and_the_next_question_is_always_asked(client):
    event, picture = EventFactory(published=True), stored(alt_en="", alt_ru="Мост")
    event.pictures.add(picture)
    page = client.get(event.get_absolute_url()).content.decode()
    assert f'<source type="image/avif" srcset="{picture.address("avif", 40)} 40w"' in page
    assert f'<img src="{picture.address("jpg")}" width="40" height="20" alt="Мост" lang="ru"' in page
    answer = client.get(picture.address("avif", 40))
    assert (answer["Content-Type"], answer["Cache-Control"], answer["X-Content-Type-Options"]) == (
        "image/avif", "public, no-cache", "nosniff",
    )  # fmt: skip
    assert client.get(picture.address("avif", 40), headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.get(picture.address("avif", 41)).status_code == 404


@pytest.mark.django_db
def test_editor_sees_an_unused_picture_and_keeps_no_copy(client, admin_client):
    address = stored().get_absolute_url()
    assert (client.get(address).status_code, admin_client.get(address)["Cache-Control"]) == (404, "private, no-store")


@pytest.mark.django_db
def test_picture_whose_file_is_lost_is_not_found_and_its_page_still_opens(client, settings):
    event, picture = EventFactory(published=True), stored()
    event.pictures.add(picture)
    Path(settings.MEDIA_ROOT, picture.image.name).unlink()
    assert client.get(picture.get_absolute_url()).status_code == 404
    assert client.get(event.get_absolute_url()).status_code == 200


@pytest.mark.django_db
def test_pictures_from_before_get_their_renditions(settings):
    picture = stored()
    folder = Path(settings.MEDIA_ROOT, "pictures")
    for file in [file for file in folder.iterdir() if file.name != Path(picture.image.name).name]:
        file.unlink()
    Picture.objects.update(widths="")
    versions = picture.history.count()
    call_command("derive_pictures", verbosity=0)
    assert Picture.objects.get().widths == "40"
    assert {file.name.removeprefix(Path(picture.image.name).stem) for file in folder.iterdir()} == {
        ".webp", ".jpg", "-40.webp", "-40.avif",
    }  # fmt: skip
    assert picture.history.count() == versions


@pytest.mark.django_db
def test_files_are_kept_while_a_version_names_them_and_tidied_when_none_does(settings, capsys):
    picture = stored()
    folder = Path(settings.MEDIA_ROOT, "pictures")
    picture.image.save("x.jpg", upload(encoded("PNG")), save=False)
    picture.save()
    orphan, fresh = folder / f"{'0' * 32}-480.avif", folder / f"{'1' * 32}.webp"
    for file in (orphan, fresh):
        file.write_bytes(b"left")
    for file in [file for file in folder.iterdir() if file != fresh]:
        os.utime(file, (0, 0))
    own = set(folder.iterdir()) - {orphan}
    call_command("tidy_files", dry_run=True)
    assert f"pictures/{orphan.name}\n1 files, 4 bytes would be removed." in capsys.readouterr().out
    assert orphan.exists()
    picture.delete()
    call_command("tidy_files")
    assert set(folder.iterdir()) == own
