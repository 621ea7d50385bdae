"""The index of maps, and each map: public pages in each language with their sisters and the moment of their last change."""

import re
from xml.etree import ElementTree

import pytest

from events.models import Event
from record.csvfile import moment
from relations_site import sitemaps
from tests import factories
from tests.walk import LANGS

pytestmark = pytest.mark.django_db
SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
SITE = "http://testserver"


def read(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return ElementTree.fromstring(answer.content)


def maps(client):
    """{path of a map: its moment}."""
    found = read(client, "/sitemap.xml").findall("s:sitemap", SPACES)
    return {row.findtext("s:loc", "", SPACES).removeprefix(SITE): row.findtext("s:lastmod", None, SPACES) for row in found}


def pages(client, address):
    """{address of a page: (its moment, {language: address})}."""
    return {
        row.findtext("s:loc", "", SPACES): (
            row.findtext("s:lastmod", None, SPACES),
            {link.get("hreflang"): link.get("href") for link in row.findall("x:link", SPACES)},
        )
        for row in read(client, address).findall("s:url", SPACES)
    }


def test_every_page_of_every_map_is_there_and_none_stands_in_two(client):
    seen = []
    for address in maps(client):
        if "-az-" in address or "-pages-" in address:
            seen += pages(client, address)
    assert len(seen) == len(set(seen)) > 500
    step = len(seen) // 40
    assert {client.get(address.removeprefix(SITE)).status_code for address in seen[::step]} == {200}


def test_entry_stands_in_each_language_with_its_sisters_and_its_last_change(client, empty_record):
    event = factories.EventFactory(published=True)
    event.refresh_from_db()
    for lang in LANGS:
        ((address, (changed, sisters)),) = pages(client, f"/sitemap-events-{lang}-1.xml").items()
        assert address == f"{SITE}/{lang}/events/{event.slug}/"
        assert changed == moment(max(event.modified_at, event.publish_at))
        assert sisters == {code: f"{SITE}/{code}/events/{event.slug}/" for code in LANGS} | {"x-default": f"{SITE}/events/{event.slug}/"}
    assert maps(client)["/sitemap-events-en-1.xml"] == changed


def test_address_without_a_language_leads_to_the_readers(client):
    event = Event.objects.public().first()
    answer = client.get(f"/events/{event.slug}/", headers={"accept-language": "uz"})
    assert answer["Location"] == f"/uz/events/{event.slug}/"


def test_unpublished_pages_stand_in_no_map(client, empty_record):
    draft = factories.EventFactory()
    assert [address for address in maps(client) if "pages" not in address] == []
    assert client.get("/sitemap-events-en-1.xml").status_code == 404
    factories.EventFactory(published=True)
    assert draft.slug not in client.get("/sitemap-events-en-1.xml").content.decode()
    assert list(maps(client))[4:] == [f"/sitemap-{kind}-{lang}-1.xml" for kind in ("events", "sources") for lang in LANGS]


def test_many_rows_take_several_maps_and_one_statement_each(client, empty_record, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(sitemaps, "PER_FILE", 2)
    factories.EventFactory.create_batch(5, published=True)
    found = [address for address in maps(client) if re.match(r"/sitemap-events-en-", address)]
    assert found == [f"/sitemap-events-en-{number}.xml" for number in (1, 2, 3)]
    assert [len(pages(client, address)) for address in found] == [2, 2, 1]
    with django_assert_num_queries(1):
        client.get(found[0])


@pytest.mark.parametrize("address", ["/sitemap-events-fr-1.xml", "/sitemap-nothing-en-1.xml", "/sitemap-pages-en-2.xml"])
def test_map_that_is_none_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_robots_names_the_index(client):
    assert "Sitemap: http://testserver/sitemap.xml\n" in client.get("/robots.txt").content.decode()
