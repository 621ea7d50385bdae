"""Half of a form is no form."""

from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

from record.models import Topic
from relations_site.whole import CutOff, Whole
from tests import factories
from tests.behind_cache import one_connection

pytestmark = pytest.mark.one_engine


class Slow(BytesIO):
    """A stream that hands out a few bytes at a time."""

    def read(self, size=-1):
        return super().read(min(size, 3) if size >= 0 else 3)


def stream(body, length):
    held = {}
    Whole(lambda request, start: held.update(request))({"CONTENT_LENGTH": str(length), "wsgi.input": Slow(body)}, None)
    return held["wsgi.input"]


def test_whole_request_is_read_whole_however_it_comes():
    assert stream(b"title=Visit", 11).read() == b"title=Visit"
    own = stream(b"title=Visit", 11)
    assert [own.read(4), own.read(100), own.read(), own.read(1)] == [b"titl", b"e=Visit", b"", b""]


def test_nothing_beyond_its_length_is_read():
    assert stream(b"title=VisitGET /", 11).read() == b"title=Visit"


@pytest.mark.parametrize("read", [lambda own: own.read(), lambda own: own.read(11), lambda own: [own.readline() for _ in range(3)]])
def test_what_ends_early_is_an_error(read):
    with pytest.raises(CutOff):
        read(stream(b"title", 11))


def test_length_that_is_no_number_is_left_to_the_application():
    request = {"CONTENT_LENGTH": "many", "wsgi.input": BytesIO(b"x")}
    assert Whole(lambda seen, start: seen["wsgi.input"].read())(request, None) == b"x"


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=edge"])
def test_half_of_a_save_empties_nothing(client, admin_user, settings, kind):
    topic = factories.TopicFactory(name_en="Water", name_ru="Вода")
    client.force_login(admin_user)
    address = f"/admin/record/topic/{topic.pk}/change/"
    page = client.get(address)
    token = {"csrfmiddlewaretoken": client.cookies[settings.CSRF_COOKIE_NAME].value}
    sent = token | {name: str(page.context["adminform"].form[name].value() or "") for name in page.context["adminform"].form.fields}
    sent |= {"name_en": "Rivers", "_save": "Save"}
    factory = RequestFactory()
    if kind.startswith("multipart"):
        whole = factory.post(address, sent).environ
    else:
        whole = factory.generic("POST", address, urlencode(sent), content_type=kind).environ
    body = whole["wsgi.input"].read()
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    told = []
    cut = whole | {"wsgi.input": BytesIO(body[: len(body) // 2]), "HTTP_COOKIE": cookies}
    with one_connection():
        b"".join(Whole(get_wsgi_application())(cut, lambda *args: told.append(args[0])))
    assert told[0][:3] in ("400", "403")
    stored = Topic.objects.get(pk=topic.pk)
    assert (stored.name_en, stored.name_ru) == ("Water", "Вода")
