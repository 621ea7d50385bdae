"""Cards, lists, charts, the timeline and the map on other people's pages, and the oEmbed provider that speaks of them."""

import datetime
import html
import re
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.models import Event
from record import publishing
from record.embeds import ROWS
from record.models import FormerAddress
from tests import factories
from tests.outlets.test_queries import Crowd

pytestmark = [pytest.mark.one_engine, pytest.mark.django_db]
ORIGIN = "http://testserver"
EVENT = "/en/events/state-visit-ilham-aliyev-uzbekistan-2022/"
FRAMED = [
    EVENT, "/en/agreements/treaty-on-allied-relations-2024/", "/uz/initiatives/?status=completed", "/en/events/?kind=summit&sort=oldest",
    "/az/agreements/?topic=transport", "/ru/timeline/?topic=culture", "/en/timeline/?year=2024", "/ru/map/?after=2024", "/en/map/?near=baku&zoom=1",
    "/en/trade/charts/turnover/?reporter=az",
]  # fmt: skip


def ask(client, address, **more):
    return client.get("/oembed", {"url": ORIGIN + address, **more})


def source_of(said):
    return html.unescape(re.search(r'src="([^"]*)"', said["html"])[1])


@pytest.mark.parametrize("address", FRAMED)
def test_page_names_its_frame_which_may_stand_anywhere_and_leads_back(client, address):
    page = client.get(address).content.decode()
    links = re.findall(r'<link rel="alternate" type="(application/json|text/xml)\+oembed" href="([^"]*)"', page)
    assert [kind for kind, _address in links] == ["application/json", "text/xml"]
    said = client.get(html.unescape(links[0][1]).removeprefix(ORIGIN)).json()
    frame = source_of(said)
    assert f'src="{frame}"' in html.unescape(page)
    answer = client.get(frame.removeprefix(ORIGIN))
    assert answer.status_code == 200
    assert "X-Frame-Options" not in answer
    assert "frame-ancestors *" in answer["Content-Security-Policy"] and "unsafe" not in answer["Content-Security-Policy"]
    words = html.unescape(answer.content.decode())
    assert words.count("<h1") == 1 and "<form" not in words and "<nav" not in words
    whole = urlsplit(re.search(r'<link rel="canonical" href="([^"]*)"', words)[1])
    assert whole.path == urlsplit(address).path
    assert parse_qs(whole.query) == parse_qs(urlsplit(address).query)


def test_no_other_page_may_be_framed(client):
    for address in ("/en/", EVENT, "/en/events/", "/en/map/", "/en/timeline/", "/oembed"):
        answer = client.get(address)
        assert answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_answer_is_that_of_the_specification_as_json_and_as_xml_alike(client):
    said = ask(client, EVENT).json()
    assert said.keys() == {"version", "type", "title", "provider_name", "provider_url", "cache_age", "width", "height", "html"}
    assert (said["version"], said["type"], said["provider_url"]) == ("1.0", "rich", f"{ORIGIN}/en/")
    answer = ask(client, EVENT, format="xml")
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    tree = ElementTree.fromstring(answer.content)
    assert tree.tag == "oembed"
    assert {child.tag: child.text for child in tree} == {name: str(value) for name, value in said.items()}


@pytest.mark.parametrize("name", ["maxwidth", "maxheight"])
@pytest.mark.parametrize("most", [1, 200, 9999])
def test_frame_is_never_larger_than_asked(client, name, most):
    size = {"maxwidth": "width", "maxheight": "height"}[name]
    own, said = ask(client, EVENT).json(), ask(client, EVENT, **{name: most}).json()
    assert said[size] == min(most, own[size])
    assert f'{size}="{said[size]}"' in said["html"]


