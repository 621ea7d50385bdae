"""The addresses of the sources: who may be asked and how, what counts as dead, and what an editor does about it."""

import datetime
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command
from django.utils import timezone

from record.linkcheck import keeping
from record.linkcheck.asking import Answer, ask
from record.linkcheck.reach import Forbidden, Reach, is_public
from record.linkcheck.round import Round
from record.models import LinkCheck, Source
from tests import people
from tests.factories import SourceFactory

DAY = datetime.date(2026, 3, 1)
NEXT = datetime.date(2026, 3, 2)
MOMENT = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
GONE = Answer(404, "gone", "https://gazette.example/a")
WELL = Answer(200, "", "https://gazette.example/a")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "192.0.2.1", "2001:db8::1",
    ],
)  # fmt: skip
def test_no_private_machine_is_asked(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_public_machines_are_asked(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://gazette.example/", "file:///etc/passwd", "gopher://gazette.example/", "//gazette.example/", "https://", "nowhere",
        "https://user:secret@gazette.example/", "https://user@gazette.example/", "https://gazette.example:8443/",
        "http://gazette.example:22/", "http://gazette.example:99999/", "http://gazette.example/a b", "http://gazette.example/\r\nX: y",
    ],
)  # fmt: skip
def test_only_the_web_is_asked(address):
    with pytest.raises(Forbidden):
        Reach(resolver=lambda host, port: ["93.184.216.34"]).place(address)


@pytest.mark.parametrize("found", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], []])
def test_a_name_that_leads_to_a_private_machine_is_not_asked(found):
    with pytest.raises(Forbidden):
        Reach(resolver=lambda host, port: found).place("https://gazette.example/")


def test_this_machine_itself_is_refused():
    for address in ("http://127.0.0.1/", "http://[::1]/", "http://localhost/", "http://2130706433/", "http://0x7f.1/"):
        assert ask(address).fault in ("forbidden", "no-host"), address


