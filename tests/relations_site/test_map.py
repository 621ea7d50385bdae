"""The map: every entry of a question at its places, in marks, in the list beside them and as GeoJSON alike."""

import hashlib
import json
import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.http import QueryDict

from cooperation.models import AgreementAction
from record import kinds, publishing
from record.models import Place
from relations_site.atlas.clusters import Spot, clustered
from relations_site.atlas.drawing import LAYERS, Drawing
from relations_site.atlas.geometry import MOST_STEPS, region
from relations_site.atlas.listing import MapListing
from relations_site.atlas.places import Found
from tests import factories
from tests.outlets.test_queries import Crowd
from tests.relations_site.test_timeline import MALFORMED, rows

BASE = Path(settings.BASE_DIR)
MOST_QUERIES = 36
QUESTIONS = ("", "topic=culture", "letter=A", "q=transport", "place=baku", "confirmed=both-sides&before=2023-06", "year=2024", "after=2025")
pytestmark = pytest.mark.django_db


def listed(client, question=""):
    """{place: (number said for each kind, numbers of its first entries)} over all pages of the list."""
    found, number = {}, 1
    while True:
        page = client.get(f"/en/map/?{question}&page={number}").context["page"]
        found |= {one.slug: one for one in page.rows}
        if number >= page.last:
            return found
        number += 1


def placed(slug, latitude, longitude, country="uz", **fields):
    return factories.PlaceFactory(slug=slug, latitude=latitude, longitude=longitude, country=country, **fields)


def test_point_stands_where_the_vendored_drawing_puts_it():
    for longitude, latitude, x, y in region().checks:
        assert region().point(latitude, longitude) == pytest.approx((x, y), abs=0.02)


def test_vendored_geometry_is_the_files_that_were_made():
    listed = tomllib.loads((BASE / "relations_site/atlas/vendor/VENDORED.toml").read_text())["file"]
    assert {"static/img/region.svg", "relations_site/atlas/region.json"} < {entry["name"] for entry in listed}
    for entry in listed:
        assert hashlib.sha256((BASE / entry["name"]).read_bytes()).hexdigest() == entry["sha256"]


