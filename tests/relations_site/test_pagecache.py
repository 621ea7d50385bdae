"""The cache of pages: the same bytes as without it, never a page older than the last commit, nothing kept that is somebody's own."""

import datetime
import gzip
import itertools
import re

import brotli
import pytest
from django.conf import settings
from django.urls import resolve
from django.utils import timezone
from django.utils.translation import trans_real

from record import kept, publishing
from record.models import Topic
from relations_site import pagecache
from relations_site.languages import is_for_machines
from relations_site.pagecache import questions
from relations_site.pagecache.store import OVERHEAD, Page, Store
from relations_site.pagecache.wsgi import PageCache
from tests import factories, walk
from tests.behind_cache import one_connection

HTML = [("Content-Type", "text/html; charset=utf-8")]
BODY = b"<p>" + b"words " * 200


class Site:
    """An application that counts how often it is asked, behind the cache; its record and its clock are ours."""

    def __init__(self, *, status="200 OK", headers=HTML, length=True, limit=1_000_000, body=BODY, names=None):
        self.asked, self.now, self.changes, self.moment, self.answers = [], 1000.0, 1, 10_000.0, True
        self.shared = []
        self.status, self.headers, self.length, self.body = status, headers, length, body
        self.cache = PageCache(self._answer, Store(limit), self, lambda now: self.moment, ["en", "az"], names, clock=lambda: self.now)

    def generation(self):
        return self.changes, self.answers

    def _answer(self, environ, start_response):
        self.asked.append(environ)
        self.shared.append(kept.part(lambda: len(self.asked), "a part of many pages"))
        length = [("Content-Length", str(len(self.body)))] if self.length else []
        start_response(self.status, [*self.headers, *length], None)
        return [self.body]

    def get(self, path="/en/", method="GET", query="", **headers):
        told = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "here", **headers}
        body = b"".join(self.cache(environ, lambda *args: told.extend(args)))
        return told[0], {name.lower(): value for name, value in told[1]}, body


@pytest.mark.django_db
def test_page_is_made_once_until_somebody_commits():
    site = Site()
    assert [site.get()[2] for _ in range(3)] == [BODY] * 3
    assert len(site.asked) == 1
    site.changes += 1
    site.get()
    assert len(site.asked) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/robots.txt", "/sitemap.xml", "/sitemap-events-uz-1.xml", "/r/E2.json"])
def test_what_machines_read_is_one_answer_for_everybody_and_kept(client, address):
    said = [client.get(address, headers={"Accept-Language": lang}) for lang in ("ru", "uz")]
    assert [answer.status_code for answer in said] == [200, 200]
    assert said[0].content == said[1].content and "Accept-Language" not in said[0].get("Vary", "")
    site = Site(body=said[0].content, headers=[*said[0].items()], length=False)
    for _ in range(2):
        site.get(address)
    assert len(site.asked) == 1


def test_what_no_page_understands_makes_no_page():
    """What social networks add to an address, and what somebody invents to fill the memory."""
    site = Site(names=lambda path: {"kind", "page"})
    asked = [
        "kind=visit&page=2",
        "kind=visit&fbclid=Iw&page=2",
        "utm_source=x&kind=visit&&page=2",
        "k%69nd=visit&page=2",
        "x=" + "1" * 4095,
    ]
    for query in asked:
        site.get(query=query)
    assert [environ["QUERY_STRING"] for environ in site.asked] == [asked[0], asked[3], asked[4]]


@pytest.mark.parametrize(("path", "query", "left"), [
    ("/en/", "q=1&page=2", ""), ("/ru/about/", "q=1", ""), ("/en/events/", "q=1&zoom=8&x=1&on=1", "q=1"),
    ("/en/events.csv", "q=1&zoom=8&page=2", "q=1&page=2"), ("/uz/trade/", "flow=export&host=1&zoom=2", "flow=export"), ("/ru/people/x/", "q=1&topic=2", ""),
    ("/en/map/", "q=1&zoom=8&x=1", "q=1&zoom=8"), ("/sitemap-events-en-1.xml", "q=1", ""),
    ("/az/events/such-an-event/", "on=2024-01-01&q=1", "on=2024-01-01"), ("/en/nowhere/", "q=1&x=2", "q=1"),
    ("/r/E2.json", "on=2024-01-01&x=1", "on=2024-01-01"), ("/robots.txt", "x=1", ""),
])  # fmt: skip
def test_pages_that_look_at_no_question_are_one_page(path, query, left):
    questions.names_at.cache_clear()
    before = {*trans_real._translations}
    assert questions.plain(query, questions.names_at(path)) == left
    # No language is read into memory that the site does not speak.
    assert {*trans_real._translations} - before <= {code for code, _name in settings.LANGUAGES}


