"""Whatever is offered as a picture or a document: refused in words and not stored, or stored as what it claims to be."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import modelform_factory

from cooperation.models import AgreementText
from record.models import Picture
from tests import hostile
from tests.factories import AgreementFactory
from tests.record.test_admin import form_of

pytestmark = pytest.mark.one_engine

PICTURES, DOCUMENTS = hostile.pictures(), hostile.documents()
# As a browser names what it sends; none of it is believed.
TYPES = ("image/jpeg", "application/pdf", "text/html", "")


def offered(client, address, sent, field, name, data, kind="image/jpeg"):
    """(status, sentences on the field) of a form with a file."""
    answer = client.post(address, {**sent, field: SimpleUploadedFile(name, data, content_type=kind)})
    if answer.status_code != 200:
        return answer.status_code, []
    forms = [answer.context["adminform"].form]
    forms += [form for inline in answer.context["inline_admin_formsets"] for form in inline.formset.forms]
    return 200, [sentence for form in forms for sentence in form.errors.get(field.rpartition("-")[2], [])]


def files(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.fixture
def picture_form(admin_client):
    sent = {"credit": "A photographer", "original_language": "en", "alt_en": "A square"}
    return lambda name, data, kind="image/jpeg": offered(admin_client, "/admin/record/picture/add/", sent, "image", name, data, kind)


@pytest.fixture
def document_form(admin_client):
    address = f"/admin/cooperation/agreement/{AgreementFactory().pk}/change/"
    sent = {**form_of(admin_client, address), "texts-TOTAL_FORMS": "1", "texts-0-language": "uz", "texts-0-official": "on"}
    return lambda name, data, kind="application/pdf": offered(admin_client, address, sent, "texts-0-file", name, data, kind)


def said_of(model, field, offers):
    """What the model's own form says of each file; the pages around it are asked below, with some of them."""
    form_class = modelform_factory(model, fields=[field])
    files = [SimpleUploadedFile(name, data, content_type=TYPES[n % 4]) for n, (name, data) in enumerate(offers.items())]
    return {file.name: form_class({}, {field: file}).errors.get(field, []) for file in files}


def test_each_hostile_picture_is_refused_with_one_sentence():
    said = said_of(Picture, "image", PICTURES)
    assert {name: told for name, told in said.items() if len(told) != 1} == {}
    assert said["jpeg-and-zip.jpg"] == [
        "Behind the picture something else stands in the file. Save it as a new JPEG or PNG and give that one."
    ]
    assert said["bomb.png"] == said["header-of-30000.png"] == ["The picture has more than 40 million pixels."]
    assert said["empty.jpg"] == ["The file is empty."]
    assert said["too-large.jpg"] == ["The file is larger than 12 MB."]


def test_each_hostile_document_is_refused_with_one_sentence():
    said = said_of(AgreementText, "file", DOCUMENTS)
    assert {name: told for name, told in said.items() if len(told) != 1} == {}
    scripts = {name: told[0].split(".")[0] for name, told in said.items() if "script" in name}
    assert set(scripts.values()) == {"The PDF holds a script, a form or an action that runs by itself"}


@pytest.mark.django_db
def test_pages_of_the_desk_show_the_sentence_and_nothing_is_stored(picture_form, document_form, settings):
    for form, offers, names in (
        (picture_form, PICTURES, ("page.jpg", "drawing.svg", "jpeg-and-zip.jpg", "cut-60.jpg", "bomb.png")),
        (document_form, DOCUMENTS, ("page.pdf", "opens-a-script.pdf")),
    ):
        for name in names:
            status, sentences = form(name, offers[name])
            assert (name, status, len(sentences)) == (name, 200, 1)
    assert (Picture.objects.count(), AgreementText.objects.exclude(file="").count(), files(settings)) == (0, 0, [])


@pytest.mark.django_db
def test_good_files_pass_the_same_forms(picture_form, document_form, settings):
    assert picture_form("a.html", hostile.picture(comment=b"<script>"), "text/html") == (302, [])
    telephone = hostile.picture() + hostile.picture()
    assert picture_form("two of the same scene.jpg", telephone) == (302, [])
    assert document_form("a.exe", hostile.document(), "") == (302, [])
    assert len(files(settings)) == 2 * 4 + 1
    assert [path for path in files(settings) if b"<script>" in path.read_bytes()] == []


@pytest.mark.django_db
def test_hundred_megabytes_are_refused_in_the_form_and_nothing_of_them_is_kept(picture_form, document_form, settings):
    settings.UPLOAD_MOST_MB = 1
    flood = hostile.picture() + bytes(100 * 1024 * 1024)
    assert picture_form("flood.jpg", flood) == (200, ["The file is larger than 12 MB."])
    assert document_form("flood.pdf", flood) == (200, ["The file is larger than 20 MB."])


def test_file_beyond_the_limit_is_never_taken_for_a_short_one(rf, settings):
    """Its size is told, so that a form can refuse it; of its beginning nothing is there to be opened."""
    settings.UPLOAD_MOST_MB = 1
    sent = {"file": SimpleUploadedFile("x", b"x" * 2_000_000)}
    file = rf.post("/", sent, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}=x"}).FILES["file"]
    assert (file.size, file.read()) == (2_000_000, b"")


def test_who_has_no_session_writes_nothing_to_the_disk(rf, settings):
    request = rf.post("/", {"file": SimpleUploadedFile("x", b"something")})
    assert (request.FILES["file"].size, request.FILES["file"].read()) == (9, b"")
    request = rf.post("/", {"file": SimpleUploadedFile("x", b"something")}, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}=x"})
    assert request.FILES["file"].read() == b"something"
