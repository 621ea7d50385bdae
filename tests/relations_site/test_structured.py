"""Structured data says what the record says, no more, and cannot break out of its page."""

import datetime
import json
import re

import pytest
from django.utils import timezone

from cooperation.models import Agreement, AgreementAction, AgreementRelation, Initiative, Signatory
from events.models import Event, Participant
from record.models import Source
from tests import factories
from tests.walk import LANGS

pytestmark = [pytest.mark.one_engine, pytest.mark.django_db]
SITE = "http://testserver"


def graph(client, address):
    """{type: node} of a page."""
    words = client.get(address).content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', words, re.S)
    said = json.loads(block)
    assert said["@context"] == "https://schema.org"
    return {node["@type"]: node for node in said["@graph"]}


def test_event_says_when_where_and_who(client, empty_record):
    place = factories.PlaceFactory(name_en="Baku", country="az", kind="city", latitude="40.40000", longitude="49.90000")
    event = factories.EventFactory(date="2022-06-21/2022-06-22", place=place, published=True)
    guest, host = factories.PersonFactory(name_en="Guest"), factories.OrganisationFactory(name_en="Host")
    Participant.objects.create(event=event, person=guest)
    Participant.objects.create(event=event, organisation=host, role="host")
    said = graph(client, event.get_absolute_url())["Event"]
    assert (said["@id"], said["name"], said["identifier"]) == (f"{SITE}/r/{event.code}", event.title_en, event.code)
    assert (said["startDate"], said["endDate"]) == ("2022-06-21", "2022-06-22")
    assert said["location"]["address"] == {"@type": "PostalAddress", "addressCountry": "AZ", "addressLocality": "Baku"}
    assert said["location"]["geo"]["latitude"] == 40.4
    assert [one["name"] for one in said["attendee"]] == ["Guest"]
    assert [one["name"] for one in said["organizer"]] == ["Host"]
    assert "eventStatus" not in said


@pytest.mark.parametrize(
    ("date", "fields", "told"),
    [
        ("2022-06", {}, ("2022-06", None)),
        ("1995", {}, ("1995", None)),
        ("1996~", {}, (None, None)),
        ("2022-06-21?", {}, (None, None)),
        ("", {}, (None, None)),
        ("2022-06-21", {"date_is_of_report": True}, (None, None)),
    ],
)
def test_date_claims_no_more_than_is_known(client, empty_record, date, fields, told):
    event = factories.EventFactory(date=date, published=True, **fields)
    said = graph(client, event.get_absolute_url())["Event"]
    assert (said.get("startDate"), said.get("endDate")) == told


def test_event_ahead_is_scheduled(client, empty_record):
    event = factories.EventFactory(date=(datetime.date.today() + datetime.timedelta(30)).isoformat(), published=True)
    assert graph(client, event.get_absolute_url())["Event"]["eventStatus"] == "https://schema.org/EventScheduled"


def _agreement(*steps, **fields):
    row = factories.AgreementFactory(date="2020-01-01", published=True, **fields)
    for kind, date in (("signed", "2020-01-01"), *steps):
        AgreementAction.objects.create(agreement=row, kind=kind, date=date)
    return row


@pytest.mark.parametrize(
    ("steps", "fields", "force"),
    [
        ([("entered-into-force", "2020-02-03")], {}, "InForce"),
        ([("provisional-application-begins", "2020-02-03")], {}, "PartiallyInForce"),
        ([("entered-into-force", "2020-02-03"), ("terminated", "2021-01-01")], {}, "NotInForce"),
        ([("entered-into-force", "2020-02-03"), ("suspended", "2021-01-01")], {}, "NotInForce"),
        ([], {"entry_into_force": "on-ratification"}, "NotInForce"),
        ([], {"binding": "no"}, None),
        ([], {}, None),
    ],
)
def test_legal_force_is_that_of_the_published_rule_today(client, empty_record, steps, fields, force):
    row = _agreement(*steps, **fields)
    said = graph(client, row.get_absolute_url())["Legislation"]
    assert said.get("legislationLegalForce") == (force and f"https://schema.org/{force}")
    assert said.get("legislationDateOfApplicability") == ("2020-02-03" if force == "InForce" else None)
    assert said["legislationDate"] == "2020-01-01"


