"""What /api/v1/ promises: pages by cursor that rows added meanwhile do not move, validators, refusals, rate, reading from any site."""

import datetime
import json

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from cooperation.models import TradeFigure
from record import publishing
from relations_site.api.resources import RESOURCES
from tests import factories
from tests.walk import LANGS

pytestmark = pytest.mark.django_db
NAMES = [resource.name for resource in RESOURCES]
BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def said(client, address, status=200, **more):
    answer = client.get(address, **more)
    assert answer.status_code == status, (address, answer.content[:300])
    assert answer["Content-Type"] == ("application/json" if status == 200 else "application/problem+json")
    return json.loads(answer.content)


def turned(client, address):
    """The keys of all pages of a list."""
    found = []
    while address:
        page = said(client, address)
        found += [row.get("number") or row["slug"] for row in page["results"]]
        address = page["next"]
    return found


def test_root_leads_to_every_list_and_to_the_description(client):
    root = said(client, "/api/v1/")
    assert list(root["resources"]) == NAMES
    for address in [*root["resources"].values(), *root["documentation"].values(), root["description"]]:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("resource", RESOURCES, ids=NAMES)
def test_list_and_row_say_the_same_in_the_columns_of_the_outlets(client, resource):
    page = said(client, resource.address())
    assert page["count"] == len(turned(client, f"{resource.address()}?limit=7")) > 0
    row = page["results"][0]
    full = said(client, row["api_address"])
    own = {name: value for name, value in full.items() if name in row}
    assert own == row
    assert set(resource.columns.names) - {"page_address"} < set(row)
    assert [client.get(row["pages"][lang]).status_code for lang in LANGS] == [200] * 4


@pytest.mark.parametrize(
    "question", ["", "sort=oldest", "kind=summit&kind=working-visit", "place=tashkent&after=2020", "confirmed=both-sides&q=visit"]
)
def test_pages_of_any_size_hold_each_row_once_and_in_the_same_order(client, question):
    whole = turned(client, f"/api/v1/events/?{question}")
    assert whole
    assert turned(client, f"/api/v1/events/?{question}&limit=3") == whole


ORDERS = [(one, order) for one in RESOURCES for order in one.listing.ORDERS]