@pytest.fixture
def server():
    """A site with answers of every sort; `asked` are the requests that it got."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self):
            served.asked.append((self.command, self.path, dict(self.headers)))
            status, headers, body = served.pages.get((self.command, self.path)) or served.pages.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET = answer

        def log_message(self, *args):
            pass

    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.asked, served.pages = [], {}
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield served
    served.shutdown()
    served.server_close()


@pytest.fixture
def site(server):
    """`site(path)` asks the server as a public one under a name; `resolved` are the names that were looked up."""
    port = server.server_address[1]
    resolved = []

    def resolver(host, _port):
        resolved.append(host)
        return {"gazette.example": ["127.0.0.1"], "inside.example": ["10.0.0.1"]}.get(host, [])

    reach = Reach(resolver, allowed=lambda ip: ip == "127.0.0.1", ports={"http": port})

    def asked(path):
        return ask(f"http://gazette.example:{port}{path}", reach=reach, seconds=2, in_all=4)

    asked.resolved, asked.base = resolved, f"http://gazette.example:{port}"
    return asked


def test_a_head_suffices_and_the_site_is_told_who_asks(server, site, settings):
    settings.ALLOWED_HOSTS = ["record.example"]
    server.pages["/a"] = (200, {}, b"")
    assert site("/a") == Answer(200, "", f"{site.base}/a")
    [(method, _path, headers)] = server.asked
    assert method == "HEAD" and "record.example" in headers["User-Agent"] and headers["Host"].startswith("gazette.example")
    assert site.resolved == ["gazette.example"]


def test_where_head_is_not_answered_the_beginning_is_asked(server, site):
    server.pages["HEAD", "/a"] = (405, {}, b"")
    server.pages["GET", "/a"] = (206, {}, b"x" * 100_000)
    assert site("/a").status == 200
    assert server.asked[1][2]["Range"] == "bytes=0-4095"


@pytest.mark.parametrize(
    ("status", "fault", "fails"),
    [
        (404, "gone", True),
        (410, "gone", True),
        (500, "broken", True),
        (403, "refused", False),
        (429, "refused", False),
        (451, "refused", False),
    ],
)
def test_what_an_answer_means(server, site, status, fault, fails):
    server.pages["/a"] = (status, {}, b"")
    answer = site("/a")
    assert (answer.fault, answer.fails) == (fault, fails)


def test_redirects_are_followed_and_told(server, site):
    server.pages["/a"] = (301, {"Location": "/b"}, b"")
    server.pages["/b"] = (302, {"Location": f"{site.base}/c?x=1"}, b"")
    server.pages["/c?x=1"] = (200, {}, b"")
    assert site("/a") == Answer(200, "", f"{site.base}/c?x=1")


@pytest.mark.parametrize("location", ["http://inside.example/", "file:///etc/passwd", "http://127.0.0.1/", "//user@gazette.example/"])
def test_a_redirect_into_the_house_is_not_followed(server, site, location):
    server.pages["/a"] = (302, {"Location": location.replace("inside.example", f"inside.example:{server.server_address[1]}")}, b"")
    assert site("/a").fault == "forbidden"
    assert len(server.asked) == 1


def test_a_circle_ends(server, site):
    server.pages["/a"] = (302, {"Location": "/a"}, b"")
    assert site("/a").fault == "astray"
    assert len(server.asked) <= 10


def test_the_machine_that_was_looked_at_is_the_one_that_is_asked(server, site):
    """A name that answers differently the second time gains nothing: it is looked up once for each hop."""
    server.pages["/a"] = (200, {}, b"")
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    reach = Reach(lambda host, port: next(answers), allowed=lambda ip: ip == "127.0.0.1", ports={"http": server.server_address[1]})
    assert ask(f"{site.base}/a", reach=reach).status == 200


def test_patience_that_is_asked_for_is_told(server, site):
    server.pages["/a"] = (429, {"Retry-After": "120"}, b"")
    assert site("/a").wait == 120
    assert [method for method, _path, _headers in server.asked] == ["HEAD"]


def test_a_host_that_nobody_knows_fails():
    def unknown(host, port):
        import socket

        raise socket.gaierror

    assert ask("https://gazette.example/", reach=Reach(unknown)).fault == "no-host"


@pytest.mark.parametrize(
    ("before", "fails", "day", "after"),
    [
        ((None, None), False, DAY, (None, None)),
        ((None, None), True, DAY, (DAY, None)),
        ((DAY, None), True, DAY, (DAY, None)),
        ((DAY, None), True, NEXT, (DAY, DAY)),
        ((DAY, DAY), True, NEXT, (DAY, DAY)),
        ((DAY, DAY), True, DAY, (DAY, DAY)),
        ((DAY, DAY), False, NEXT, (None, None)),
        ((DAY, None), False, NEXT, (None, None)),
    ],
)
def test_dead_after_failures_on_two_days(before, fails, day, after):
    assert keeping.failing(*before, fails=fails, day=day) == after


def dead_source(**more):
    source = SourceFactory(url="https://gazette.example/a", **more)
    for days in (0, 1):
        keeping.keep(keeping.Due(source.pk, "url", source.url), GONE, at=MOMENT + datetime.timedelta(days=days))
    return source


def in_the_queue(source):
    return Source.objects.filter(keeping.waiting(), pk=source.pk).exists()


@pytest.mark.django_db
def test_a_dead_address_waits_until_it_answers():
    source = dead_source()
    assert source.link_checks.get().dead_since == DAY and in_the_queue(source)
    keeping.keep(keeping.Due(source.pk, "url", source.url), WELL)
    assert not in_the_queue(source)


@pytest.mark.django_db
def test_an_archived_address_stands_for_a_dead_one_unless_it_is_dead_too():
    source = dead_source(archived_url="https://archive.example/a")
    assert not in_the_queue(source)
    for days in (0, 1):
        keeping.keep(keeping.Due(source.pk, "archived_url", source.archived_url), GONE, at=MOMENT + datetime.timedelta(days=days))
    assert in_the_queue(source)


@pytest.mark.django_db
def test_another_address_starts_anew():
    source = dead_source()
    Source.objects.filter(pk=source.pk).update(url="https://gazette.example/b")
    assert not in_the_queue(source)
    assert keeping.keep(keeping.Due(source.pk, "url", "https://gazette.example/a"), GONE) is None
    assert keeping.keep(keeping.Due(source.pk, "url", "https://gazette.example/b"), GONE).dead_since is None
    Source.objects.filter(pk=source.pk).update(url="")
    assert keeping.forget_lost() == 1


@pytest.mark.django_db
def test_those_not_asked_for_longest_come_first_and_the_fresh_are_left_alone(empty_record):
    now = timezone.now()
    fresh, stale, never = (SourceFactory(url=f"https://gazette.example/{n}") for n in range(3))
    for source, days in ((fresh, 0.1), (stale, 9)):
        keeping.keep(keeping.Due(source.pk, "url", source.url), WELL, at=now - datetime.timedelta(days=days))
    assert [due.source for due in keeping.due(before=now - datetime.timedelta(days=1))] == [never.pk, stale.pk]


def dues(*addresses):
    return [keeping.Due(at, "url", address) for at, address in enumerate(addresses)]


def test_no_host_is_asked_twice_within_the_pause():
    clock, asked = [0.0], []

    def asking(address):
        asked.append((address[8:9], clock[0]))
        return WELL

    found = Round(dues("https://a/1", "https://a/2", "https://b/1", "https://a/3"), asking, pause=2, now=lambda: clock[0],
                  sleep=lambda seconds: clock.__setitem__(0, clock[0] + seconds))  # fmt: skip
    assert len(list(found)) == 4
    assert asked == [("a", 0), ("b", 0), ("a", 2), ("a", 4)]


def test_a_host_that_asks_for_much_patience_is_left_for_the_next_round():
    slept = []
    found = Round(
        dues("https://a/1", "https://a/2"), lambda address: Answer(429, "refused", address, 3600), now=lambda: 0.0, sleep=slept.append
    )
    assert len(list(found)) == 1 and found.put_off == 1 and slept == []


@pytest.mark.django_db
def test_the_command_keeps_every_answer_and_may_be_interrupted(empty_record, capsys):
    """Of this machine itself: it is refused, so nothing leaves the house."""
    first, second = (SourceFactory(url=f"http://127.0.0.{n}/") for n in (1, 2))
    call_command("check_links", limit=1, pause=0)
    assert list(LinkCheck.objects.values_list("source", "fault")) == [(first.pk, "forbidden")]
    call_command("check_links", pause=0)
    assert set(LinkCheck.objects.values_list("source", flat=True)) == {first.pk, second.pk}
    assert "1 of 1 addresses asked: 1 fail, 0 of them dead." in capsys.readouterr().out


@pytest.mark.django_db
def test_editor_sets_the_archived_address(admin_client):
    source = dead_source()
    page = f"/admin/record/source/{source.pk}/links/"
    assert "https://gazette.example/a" in admin_client.get(page).content.decode()
    token = {"version_token": source.version, "archive": "1"}
    assert admin_client.post(page, {**token, "archived_url": "javascript:alert(1)"}).status_code == 200
    assert in_the_queue(source)
    assert admin_client.post(page, {**token, "archived_url": "https://archive.example/a"}).status_code == 302
    assert not in_the_queue(source)
    assert source.history.first().archived_url == "https://archive.example/a"


@pytest.mark.django_db
@pytest.mark.parametrize("by", ["page", "list"])
def test_editor_says_that_it_is_fine(admin_client, by):
    source = dead_source()
    if by == "page":
        admin_client.post(f"/admin/record/source/{source.pk}/links/", {"fine": "1"})
    else:
        admin_client.post("/admin/record/source/?queue=dead-links", {"action": "links_are_fine", "_selected_action": [source.pk]})
    assert not in_the_queue(source)
    assert source.link_checks.get().fine_by.is_superuser


@pytest.mark.django_db
def test_who_may_only_look_changes_no_link(client):
    source = dead_source()
    client.force_login(people.author())
    page = f"/admin/record/source/{source.pk}/links/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"fine": "1"}).status_code == 403
    assert in_the_queue(source)


@pytest.mark.django_db
def test_a_source_that_was_only_checked_can_be_deleted(admin_client):
    source = dead_source()
    admin_client.post(f"/admin/record/source/{source.pk}/delete/", {"post": "yes"})
    assert not Source.objects.filter(pk=source.pk).exists()