@pytest.mark.parametrize(
    ("status", "question"),
    [
        (501, {"format": "yaml"}), (501, {"format": "JSON"}), (400, {"url": ""}), (400, {"maxwidth": "wide"}), (400, {"maxwidth": "0"}), (400, {"maxheight": "-1"}),
        (400, {"maxheight": "²"}), (404, {"url": "https://example.org/en/map/"}), (404, {"url": "http://testserver.example.org/en/map/"}),
        (404, {"url": "/en/map/"}), (404, {"url": "ftp://testserver/en/map/"}), (404, {"url": "http://testserver/en/"}), (404, {"url": "http://testserver/admin/"}),
        (404, {"url": "http://testserver/en/events/never-was/"}), (404, {"url": "http://testserver/en/events/?kind=zzz"}), (404, {"url": "http://[testserver/en/map/"}),
        (404, {"url": "http://testserver/en/map/?near=never-was"}), (404, {"url": "http://testserver/en/timeline/?year=x"}),
        (404, {"url": "http://testserver/en/trade/charts/none/"}), (404, {"url": "http://testserver/en/trade/charts/turnover/?after=x"}),
        (404, {"url": "http://testserver/en/events/?q=" + "x" * 5000}), (404, {"url": "http://user@testserver/en/map/"}),
        (404, {"url": "http://testserver/en/events/?q=%00"}), (404, {"url": "http://testserver/en/events/?q=%ff"}),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_by_its_own_status(client, status, question):
    answer = client.get("/oembed", {"url": f"{ORIGIN}{EVENT}", **question})
    # A question over the length that the door lets through is refused there.
    assert answer.status_code == (400 if len(question.get("url", "")) > 4000 else status)
    assert "html" not in answer.content.decode() or answer["Content-Type"] != "application/json"


def test_answer_speaks_the_language_of_the_address_whoever_asks(client):
    for lang, title in (("en", "Map"), ("ru", "Карта"), ("az", "Xəritə"), ("uz", "Xarita")):
        said = client.get("/oembed", {"url": f"{ORIGIN}/{lang}/map/"}, headers={"accept-language": "uz"}).json()
        assert said["title"] == title
        assert source_of(said) == f"{ORIGIN}/{lang}/map/embed/"


def test_title_and_question_cannot_break_out_of_the_frame(empty_record, client):
    event = factories.EventFactory(published=True, title_en='"><script>alert(1)</script>')
    said = ask(client, event.get_absolute_url()).json()
    assert "<script" not in said["html"] and said["html"].count("<iframe") == 1
    said = ask(client, '/en/events/?q="><script>').json()
    assert "<script" not in said["html"]


def test_unpublished_is_not_there_and_withdrawn_says_so(empty_record, client):
    draft, later = factories.EventFactory.create_batch(2, title_en="Not yet known")
    gone = factories.EventFactory(published=True, title_en="Not known any more")
    publishing.schedule(later, by=None, at=timezone.now() + datetime.timedelta(days=1))
    shown = ask(client, gone.get_absolute_url())
    assert shown.status_code == 200
    publishing.withdraw(gone, by=None, reason="Entered twice.")
    for entry, status in ((draft, 404), (later, 404), (gone, 410)):
        frame = client.get(f"{entry.get_absolute_url()}embed/")
        assert frame.status_code == status
        assert entry.title_en not in frame.content.decode()
        assert ask(client, entry.get_absolute_url()).status_code == 404
    frame = client.get(f"{gone.get_absolute_url()}embed/").content.decode()
    assert "Entered twice." in frame and f"Event {gone.code}" in frame


def test_former_address_leads_to_the_present_card(empty_record, client):
    event = factories.EventFactory(published=True)
    FormerAddress.objects.create(letter="E", slug="before", number=event.number)
    answer = client.get("/en/events/before/embed/")
    assert (answer.status_code, answer["Location"]) == (301, f"{event.get_absolute_url()}embed/")


@pytest.mark.parametrize("path", ["events", "agreements", "initiatives", "timeline"])
def test_list_shows_its_first_rows_and_leads_to_all(client, path):
    page, frame = client.get(f"/en/{path}/?after=2022"), client.get(f"/en/{path}/embed/?after=2022")
    first = [getattr(row, "entry", row).code for row in page.context["page"].rows[:ROWS]]
    assert [entry.code for _kind, entry in frame.context["rows"]] == first
    words = frame.content.decode()
    assert words.count('<li class="row">') == len(first) == ROWS
    assert f'href="/en/{path}/?after=2022">All {page.context["listing"].total} results' in words


@pytest.mark.parametrize(
    "address", ["events/embed/?kind=zzz", "timeline/embed/?year=x", "map/embed/?near=never-was", "agreements/embed/?after=soon"]
)
def test_malformed_question_in_a_frame_is_refused_and_shows_nothing(client, address):
    answer = client.get(f"/en/{address}")
    words = answer.content.decode()
    assert answer.status_code == 400
    assert 'class="note wrong"' in words
    assert 'class="row"' not in words and 'class="map"' not in words


def test_marks_of_a_framed_map_lead_to_the_full_page(client):
    words = client.get("/en/map/embed/?topic=culture").content.decode()
    leads = re.findall(r'<a href="([^"]*)" aria-label', words)
    assert leads and all(address.startswith("/en/map/?topic=culture") for address in leads)


def test_no_entry_can_take_the_address_of_a_frame(empty_record):
    event = Event(slug="embed")
    with pytest.raises(ValidationError, match="embed"):
        event.clean()


def test_frames_ask_as_little_for_three_thousand_rows_as_for_one(empty_record, client, django_assert_max_num_queries):
    crowd = Crowd()
    addresses = ["events/embed/", "agreements/embed/", "initiatives/embed/", "timeline/embed/", "map/embed/", "events/event-1/embed/"]

    def asked(address):
        with django_assert_max_num_queries(30) as queries:
            assert client.get(f"/en/{address}").status_code == 200
        return len(queries)

    crowd.add([1, 2, 3])
    few = [asked(address) for address in addresses]
    crowd.add(range(4, 3001))
    assert all(more <= less for more, less in zip([asked(address) for address in addresses], few, strict=True))