@pytest.mark.parametrize(("resource", "order"), ORDERS, ids=[f"{one.name} {order}" for one, order in ORDERS])
def test_every_order_turns_its_pages_one_row_after_the_other(client, resource, order):
    whole = turned(client, f"{resource.address()}?sort={order}")
    size = max(1, len(whole) // 9)
    assert turned(client, f"{resource.address()}?sort={order}&limit={size}") == whole


@pytest.mark.parametrize(("sort", "expected"), [("newest", [7, 6, 5, 4, 3, 2, 1]), ("oldest", [1, 2, 3, 4, 5, 6, 7])])
def test_rows_that_are_added_and_withdrawn_meanwhile_move_nothing(client, empty_record, sort, expected):
    events = {day: factories.EventFactory(date=f"2020-01-0{day}", published=True) for day in range(1, 8)}
    first = said(client, f"/api/v1/events/?limit=3&sort={sort}")
    factories.EventFactory(date="2019-05-05", published=True)
    factories.EventFactory(date="2021-05-05", published=True)
    publishing.withdraw(events[expected[2]], by=None, reason="Entered twice.")
    rest = turned(client, first["next"])
    shown = [row["number"] for row in first["results"]] + rest
    assert [number for number in shown if number in {event.code for event in events.values()}] == [events[day].code for day in expected]
    assert len(shown) == len(set(shown)) == 8


def test_rows_without_a_date_are_turned_like_all_others(client, empty_record):
    for date in ("", "2020", "", "1999-01", ""):
        factories.EventFactory(date=date, published=True)
    for sort in ("newest", "oldest"):
        assert len(set(turned(client, f"/api/v1/events/?limit=2&sort={sort}"))) == 5


def test_last_page_names_no_next_and_a_next_page_is_named_in_a_header_too(client):
    answer = client.get("/api/v1/topics/?limit=1")
    assert answer["Link"] == f'<{json.loads(answer.content)["next"]}>; rel="next"'
    last = client.get("/api/v1/series/")
    assert json.loads(last.content)["next"] is None
    assert "Link" not in last.headers


FAULTS = [
    ("kind=zzz", "kind"), ("after=2022-13", "after"), ("limit=0", "limit"), ("limit=101", "limit"), ("limit=ten", "limit"), ("page=2", "page"),
    ("cursor=x", "cursor"), ("cursor=%C3%A9", "cursor"), ("cursor=" + "a" * 2001, "cursor"), ("topc=trade", "topc"),
    ("after=2020&after=2021", "after"), ("format=xml", "format"), ("sort=-id", "sort"), ("place=nowhere", "place"), ("limit=" + "9" * 400, "limit"),
    ("kind=", "kind"), ("q=+", "q"), ("cursor=", "cursor"), ("kind=summit&kind=", "kind"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "name"), FAULTS)
def test_question_that_cannot_be_answered_is_refused_with_the_name_of_its_fault(client, question, name):
    problem = said(client, f"/api/v1/events/?{question}", 400)
    assert [error["name"] for error in problem["errors"]] == [name]
    assert (problem["status"], problem["type"]) == (400, "about:blank")


def test_cursor_belongs_to_its_question_and_cannot_be_made_up(client):
    follows = said(client, "/api/v1/events/?limit=2")["next"]
    cursor = follows.partition("cursor=")[2].partition("&")[0]
    assert said(client, f"/api/v1/events/?limit=50&cursor={cursor}")["results"]
    for address in (f"events/?kind=summit&cursor={cursor}", f"agreements/?cursor={cursor}", f"events/?cursor={cursor[:-1]}"):
        assert said(client, f"/api/v1/{address}", 400)["errors"][0]["name"] == "cursor"


@pytest.mark.parametrize("path", ["events/", "events/E2/", "people/", "openapi.json", ""])
def test_answer_is_known_by_its_etag_also_for_head_and_read_from_any_site(client, path):
    answer, head = client.get(f"/api/v1/{path}"), client.head(f"/api/v1/{path}")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == answer.headers
    assert client.get(f"/api/v1/{path}", headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Accept" in answer["Vary"]
    assert path in ("openapi.json", "") or answer["Last-Modified"].endswith("GMT")


@pytest.mark.parametrize("path", ["events/", "events/E2/", "", "openapi.json", "nowhere/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_everything_but_reading_is_refused_in_problem_details(client, path, method):
    strict = type(client)(enforce_csrf_checks=True)
    answer = getattr(strict, method)(f"/api/v1/{path}")
    assert (answer.status_code, answer["Allow"], answer["Content-Type"]) == (405, "GET, HEAD, OPTIONS", "application/problem+json")


def test_browser_of_another_site_is_told_that_it_may_ask(client):
    answer = client.options("/api/v1/events/", headers={"origin": "https://example.org", "access-control-request-method": "GET"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]


def test_withdrawn_answers_410_with_the_reason_and_unpublished_as_if_it_never_was(client, empty_record):
    gone, draft = factories.EventFactory(published=True), factories.EventFactory(date="1999")
    publishing.withdraw(gone, by=None, reason="Entered twice.")
    assert said(client, f"/api/v1/events/{gone.code}/", 410)["reasons"] == {"en": "Entered twice."}
    assert said(client, f"/api/v1/events/{draft.code}/", 404) == said(client, "/api/v1/events/E999999/", 404)
    topic = factories.TopicFactory()
    draft.topics.add(topic)
    assert said(client, f"/api/v1/topics/{topic.slug}/", 404) == said(client, "/api/v1/topics/nothing/", 404)
    assert said(client, "/api/v1/topics/")["results"] == []


@pytest.mark.parametrize("path", ["", "events/E2/", "openapi.json"])
@pytest.mark.parametrize("question", ["limit=3", "format=xml", "format=", "format=json&format=json", "kind=summit"])
def test_parameter_that_an_address_does_not_know_is_refused_there_too(client, path, question):
    assert said(client, f"/api/v1/{path}?{question}", 400)["errors"][0]["name"] == question.partition("=")[0]


@pytest.mark.parametrize("path", ["nowhere/", "events/A1/", "events/E0/", "events/E1/x/", "events/e1/", "sources/S99999999999/"])
def test_address_of_nothing_is_refused_in_problem_details(client, path):
    assert said(client, f"/api/v1/{path}", 404)["status"] == 404


def test_address_without_its_last_stroke_leads_to_the_one_that_is_meant(client):
    answer = client.get("/api/v1/events?kind=summit")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/events/?kind=summit")


@pytest.mark.parametrize("path", ["", "events/", "events/E2/", "events/?kind=zzz", "events/E99999/", "trade/statistics/"])
def test_browser_gets_a_page_that_shows_the_answer_without_a_script_or_style_of_its_own(client, path):
    answer, plain = client.get(f"/api/v1/{path}", headers=BROWSER), client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (plain.status_code, "text/html; charset=utf-8")
    page = answer.content.decode()
    assert "<script" not in page and "style=" not in page
    assert "format=json" in page
    assert answer.headers.get("ETag") != plain.headers.get("ETag") or answer.status_code != 200


def test_answer_on_a_page_is_escaped_and_links_to_this_site_alone(client, empty_record):
    event = factories.EventFactory(title_en='<script>alert(1)</script> "https://elsewhere.example/x"', published=True)
    page = client.get(f"/api/v1/events/{event.code}/", headers=BROWSER).content.decode()
    assert "<script" not in page
    assert 'href="https://elsewhere.example' not in page
    assert f'href="http://testserver/r/{event.code}"' in page


def test_agreement_is_told_as_of_the_day_of_the_question(client, empty_record):
    treaty = factories.AgreementFactory(date="2020-01-01", binding="yes", published=True)
    row = said(client, "/api/v1/agreements/?on=2021-05-05")["results"][0]
    assert (row["number"], row["as_of"]) == (treaty.code, "2021-05-05")
    assert said(client, f"/api/v1/agreements/{treaty.code}/")["as_of"] == datetime.date.today().isoformat()


def test_observation_by_itself_tells_its_releases_and_the_list_the_newest_alone(client, empty_record):
    first = factories.observed(value=10, released_on=datetime.date(2020, 1, 1))
    second = factories.observed(value=20, released_on=datetime.date(2021, 1, 1))
    factories.TradeFigureFactory(value=30, released_on=datetime.date(2022, 1, 1))
    assert turned(client, "/api/v1/trade/statistics/") == [second.code]
    full = said(client, f"/api/v1/trade/statistics/{first.code}/")
    assert [release["number"] for release in full["releases"]] == [second.code, first.code]
    assert TradeFigure.objects.count() == 3


def test_reference_row_leads_to_the_lists_that_it_narrows(client):
    row = said(client, "/api/v1/places/tashkent/")
    assert said(client, row["lists"]["events"])["results"][0]["place"] == "tashkent"


def test_reference_row_names_the_rows_that_it_leads_to(client, empty_record):
    body, source = factories.OrganisationFactory(), factories.SourceFactory()
    series = factories.SeriesFactory(organisation=body, meets_every="P1Y", meets_every_source=source)
    event = factories.EventFactory(series=series, published=True)
    row = said(client, f"/api/v1/series/{series.slug}/")
    assert (row["organisation"], row["meets_every_source"]) == (None, None)
    event.participants.create(organisation=body)
    event.citations.create(source=source)
    row = said(client, f"/api/v1/series/{series.slug}/")
    assert (row["organisation"], row["meets_every_source"]) == (body.slug, source.code)


def test_body_that_only_drafts_name_is_no_part_of_what_readers_see(client, empty_record):
    person, hidden = factories.PersonFactory(), factories.OrganisationFactory()
    person.offices.create(title_en="Chair", organisation=hidden)
    factories.EventFactory(published=True).participants.create(person=person)
    (office,) = said(client, f"/api/v1/people/{person.slug}/")["offices"]
    assert (office["title_en"], office["organisation"]) == ("Chair", None)


def test_who_asks_too_often_is_asked_to_wait_and_others_are_not(client, settings):
    cache.clear()
    settings.API_RATE = "3/minute"
    with time_machine.travel(timezone.now().replace(second=5), tick=False):
        answers = [client.get("/api/v1/topics/") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1]["Content-Type"] == "application/problem+json"
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert client.get("/api/v1/topics/", REMOTE_ADDR="203.0.113.9").status_code == 200
    assert client.get("/en/topics/").status_code == 200
    cache.clear()


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "counted"),
    [
        (0, "192.0.2.1", "198.51.100.7", "192.0.2.1"), (1, "192.0.2.1", "1.1.1.1, 198.51.100.7", "198.51.100.7"),
        (2, "192.0.2.1", "198.51.100.7, 192.0.2.3", "198.51.100.7"), (1, "192.0.2.1", "", "192.0.2.1"),
        (0, "2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"), (1, "192.0.2.1", "nonsense", "nonsense"),
    ],
)  # fmt: skip
def test_address_that_asks_is_the_one_that_our_own_proxies_name(rf, settings, proxies, remote, forwarded, counted):
    from relations_site.rate import asked_from

    settings.PROXIES = proxies
    assert asked_from(rf.get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)) == counted


def test_answer_never_depends_on_the_language_of_the_reader(client):
    answers = [client.get("/api/v1/events/", headers={"accept-language": lang}) for lang in LANGS]
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize("lang", LANGS)
def test_interface_is_explained_on_a_page_in_every_language(client, lang):
    page = client.get(f"/{lang}/data/api/").content.decode()
    for resource in RESOURCES:
        assert reverse(f"api-{resource.name}") in page
    assert "EDTF" in page