def test_drawing_has_a_path_for_every_country_and_nothing_that_runs():
    tree = ElementTree.parse(BASE / "static/img/region.svg").getroot()
    assert {child.get("id") for child in tree} == set(region().countries)
    assert {child.tag.rpartition("}")[2] for child in tree} == {"path"}
    assert {name for child in tree for name in child.attrib} == {"id", "d", "vector-effect"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_list_counts_at_each_place_what_the_timeline_finds_there(client, question):
    found = listed(client, question)
    assert found
    for slug, one in found.items():
        if "place=" not in question:
            at_place = rows(client, f"{question}&place={slug}")
            assert one.total == len(at_place), slug
            assert len(one.rows) == min(3, one.total)
            assert {row.entry.code for row in one.rows} <= set(at_place)


@pytest.mark.one_engine
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_entry_of_a_question_stands_at_a_place_or_among_those_without(client, question):
    listing = MapListing(QueryDict(question))
    without = rows(client, f"{question}&where=unknown")
    assert len(without) == listing.without_place
    everything = rows(client, question)
    placed = {code for code in everything if code not in without}
    stands = set()
    for slug in listed(client, question):
        stands |= set(rows(client, f"{question}&place={slug}")) if "place=" not in question else placed
    assert stands == placed


def test_link_to_what_has_no_place_says_how_many_it_finds(client):
    words = client.get("/en/map/").content.decode()
    address, said = re.search(r'href="(/en/timeline/\?where=unknown)">(\d+) entries without a place', words).groups()
    assert len(rows(client, address.partition("?")[2])) == int(said) > 0


@pytest.mark.one_engine
@pytest.mark.parametrize("layer", range(len(LAYERS)))
@pytest.mark.parametrize("question", QUESTIONS)
def test_marks_hold_every_place_on_the_map_once_with_the_sum_of_its_entries(question, layer):
    listing = MapListing(QueryDict(question))
    marks = Drawing(listing.listed, listing.frame, lambda found, opens: "#").layers[layer].marks
    on_map = [one for one in listing.listed if one.is_on_the_map]
    assert sorted(spot.found.slug for mark in marks for spot in mark.cluster.spots) == sorted(one.slug for one in on_map)
    assert sum(int(mark.number) for mark in marks) == sum(one.total for one in on_map)


def test_no_two_marks_of_a_layer_lie_on_each_other():
    listing = MapListing(QueryDict(""))
    for (_name, width), layer in zip(LAYERS, Drawing(listing.listed, listing.frame, lambda found, opens: "#").layers, strict=True):
        height = width * region().height / region().width
        spots = [(m.cluster.leading.x * width / 100, m.cluster.leading.y * height / 100, m.radius) for m in layer.marks]
        for number, (x, y, radius) in enumerate(spots):
            for other_x, other_y, other in spots[number + 1 :]:
                assert ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5 > radius + other


def test_cluster_opens_nearer_and_what_never_comes_apart_leads_to_the_list(empty_record, client):
    for slug, latitude, longitude in (("one", 41.31, 69.28), ("beside", 41.5, 69.6), ("same", 41.31, 69.28)):
        factories.EventFactory(published=True, place=placed(slug, latitude, longitude), host="first-country")
    factories.EventFactory(published=True, place=Place.objects.get(slug="one"))
    words = client.get("/en/map/").content.decode()
    assert set(re.findall(r'<a href="([^"#]*#[^"]*)" aria-label="([^"]*)"', words)) == {
        ("/en/map/?near=one&amp;zoom=1#map", "one and 2 places near it: 4 entries")
    }
    nearest = client.get(f"/en/map/?near=one&zoom={MOST_STEPS}").content.decode()
    leads = set(re.findall(r'<a href="(#[^"]*)" aria-label="([^"]*)"', nearest))
    for target, _label in leads:
        assert f'id="{target[1:]}"' in nearest
    together = "/en/map/?place=one&amp;place=same#places", "one and 1 place near it: 3 entries"
    assert together in set(re.findall(r'<a href="([^"]*)" aria-label="([^"]*)"', nearest))
    page = client.get("/en/map/?place=one&place=same")
    assert [found.slug for found in page.context["page"].rows] == ["one", "same"] and page.context["listing"].total == 3
    # These by themselves open no further: the mark leads to the section of the fullest.
    assert '<a href="#place-one" aria-label="one and 1 place near it: 3 entries"' in page.content.decode()


def test_every_mark_leads_to_what_is_there(client):
    words = client.get("/en/map/").content.decode()
    leads = {address.replace("&amp;", "&") for address in re.findall(r'<a href="([^"]*)" aria-label="[^"]*: \d+ entr', words)}
    assert len(leads) > 5
    for address in leads:
        path, _hash, target = address.partition("#")
        answer = client.get(path).content.decode() if path else words
        assert f'id="{target}"' in answer


def test_view_narrows_marks_and_list_alike_and_not_the_answer(client):
    whole, near = client.get("/en/map/").context["listing"], client.get("/en/map/?near=shusha&zoom=1").context["listing"]
    assert near.total == whole.total
    inside = [one.slug for one in whole.listed if one.point and near.frame.holds(one.point)]
    assert "shusha" in inside and "tashkent" not in inside
    assert [one.slug for one in near.listed] == inside


def test_agreement_stands_where_it_was_signed_also_in_two_places_and_once_in_each(empty_record, client):
    one, two = placed("one", 41, 69), placed("two", 40, 50, country="az")
    agreement = factories.AgreementFactory(published=True)
    for place in (one, one, two):
        AgreementAction.objects.create(agreement=agreement, kind="signed", date="2023-05-04", place=place)
    found = listed(client)
    assert {slug: (one.total, [row.entry.code for row in one.rows]) for slug, one in found.items()} == {
        "one": (1, [agreement.code]),
        "two": (1, [agreement.code]),
    }
    assert MapListing(QueryDict("")).total == 1


def test_place_beyond_the_map_or_without_coordinates_is_in_the_list_and_counted(empty_record, client):
    for slug, country, where in (("far", "us", (40.71, -74.0)), ("nowhere", "", (None, None)), ("here", "az", (40.41, 49.87))):
        factories.EventFactory(published=True, place=placed(slug, *where, country=country))
    answer = client.get("/en/map/")
    words = answer.content.decode()
    assert [one.slug for one in answer.context["page"].rows] == ["here", "far", "nowhere"]
    assert "2 places of this list lie beyond the map or have no coordinates." in words
    assert len(answer.context["map"].spots) == 1
    assert client.get("/en/map/?near=far").status_code == 200
    assert client.get("/en/map/?near=far").context["listing"].centre is None


@pytest.mark.parametrize("question", [*MALFORMED, "near=none-such", "near=baku&zoom=9", "zoom=x", "where=somewhere"])
def test_malformed_question_is_refused_in_a_sentence_without_a_mark(client, question):
    answer = client.get(f"/en/map/?{question}")
    words = answer.content.decode()
    assert answer.status_code == 400
    assert 'class="map"' not in words and 'class="place-row"' not in words
    assert re.search(r'<div class="note wrong" role="alert">.*?<li><b>[^<]+:</b> [^<]+', words, re.S)
    data = client.get(f"/en/map.json?{question}")
    assert data.status_code == 400 and data["Content-Type"] == "application/problem+json"
    assert json.loads(data.content)["errors"]


def test_page_behind_the_last_is_not_found(client):
    assert client.get("/en/map/?page=500").status_code == 404


@pytest.mark.parametrize("lang", ["en", "az", "uz", "ru"])
def test_map_of_an_empty_record_says_so(empty_record, client, lang):
    answer = client.get(f"/{lang}/map/")
    assert answer.status_code == 200
    assert 'class="empty"' in answer.content.decode()
    assert client.get(f"/{lang}/map.json").json()["features"] == []
    assert 'class="map"' not in client.get(f"/{lang}/").content.decode()


@pytest.mark.one_engine
@pytest.mark.parametrize("question", QUESTIONS)
def test_geojson_holds_the_places_of_the_page(client, question):
    found, data = listed(client, question), client.get(f"/en/map.json?{question}")
    said = data.json()
    assert data["Content-Type"] == "application/geo+json"
    assert {one["id"]: one["properties"]["entries"] for one in said["features"]} == {slug: one.total for slug, one in found.items()}
    for one in said["features"]:
        place = found[one["id"]].place
        spot = place.latitude is not None and {"type": "Point", "coordinates": [float(place.longitude), float(place.latitude)]}
        assert one["geometry"] == (spot or None)
        assert sum(one["properties"][kind.path] for kind in kinds.all_kinds()) == one["properties"]["entries"]


@pytest.mark.parametrize(("lang", "tashkent", "kazakhstan"), [("en", "Tashkent", "Kazakhstan"), ("az", "Daşkənd", "Qazaxıstan"), ("uz", "Toshkent", "Qozogʻiston"), ("ru", "Ташкент", "Казахстан")])  # fmt: skip
def test_places_and_neighbours_are_named_in_the_readers_language(client, lang, tashkent, kazakhstan):
    words = client.get(f"/{lang}/map/").content.decode()
    assert f">{kazakhstan}</text>" in words
    assert re.search(rf'aria-label="{tashkent}[^"]*: \d+', words)
    assert re.search(rf'<text class="place"[^>]*>{tashkent}', words)


@pytest.mark.parametrize(
    ("pair", "inks"), [(("uz", "az"), {"uz": "first", "az": "second"}), (("kz", "ge"), {"kz": "first", "ge": "second"})]
)
def test_two_countries_have_their_inks_and_all_others_none(client, settings, pair, inks):
    settings.PAIR = pair
    words = client.get("/en/map/").content.decode().partition('class="map-insets"')[0]
    drawn = re.findall(r'region[^"]*\.svg#(\w\w)"(?: class="(\w+)")?/>', words)
    assert len(drawn) == len(region().countries)
    assert {code: ink for code, ink in drawn if ink} == inks


def test_decimal_points_do_not_follow_the_readers_language(client):
    for lang in ("ru", "az", "uz"):
        drawn = client.get(f"/{lang}/map/").content.decode().partition('<svg class="map"')[2].partition("</figure>")[0]
        assert re.findall(r'\s(?:x|y|dx|dy|r|width|height)="([^"]*,[^"]*)"', drawn) == []
        assert " style=" not in drawn and "<script" not in drawn


def test_place_page_shows_where_it_lies_and_home_shows_the_whole(client):
    words = client.get("/en/places/baku/").content.decode()
    assert 'class="map-frame locator"' in words and "/en/map/?near=baku#map" in words
    assert 'class="map"' not in client.get("/en/places/ankara/").content.decode()
    home = client.get("/en/").content.decode()
    assert home.partition('class="map-insets"')[0].count('<svg class="map"') == 1 and 'href="/en/map/"' in home


def test_unpublished_entry_is_in_no_mark_count_or_list(empty_record, client):
    place = placed("one", 41, 69)
    factories.EventFactory(published=True, place=place)
    addresses = ("/en/map/", "/en/map.json", "/en/", "/en/places/one/")
    before = [client.get(address).content for address in addresses]
    draft = factories.EventFactory(place=placed("secret", 40, 50))
    factories.InitiativeFactory(place=place)
    agreement = factories.AgreementFactory()
    AgreementAction.objects.create(agreement=agreement, kind="signed", date="1997", place=place)
    assert [client.get(address).content for address in addresses] == before
    assert client.get("/en/map/?near=secret").status_code == 400
    publishing.publish(draft, by=None)
    assert client.get("/en/map/").content != before[0]


@pytest.mark.one_engine
def test_map_asks_as_little_for_three_thousand_rows_of_each_kind_as_for_one(empty_record, client, django_assert_max_num_queries):
    crowd = Crowd()
    Place.objects.update(latitude=41, longitude=69, country="uz")
    near = crowd.places[1].slug
    addresses = [
        "map/",
        "map/?letter=E",
        f"map/?topic={crowd.topics[1].slug}",
        f"map/?near={near}&zoom=2",
        "map.json",
        f"places/{near}/",
        "",
    ]

    def asked(address):
        with django_assert_max_num_queries(100) as queries:
            assert client.get(f"/en/{address}").status_code == 200
        return len(queries)

    crowd.add([1, 2, 3])
    few = [asked(address) for address in addresses]
    crowd.add(range(4, 3001))
    many = [asked(address) for address in addresses]
    assert max(few[:5]) <= MOST_QUERIES
    assert many == few


def test_list_of_many_places_comes_in_pages_and_marks_lead_to_the_right_one(empty_record, client):
    for number in range(70):
        place = placed(f"place-{number:02}", 37.5 + number % 7, 57 + number // 7)
        factories.EventFactory(published=True, place=place)
    answer = client.get("/en/map/")
    assert [len(answer.context["page"].rows), answer.context["page"].last] == [60, 2]
    far = set(re.findall(r'href="(/en/map/\?page=2#place-[^"]*)"', answer.content.decode()))
    assert far
    second = client.get("/en/map/?page=2").content.decode()
    assert all(f'id="{address.partition("#")[2]}"' in second for address in far)


def test_clustering_ten_thousand_places_gives_no_more_marks_than_fit():
    spots = [Spot(Found(Place(slug=f"p{n}"), {"E": 1 + n % 5}), n % 100, n // 100) for n in range(10_000)]
    marks = clustered(spots, 680, 318, 34)
    assert sum(len(mark.spots) for mark in marks) == 10_000
    assert len(marks) < 400


def test_insets_hold_all_that_stands_in_the_two_states_once(client):
    listing = client.get("/en/map/").context["listing"]
    for inset, code in zip(client.get("/en/map/").context["map"].insets, ("uz", "az"), strict=True):
        (layer,) = inset.layers
        inside = {one.slug for one in listing.listed if one.is_on_the_map and one.place.country == code}
        assert inside <= {spot.found.slug for mark in layer.marks for spot in mark.cluster.spots}
        assert sum(int(mark.number) for mark in layer.marks) == sum(spot.found.total for spot in inset.spots)
    assert client.get("/en/map/?near=shusha&zoom=1").context["map"].insets == []


def test_mark_of_an_inset_opens_a_view_that_is_nearer_than_the_inset():
    for code in ("uz", "az"):
        frame = region().around(code)
        assert region().near((500, 200), region().steps_to(frame)).width < frame.width < region().width


def test_country_with_one_place_has_no_inset(empty_record, client):
    factories.EventFactory(published=True, place=placed("one", 41.31, 69.28))
    assert client.get("/en/map/").context["map"].insets == []
