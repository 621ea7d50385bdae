"""Headers of every answer, as a browser and the Observatory see them; no cookie for readers; no method that nobody needs."""

import base64
import functools
import hashlib
import re

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.templatetags.static import static
from django.test import Client
from django.urls import path, reverse
from django.utils import translation

from relations_site import headers
from tests import factories, walk
from tests.relations_site import observatory

pytestmark = pytest.mark.one_engine

SET = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
}
POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    "frame-ancestors": ["'none'"],
    "manifest-src": ["'self'"],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["'none'"],
    "report-uri": ["/csp-report/"],
}


@pytest.fixture(autouse=True)
def production(settings):
    """What `settings` makes of HTTPS=true; a client that is made after it meets it."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS, settings.SECURE_HSTS_PRELOAD = 63_072_000, True, True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = True


def ask(address, method="get", **more):
    return getattr(Client(), method)(address, secure=True, **more)


def _fails(request):
    raise RuntimeError("at the heart")


urlpatterns = [path("fails/", _fails), path("fine/", lambda request: HttpResponse("fine"))]
handler500 = "relations_site.views.server_error"


def assert_set(response, frames="'none'", desk=False):
    assert {name: response.headers.get(name) for name in SET} == SET
    expected = {**POLICY, "frame-ancestors": [frames]}
    if desk:
        del expected["require-trusted-types-for"], expected["trusted-types"]
    assert observatory.policy(response.headers) == expected
    assert not {"Server", "X-Powered-By"} & set(response.headers)


ANSWERS = {
    "page": ("/en/", 200),
    "redirect": ("/", 302),
    "not found": ("/en/nowhere/", 404),
    "nowhere at all": ("/nowhere", 404),
    "refused at the door": ("/en/events/?q=%00", 400),
    "malformed question": ("/en/events/?after=x", 400),
    "missing slash": ("/en/events", 301),
    "search": ("/en/search/?q=tashkent", 200),
    "robots": ("/robots.txt", 200),
    "json": ("/en/events.json", 200),
    "api": ("/api/v1/events/?limit=1", 200),
    "no file": ("/static/nothing.css", 404),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "status"), ANSWERS.values(), ids=ANSWERS)
def test_every_kind_of_answer_carries_the_whole_set(address, status):
    response = ask(address)
    assert response.status_code == status
    assert_set(response)
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_answers_to_wrong_methods_and_hosts_and_to_plain_http_carry_it_too():
    refused = ask("/en/", "post")
    assert refused.status_code == 405
    assert_set(refused)
    foreign = ask("/en/", HTTP_HOST="evil.example")
    assert foreign.status_code == 400
    assert "evil.example" not in foreign.content.decode()
    plain = Client().get("/en/")
    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/en/")
    assert observatory.policy(plain.headers) == POLICY


def test_static_files_and_their_304_carry_it():
    response = ask(static("css/base.css"))
    assert response.status_code == 200
    assert_set(response)
    again = ask(
        static("css/base.css"), HTTP_IF_NONE_MATCH=response.headers.get("ETag", ""), HTTP_IF_MODIFIED_SINCE=response["Last-Modified"]
    )
    assert again.status_code == 304
    assert_set(again)


def test_error_of_the_server_carries_it_and_tells_nothing(settings):
    settings.ROOT_URLCONF = __name__
    client = Client(raise_request_exception=False)
    response = client.get("/fails/", secure=True)
    assert response.status_code == 500
    assert_set(response)
    assert "heart" not in response.content.decode() and "Runtime" not in response.content.decode()


@pytest.mark.django_db
def test_only_frames_may_be_framed_and_they_and_data_are_for_elsewhere():
    event = factories.EventFactory(published=True)
    frame = ask(f"{event.get_absolute_url()}embed/")
    assert_set(frame, frames="*")
    assert "X-Frame-Options" not in frame.headers
    for address in (
        f"{event.get_absolute_url()}embed/",
        f"/r/{event.code}.json",
        "/api/v1/events/?limit=1",
        "/en/trade/charts/turnover.svg",
    ):
        assert ask(address)["Cross-Origin-Resource-Policy"] == "cross-origin", address
    for address in ("/en/", event.get_absolute_url(), static("css/base.css"), "/admin/login/"):
        assert ask(address)["Cross-Origin-Resource-Policy"] == "same-origin", address


@pytest.mark.django_db
def test_desk_has_the_same_policy_but_for_trusted_types_and_is_never_kept():
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("Leyla"))
    for address in ("/admin/", "/admin/events/event/add/", "/admin/account/", "/admin/nowhere/", "/admin/audit/"):
        response = client.get(address, secure=True)
        assert_set(response, desk=True)
        assert response["Cache-Control"] == "no-store, private"


LEAST = {
    "/en/": 150, "/ru/events/": 150, "/uz/search/?q=toshkent": 155, "/en/trade/charts/turnover/": 155, "/az/nowhere/": 150,
    "/en/agreements/treaty-on-allied-relations-2024/": 150, "/admin/login/": 100,
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "least"), LEAST.items(), ids=LEAST)
def test_observatory_scores_at_least(address, least):
    response = ask(address)
    found, points = observatory.score(response.headers, response.cookies.values(), response.content.decode())
    assert found >= least, points


def test_observatory_takes_points_from_what_is_wrong():
    """The score can fall: each header taken away, a cookie without marks, a policy with a hole."""
    good = {**SET, "Cross-Origin-Resource-Policy": "same-origin", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
    assert observatory.score(good, [], '<script src="/a.js" integrity="x">')[0] == 155
    for name in set(good) - {"Permissions-Policy"}:
        assert observatory.score({key: value for key, value in good.items() if key != name}, [], "")[0] < 150, name
    holed = {**good, "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"}
    assert observatory.score(holed, [], "")[0] == 80
    assert observatory.score(good, [{"secure": True, "httponly": False, "samesite": "Lax"}], "")[0] == 60


@pytest.mark.django_db
def test_own_scripts_carry_the_hash_of_the_file_that_is_served():
    page = ask("/en/search/").content.decode()
    scripts = re.findall(r'<script src="([^"]+)" integrity="sha384-([^"]+)" defer>', page)
    assert scripts
    for address, digest in scripts:
        body = b"".join(ask(address).streaming_content)
        assert base64.b64encode(hashlib.sha384(body).digest()).decode() == digest


@functools.cache
def _one_of_each():
    """(name, address) for each public name, of the shipped record: looked up once."""
    with translation.override("en"):
        asked = {name: walk.ARGUMENTS[name]()[:1] for name in sorted(walk.names())}
        return [(name, reverse(name, kwargs=row)) for name, rows in asked.items() for row in rows]


@pytest.mark.django_db
def test_readers_get_no_cookie_and_no_answer_depends_on_one():
    assert len(_one_of_each()) > 60
    for name, address in _one_of_each():
        if name == "readyz":
            continue  # Kept by nobody; it tells staff more.
        response = ask(address)
        assert not response.cookies, name
        assert "cookie" not in response.headers.get("Vary", "").lower(), name


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_no_public_page_takes_a_method_that_it_does_not_need(method):
    client = Client(enforce_csrf_checks=True)
    for name, address in _one_of_each():
        if not (method == "POST" and name in headers.WRITES):
            assert client.generic(method, address, secure=True).status_code == 405, name


@pytest.mark.django_db
def test_cookies_of_the_desk_are_marked_and_its_methods_too(settings):
    response = ask("/admin/login/")
    assert response.cookies
    for cookie in response.cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, True, "Lax", "/", "")
    for method in ("put", "delete", "patch"):
        assert ask("/admin/login/", method).status_code == 405
