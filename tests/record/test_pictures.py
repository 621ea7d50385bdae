"""Pictures on the way in: pixels only, in one format, of a bearable size; everything else is refused in words."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from record.models import Picture
from record.pictures import cleaned


def upload(data, name="picture.jpg"):
    return SimpleUploadedFile(name, data)


def encoded(form, size=(40, 20), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, form, **options)
    return out.getvalue()


def test_metadata_and_comment_are_gone_and_the_picture_is_upright():
    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x8825] = 6, "where it was taken", {1: "N"}
    stored = cleaned(upload(encoded("JPEG", exif=exif, comment=b"<script>"))).read()
    assert b"where it was taken" not in stored and b"<script>" not in stored
    picture = Image.open(io.BytesIO(stored))
    assert (picture.format, picture.size) == ("WEBP", (20, 40))
    assert dict(picture.getexif()) == {}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_usual_formats_are_taken(form):
    assert Image.open(cleaned(upload(encoded(form)))).size == (40, 20)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        encoded("GIF"),
        encoded("JPEG")[:300],
        encoded("PNG", (400, 300))[:200],
        b"%PDF-1.7",
    ],
    ids=["empty", "html", "svg", "gif", "truncated jpeg", "truncated png", "pdf"],
)
def test_anything_else_is_refused_in_words(data):
    with pytest.raises(ValidationError, match="not a whole"):
        cleaned(upload(data))


def test_flood_of_pixels_is_refused_before_it_is_decoded():
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    with pytest.raises(ValidationError):
        cleaned(upload(out.getvalue()))


@pytest.mark.django_db
def test_editor_uploads_a_picture_and_its_size_is_known(admin_client):
    form = {
        "image": upload(encoded("PNG", size=(64, 48)), "photo.png"),
        "credit": "A photographer",
        "original_language": "en",
        "alt_en": "A square",
    }
    answer = admin_client.post("/admin/record/picture/add/", form)
    assert answer.status_code == 302, answer.context["errors"]
    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (64, 48)
    assert "photo" not in picture.image.name
