"""Editors take turns: saves first, readers never, nobody for long."""

import threading
from io import BytesIO

import pytest

from relations_site.turns import LARGEST, MOST_WAITING, Turns
from relations_site.whole import Whole

pytestmark = pytest.mark.one_engine


class Desk:
    """An application that says who came in, and lets each out when told."""

    def __init__(self, patience=30.0):
        self.came, self.doors, self.bodies, self.arrived = [], {}, {}, threading.Condition()
        self.turns, self.threads = Turns(self._answer, "/admin/", "session", patience), []

    def _answer(self, request, start_response):
        name = request["name"]
        with self.arrived:
            self.came.append(name)
            self.bodies[name] = request["wsgi.input"].read()
            self.arrived.notify_all()
        if request.get("fails"):
            raise ValueError(name)
        assert self.doors[name].wait(30)
        return [b""]

    def ask(self, name, method="GET", path="/admin/events/", body=b"", **more):
        """Come to the desk; returns at once."""
        self.doors[name] = threading.Event()
        request = {
            "name": name,
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "wsgi.input": BytesIO(body),
            "HTTP_COOKIE": "session=1",
            **more,
        }
        if body:
            request["CONTENT_LENGTH"] = str(len(body))
        thread = threading.Thread(target=lambda: self.turns(request, None), daemon=True)
        self.threads.append(thread)
        thread.start()
        return thread

    def wait_for(self, *names):
        """Until exactly these have come in, in this order."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.came) >= len(names), 30)
            assert self.came == list(names)

    def wait_until_queued(self, number):
        """Until so many stand in line."""
        for _ in range(3000):
            if len(self.turns._waiting) == number:
                return
            threading.Event().wait(0.01)
        pytest.fail(f"{len(self.turns._waiting)} wait, not {number}")

    def let_out(self, name):
        self.doors[name].set()


def test_saves_go_first_and_the_others_in_the_order_in_which_they_came():
    desk = Desk()
    desk.ask("first")
    desk.wait_for("first")
    for number, (name, method) in enumerate([("form", "GET"), ("list", "GET"), ("save", "POST"), ("second save", "POST")], start=1):
        desk.ask(name, method)
        desk.wait_until_queued(number)
    order = ["first", "save", "second save", "form", "list"]
    for number, name in enumerate(order, start=1):
        desk.wait_for(*order[:number])
        desk.let_out(name)
    for thread in desk.threads:
        thread.join(30)
    desk.ask("later")
    desk.wait_for(*order, "later")
    desk.let_out("later")


def test_readers_wait_for_nobody():
    desk = Desk()
    desk.ask("editor")
    desk.wait_for("editor")
    desk.ask("reader", path="/en/events/")
    desk.wait_for("editor", "reader")
    desk.let_out("editor")
    desk.let_out("reader")


def test_whoever_waited_long_enough_goes_on_and_takes_nobodys_turn():
    desk = Desk(patience=0.2)
    desk.ask("import")
    desk.wait_for("import")
    desk.ask("impatient")
    desk.wait_for("import", "impatient")
    desk.let_out("impatient")
    desk.threads[1].join(30)
    assert desk.turns._busy == 1
    desk.let_out("import")
    desk.threads[0].join(30)
    assert desk.turns._busy == 0


def test_who_has_no_session_waits_for_nobody_and_keeps_nobody_waiting():
    desk = Desk()
    desk.ask("editor")
    desk.wait_for("editor")
    desk.ask("nobody", "POST", "/admin/login/", HTTP_COOKIE="csrf=1")
    desk.wait_for("editor", "nobody")
    assert desk.turns._busy == 1
    for name in ("editor", "nobody"):
        desk.let_out(name)


def test_not_more_than_a_few_wait_at_once():
    desk = Desk()
    desk.ask("import")
    desk.wait_for("import")
    for number in range(MOST_WAITING):
        desk.ask(f"form {number}")
        desk.wait_until_queued(number + 1)
    desk.ask("one too many")
    desk.wait_for("import", "one too many")
    for name in desk.doors:
        desk.let_out(name)
    for thread in desk.threads:
        thread.join(30)
    assert desk.turns._busy == 0


def test_save_that_did_not_arrive_whole_is_refused_before_its_turn():
    desk, told = Desk(), []
    request = {"name": "half", "REQUEST_METHOD": "POST", "PATH_INFO": "/admin/", "HTTP_COOKIE": "session=1"}
    request |= {"CONTENT_LENGTH": "20", "wsgi.input": BytesIO(b"title=Half")}
    assert Whole(desk.turns)(request, lambda *args: told.append(args)) == [b""]
    assert told[0][0] == "400 Bad Request"
    assert (desk.came, desk.turns._busy) == ([], 0)


def test_request_that_fails_gives_its_turn_on():
    desk = Desk()
    with pytest.raises(ValueError, match="broken"):
        desk.turns(
            {
                "name": "broken",
                "fails": True,
                "REQUEST_METHOD": "GET",
                "PATH_INFO": "/admin/",
                "HTTP_COOKIE": "session=1",
                "wsgi.input": BytesIO(),
            },
            None,
        )
    desk.ask("next")
    desk.wait_for("broken", "next")
    desk.let_out("next")


def test_large_file_takes_no_turn_and_a_small_one_arrives_whole():
    desk = Desk()
    desk.ask("save", "POST", body=b"title=Visit")
    desk.wait_for("save")
    desk.ask("picture", "POST", body=b"x" * (LARGEST + 1))
    desk.wait_for("save", "picture")
    assert desk.bodies["save"] == b"title=Visit"
    assert len(desk.bodies["picture"]) == LARGEST + 1
    for name in ("save", "picture"):
        desk.let_out(name)


@pytest.mark.parametrize("length", ["", "many", "-5"])
def test_length_that_is_no_number_is_left_to_the_application(length):
    desk = Desk()
    desk.ask("odd", "POST", CONTENT_LENGTH=length)
    desk.wait_for("odd")
    desk.let_out("odd")