def test_long_addresses_count_as_memory():
    def weigh(query):
        site = Site()
        site.get(query=query)
        return site.cache._store.size

    assert weigh("q=" + "1" * 2000) - weigh("q=1") == 1999


def test_pages_over_https_are_their_own_whatever_else_a_proxy_says():
    site = Site()
    for said in ("https", "https, http", " https", "http", "gopher", "x1", ""):
        site.get(HTTP_X_FORWARDED_PROTO=said)
    site.get()
    assert [environ["HTTP_X_FORWARDED_PROTO"] for environ in site.asked] == ["https", "http"]


@pytest.mark.django_db
def test_what_is_left_out_of_a_question_changes_no_page(client):
    """Each kind of page is asked with every name that is left out there at once, past the cache."""
    # As links of the page repeat what was asked.
    repeated = re.compile(r"(?:[?&\"]|&amp;|%3F|%26)\w+(?:=|%3D)zqleft")
    kept_ones = [a for a in walk.addresses(["en"]) if "?" not in a and (a.startswith("/en/") or is_for_machines(a))]
    asked = {resolve(address).url_name: address for address in kept_ones}
    assert len(asked) > 60
    for address in asked.values():
        left_out = sorted(questions.understood() - questions.names_at(address))
        if left_out:
            questions_put = ["zqunknown=zqleft", "&".join(f"{name}=zqleft" for name in left_out)]
            answers = [client.get(f"{address}?{question}") for question in questions_put]
            unknown, more = [(answer.status_code, repeated.sub("", answer.getvalue().decode(errors="replace"))) for answer in answers]
            assert unknown == more, (address, left_out)


@pytest.mark.django_db
def test_every_part_of_a_question_that_a_page_looks_at_is_understood():
    understood = questions.understood()
    for listing in questions.listings():
        assert not hasattr(listing, "Meta") or set(listing().form.fields) <= understood, listing
    looked_at = re.compile(r"""GET(?:\.get|\.getlist)?[(\[]["'](\w+)["']""")
    files = [file for app in ("record", "events", "cooperation", "relations_site") for file in (settings.BASE_DIR / app).rglob("*.py")]
    # The desk, the interface for programs, and what answers at an address without a language are not kept.
    elsewhere = {"adminbase", "history", "accounts", "api", "oembed.py"}
    found = {name for file in files if not elsewhere & set(file.parts) for name in looked_at.findall(file.read_text())}
    assert {"on", "q"} <= found <= understood


def test_parts_are_shared_while_the_database_answers_and_nobody_commits():
    site = Site()
    for path in ("/en/", "/az/", "/en/events/"):
        site.get(path)
    site.changes += 1
    site.get("/en/events/?page=2")
    site.answers = False
    for path in ("/az/events/", "/az/agreements/"):
        site.get(path)
    assert site.shared == [1, 1, 1, 4, 5, 6]


def test_page_ends_at_the_moment_that_changes_it_by_itself():
    site = Site()
    site.moment = 1060.0
    site.get()
    site.now = 1059.9
    site.get()
    assert len(site.asked) == 1
    site.now, site.moment = 1060.0, 9000.0
    site.get()
    assert len(site.asked) == 2


@pytest.mark.parametrize(("accepted", "encoding", "read"), [
    ("br, gzip", "br", brotli.decompress), ("gzip;q=0.5", "gzip", gzip.decompress), ("", None, bytes), ("br;q=0, gzip;q=0", None, bytes),
    ("br;q=0.1, gzip;q=1.0", "gzip", gzip.decompress), ("gzip;q=0.8, br; q=0.8", "br", brotli.decompress), ("br;level=5;q=0", None, bytes),
    ("*", "br", brotli.decompress), ("br;q=0, *;q=0.5", "gzip", gzip.decompress), ("*;q=0", None, bytes), ("BR;q=1", "br", brotli.decompress),
    ("br;q=much, gzip", "gzip", gzip.decompress), ("identity", None, bytes), (",;,", None, bytes),
    ("br;\tq=0, gzip;q=1.5", None, bytes),
])  # fmt: skip
def test_page_leaves_in_the_encoding_that_is_asked_for(accepted, encoding, read):
    site = Site()
    for _ in range(2):
        _status, headers, body = site.get(HTTP_ACCEPT_ENCODING=accepted)
        assert read(body) == BODY
        assert (headers.get("content-encoding"), headers["content-length"], headers["vary"]) == (
            encoding,
            str(len(body)),
            "Accept-Encoding",
        )
    assert len(site.asked) == 1