def test_agreement_names_parties_signatories_and_public_relations_only(client, empty_record):
    row, other, draft = _agreement(), factories.AgreementFactory(published=True), factories.AgreementFactory()
    Signatory.objects.create(agreement=row, person=factories.PersonFactory(name_en="Signer"))
    for related in (other, draft):
        AgreementRelation.objects.create(agreement=row, kind="amends", other=related)
    said = graph(client, row.get_absolute_url())["Legislation"]
    assert [country["identifier"] for country in said["legislationJurisdiction"]] == ["UZ"]
    assert [one["name"] for one in said["contributor"]] == ["Signer"]
    assert [one["@id"] for one in said["legislationChanges"]] == [f"{SITE}/r/{other.code}"]


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("school", "School"),
        ("park-or-monument", "LandmarksOrHistoricalBuildings"),
        ("technopark", "Place"),
        ("exchange-programme", "Project"),
    ],
)
def test_initiative_is_a_place_where_it_stands_and_a_project_where_it_is_run(client, empty_record, kind, type_):
    place = factories.PlaceFactory(name_en="Tashkent", country="uz", kind="city")
    row = factories.InitiativeFactory(kind=kind, place=place, published=True)
    said = graph(client, row.get_absolute_url())[type_]
    found = said["location"]["address"] if type_ == "Project" else said["address"]
    assert found["addressCountry"] == "UZ"
    assert said.get("foundingDate") == ("2023-05-04" if type_ == "Project" else None)


def test_page_names_its_sources_its_version_and_its_last_change(client):
    event = Event.objects.public().filter(citations__isnull=False).first()
    page = graph(client, event.get_absolute_url())["WebPage"]
    assert (page["version"], page["mainEntity"]) == (event.version, {"@id": f"{SITE}/r/{event.code}"})
    assert page["dateModified"] == timezone.localdate(max(event.modified_at, event.publish_at)).isoformat()
    sources = [source["name"] for source in page["citation"]]
    assert sorted(sources) == sorted({c.source.title for c in event.citations.select_related("source")})


def test_observation_and_quotation_are_told_apart(client, empty_record):
    observed = factories.observed(value=1234, year=2023)
    quoted = factories.QuotedFigureFactory(published=True, wording="About ten.")
    dataset = graph(client, observed.get_absolute_url())["Dataset"]
    assert dataset["variableMeasured"] == {"@type": "PropertyValue", "name": "exports", "value": 1234.0, "unitText": "USD"}
    assert dataset["temporalCoverage"] == "2023"
    quotation = graph(client, quoted.get_absolute_url())
    assert quotation["Quotation"]["text"] == "About ten." and "Dataset" not in quotation


def test_lists_and_trade_are_datasets_whose_files_are_there(client):
    for address in ("/en/events/?kind=summit", "/uz/sources/", "/ru/trade/", "/az/trade/mirror/", "/en/trade/charts/turnover/"):
        dataset = graph(client, address)["Dataset"]
        assert dataset["license"] == "https://creativecommons.org/licenses/by/4.0/"
        for download in dataset["distribution"]:
            answer = client.get(download["contentUrl"].removeprefix(SITE))
            assert answer.status_code == 200
            assert answer["Content-Type"].startswith(download["encodingFormat"])


@pytest.mark.parametrize("lang", LANGS)
def test_crumbs_lead_from_home_over_the_list_to_the_page(client, lang):
    for row, path in ((Agreement.objects.public().first(), "agreements"), (Initiative.objects.public().first(), "initiatives")):
        page = f"/{lang}/{path}/{row.slug}/"
        items = graph(client, page)["BreadcrumbList"]["itemListElement"]
        assert [item["item"] for item in items] == [f"{SITE}/{lang}/", f"{SITE}/{lang}/{path}/", SITE + page]
        assert [item["position"] for item in items] == [1, 2, 3]


def test_home_tells_how_the_record_is_searched(client):
    said = graph(client, "/az/")["WebSite"]
    assert said["potentialAction"]["target"]["urlTemplate"] == f"{SITE}/az/search/?q={{search_term_string}}"


def test_no_text_ends_the_block(client, empty_record):
    evil = "</script><script>alert(1)</script><!-- & \u2028"
    event = factories.EventFactory(title_en=evil, published=True)
    words = client.get(event.get_absolute_url()).content.decode()
    assert "<script>alert" not in words
    assert graph(client, event.get_absolute_url())["Event"]["name"] == evil


def test_every_kind_of_row_has_its_block(client):
    for row in (Source.objects.public().first(), Agreement.objects.public().last()):
        assert graph(client, row.get_absolute_url())["BreadcrumbList"]
    commitment = client.get("/en/commitments/1/")
    assert b"application/ld+json" in commitment.content