@pytest.mark.parametrize("order", list(itertools.permutations(["br", "gzip", ""])))
def test_page_is_held_as_it_was_asked_for_and_read_alike_in_every_order(order):
    site, read = Site(), {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
    for number, accepted in enumerate(order, start=1):
        for _ in range(2):
            assert read[accepted](site.get(HTTP_ACCEPT_ENCODING=accepted)[2]) == BODY
        ((key, (page, _size)),) = site.cache._store._pages.items()
        assert set(page.bodies) == set(order[:number])
    assert len(site.asked) == 1
    assert site.cache._store.size == page.size + len(str(key))


@pytest.mark.parametrize(("accepted", "read"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_page_that_is_asked_for_again_is_compressed_densely_under_a_tag_of_its_own(accepted, read):
    site = Site(body="".join(f"<li>Event {n * n} of {n} in Tashkent</li>" for n in range(2000)).encode())
    (_, quick, hasty), (_, dense, shorter), (_, again, _body) = (site.get(HTTP_ACCEPT_ENCODING=accepted) for _ in range(3))
    assert read(hasty) == read(shorter) == site.body and len(shorter) < len(hasty) < len(site.body) / 2
    assert (quick["etag"], quick["content-encoding"]) != (dense["etag"], dense["content-encoding"]) == (again["etag"], accepted)
    assert [int(said["content-length"]) for said in (quick, dense)] == [len(hasty), len(shorter)]
    ((key, (page, _size)),) = site.cache._store._pages.items()
    assert set(page.bodies) == {accepted} and site.cache._store.size == page.size + len(str(key))
    for said in (quick, dense):
        assert site.get(HTTP_IF_NONE_MATCH=said["etag"], HTTP_ACCEPT_ENCODING=accepted)[0] == "304 Not Modified"


@pytest.mark.django_db
def test_who_has_the_page_is_told_so_and_only_then():
    site = Site()
    tag = site.get(HTTP_ACCEPT_ENCODING="br")[1]["etag"]
    status, headers, body = site.get(HTTP_IF_NONE_MATCH=f'"other", {tag}', HTTP_ACCEPT_ENCODING="gzip")
    assert (status, body, "content-length" in headers) == ("304 Not Modified", b"", False)
    assert site.get(HTTP_IF_NONE_MATCH='"other"')[0] == "200 OK"
    site.changes, site.body = 2, BODY + b"more"
    assert site.get(HTTP_IF_NONE_MATCH=tag)[0] == "200 OK"


@pytest.mark.parametrize("accepted", ["br", "gzip"])
def test_who_only_asks_whether_it_changed_has_nothing_compressed_for_him(accepted):
    site = Site()
    tag = site.get(HTTP_ACCEPT_ENCODING=accepted)[1]["etag"]
    for other in ("br", "gzip", ""):
        status, headers, _body = site.get(HTTP_IF_NONE_MATCH=f'"other", W/{tag}', HTTP_ACCEPT_ENCODING=other)
        assert (status, headers["etag"], headers["vary"]) == ("304 Not Modified", tag, "Accept-Encoding")
        assert not {"content-length", "content-encoding", "content-type"} & set(headers)
    assert site.get(method="HEAD", HTTP_ACCEPT_ENCODING=accepted)[1]["etag"] == tag
    ((_key, (page, _size)),) = site.cache._store._pages.items()
    assert set(page.bodies) == {f"{accepted}-quick"}


def test_head_is_told_the_same_without_the_body():
    site = Site()
    whole, head = site.get(), site.get(method="HEAD")
    assert (head[:2], head[2]) == (whole[:2], b"")


@pytest.mark.parametrize("kept", [
    {"headers": [*HTML, ("Set-Cookie", "a=b")]}, {"headers": [*HTML, ("Vary", "Cookie")]}, {"headers": [*HTML, ("Cache-Control", "private")]},
    {"headers": [*HTML, ("Cache-Control", "no-store")]}, {"status": "500 Internal Server Error"}, {"status": "404 Not Found"}, {"length": False},
])  # fmt: skip
def test_what_is_somebodys_own_or_no_whole_page_is_not_kept(kept):
    site = Site(**kept)
    assert [site.get()[2] for _ in range(2)] == [BODY, BODY]
    assert len(site.asked) == 2
    assert site.get(method="HEAD")[2] == b""


@pytest.mark.parametrize(
    ("path", "method"), [("/admin/", "GET"), ("/en/", "POST"), ("/", "GET"), ("/static/x.css", "GET"), ("/enter/", "GET")]
)
def test_what_is_not_for_everyone_is_passed_on_as_it_is(path, method):
    site = Site()
    for _ in range(2):
        site.get(path, method, HTTP_COOKIE="sessionid=1")
    assert [environ["HTTP_COOKIE"] for environ in site.asked] == ["sessionid=1"] * 2


def test_no_visitor_leaves_a_trace_in_what_others_get():
    site = Site()
    site.get(HTTP_COOKIE="sessionid=1", HTTP_RANGE="bytes=0-1", HTTP_IF_NONE_MATCH='"x"')
    (environ,) = site.asked
    assert not {"HTTP_COOKIE", "HTTP_RANGE", "HTTP_IF_NONE_MATCH"} & set(environ)


def test_question_and_host_are_part_of_the_page():
    site = Site()
    for other in ({"query": "q=a"}, {"query": "q=b"}, {"HTTP_HOST": "there"}, {"path": "/az/"}):
        site.get(**other)
    assert len(site.asked) == 4


def test_pages_are_bounded_in_bytes_and_the_least_read_goes_first():
    store = Store(20 * (OVERHEAD + 100 + 2))
    pages = {n: Page("200 OK", HTML, bytes(100), 1, 0) for n in range(30)}
    for n, page in pages.items():
        store.put(n, page)
        store.get(0)
    # Nineteen keys of two figures and one of one.
    assert store.size == 20 * (OVERHEAD + 100) + 39
    assert [n for n in pages if store.get(n)] == [0, *range(11, 30)]
    store.put("large", Page("200 OK", HTML, bytes(10_000), 1, 0))
    assert store.get("large") is None


@pytest.mark.django_db
def test_next_change_is_the_next_scheduled_moment_or_midnight():
    now = datetime.datetime(2031, 5, 4, 12, tzinfo=timezone.get_default_timezone())
    midnight = datetime.datetime(2031, 5, 5, tzinfo=timezone.get_default_timezone())
    assert pagecache.next_change(now.timestamp()) == midnight.timestamp()
    for hours in (30, 3, 5):
        publishing.schedule(factories.EventFactory(), by=None, at=now + datetime.timedelta(hours=hours))
    assert pagecache.next_change(now.timestamp()) == (now + datetime.timedelta(hours=3)).timestamp()


def test_page_begun_before_the_moment_and_finished_after_it_is_not_kept_past_it():
    site = Site()
    site.moment = 1060.0
    begun = site._answer

    def slowly(request, start_response):
        site.now = 1060.5
        return begun(request, start_response)

    site.cache._application = slowly
    site.now = 1059.9
    site.get()
    site.moment = 9000.0
    site.get()
    assert len(site.asked) == 2


def test_who_asks_from_another_site_is_told_so_with_a_304_too():
    site = Site(headers=[*HTML, ("Access-Control-Allow-Origin", "*")])
    tag = site.get()[1]["etag"]
    status, headers, _body = site.get(HTTP_IF_NONE_MATCH=tag)
    assert (status, headers["access-control-allow-origin"]) == ("304 Not Modified", "*")


def test_policy_of_content_goes_with_a_304_too():
    site = Site(headers=[*HTML, ("Content-Security-Policy", "default-src 'none'"), ("Content-Language", "en")])
    tag = site.get()[1]["etag"]
    status, headers, _body = site.get(HTTP_IF_NONE_MATCH=tag)
    assert status == "304 Not Modified"
    assert headers["content-security-policy"] == "default-src 'none'"
    assert "content-type" not in headers and "content-language" not in headers


@pytest.mark.django_db
def test_lasting_part_outlives_a_commit_and_never_the_moment_that_changes_pages():
    """No question tells that a day has passed."""
    site, made = Site(), []
    site.moment = 1060.0

    def ask():
        made.append(site.now)
        return Topic.objects.count()

    answer = site._answer
    site.cache._application = lambda *given: kept.part(ask, "topics", lasting=True) and answer(*given)
    with one_connection():
        site.get()
        site.changes += 1
        site.get("/en/other/")
        assert made == [1000.0]
        Topic.objects.create(slug="one-more", name_en="One more")
        site.changes += 1
        site.get("/en/third/")
        assert made == [1000.0, 1000.0]
        # Somebody commits after the moment, or just then.
        site.now, site.moment, site.changes = 1060.0, 9000.0, site.changes + 1
        site.get("/en/fourth/")
        assert made == [1000.0, 1000.0, 1060.0]
