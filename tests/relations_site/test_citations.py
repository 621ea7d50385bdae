"""/r/E12.bib, .ris, .csl.json and “Cite this” on the pages: what is cited is what stands on record."""

import json

import pytest
from django.utils import timezone

from cooperation.models import Agreement, AgreementAction, TradeFigure
from events.models import Event
from record import kinds, publishing
from tests import factories
from tests.walk import LANGS

pytestmark = [pytest.mark.one_engine, pytest.mark.django_db]
TYPES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json",
}


def cited(client, code, lang="en"):
    return json.loads(client.get(f"/r/{code}.csl.json?lang={lang}").content)


@pytest.mark.parametrize("ending", TYPES)
def test_every_numbered_row_is_cited_in_every_form(client, ending):
    for letter in "AEICSQ":
        row = kinds.model_of(letter).objects.public().first()
        answer = client.get(f"/r/{row.code}.{ending}")
        assert (answer.status_code, answer["Content-Type"]) == (200, TYPES[ending])
        assert answer["Content-Disposition"] == f'attachment; filename="uz-az-{row.code}.{ending}"'
        assert f"http://testserver/r/{row.code}" in answer.content.decode()


def test_entry_is_cited_with_its_version_its_day_and_all_its_sources(client):
    event = Event.objects.public().filter(citations__isnull=False).first()
    own, *originals = cited(client, event.code)
    changed = timezone.localdate(max(event.modified_at, event.publish_at))
    assert own["version"] == str(event.version)
    assert own["issued"] == {"date-parts": [[changed.year, changed.month, changed.day]]}
    assert own["title"] == event.title_en
    assert {item["id"] for item in originals} == {f"uz-az-{c.source.code}" for c in event.citations.select_related("source")}


def test_title_and_container_are_in_the_language_asked_for(client):
    event = Event.objects.public().exclude(title_ru=None).first()
    assert {lang: cited(client, event.code, lang)[0]["title"] for lang in LANGS} == {
        lang: getattr(event, f"title_{lang}") for lang in LANGS
    }
    assert len({cited(client, event.code, lang)[0]["container-title"] for lang in LANGS}) == len(LANGS)


def test_agreement_names_parties_and_day_and_place_of_its_signature_and_the_sources_of_its_steps(client, empty_record):
    place = factories.PlaceFactory(name_en="Shusha", country="az")
    row = factories.AgreementFactory(date="2022-06", published=True)
    own = factories.SourceFactory()
    AgreementAction.objects.create(agreement=row, kind="signed", date="2022-06", place=place).sources.add(own)
    item, *originals = cited(client, row.code)
    assert item["abstract"] == "treaty: Uzbekistan; signed June 2022, Shusha, Azerbaijan"
    assert (item["event-date"], item["event-place"]) == ({"date-parts": [[2022, 6]]}, "Shusha, Azerbaijan")
    assert f"uz-az-{own.code}" in [original["id"] for original in originals]


def test_date_of_a_report_is_not_cited_as_the_day_of_the_event(client, empty_record):
    row = factories.EventFactory(date="2022-06-21", date_is_of_report=True, published=True)
    item = cited(client, row.code)[0]
    assert "event-date" not in item
    assert item["abstract"] == "summit, reported June 21, 2022"


def test_figures_are_cited_with_who_says_them(client, empty_record):
    figure = factories.observed(value=5_250_000, year=2023)
    item, source = cited(client, figure.code)
    assert item["title"] == "USD 5.25 million: exports, Uzbekistan – Azerbaijan, 2023"
    assert (item["type"], source["publisher"]) == ("dataset", "Gazette")


def test_withdrawn_is_gone_with_its_reason_and_unpublished_was_never_there(client, empty_record):
    gone, draft = factories.EventFactory(published=True), factories.EventFactory()
    figure = TradeFigure.objects.get(pk=factories.TradeFigureFactory().pk)
    publishing.withdraw(gone, by=None, reason="Entered twice.")
    for ending in TYPES:
        answer = client.get(f"/r/{gone.code}.{ending}")
        assert (answer.status_code, answer.content.decode()) == (410, "This entry was withdrawn. Entered twice.\n")
        unknown = [
            client.get(f"/r/{code}.{ending}") for code in (draft.code, figure.code, "E99999", "X1", draft.citations.get().source.code)
        ]
        assert {(one.status_code, one.content) for one in unknown} == {(404, b"There is no such entry.\n")}


def test_unknown_language_is_a_malformed_question(client):
    assert client.get("/r/E12.bib?lang=xx").status_code == 400


def test_whoever_has_the_citation_is_told_so(client):
    first = client.get("/r/E12.bib")
    assert client.get("/r/E12.bib", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_page_offers_the_citation_as_sentences_and_files(client):
    row = Agreement.objects.public().first()
    source = row.citations.select_related("source").first().source
    for lang in LANGS:
        words = client.get(f"/{lang}/agreements/{row.slug}/").content.decode()
        block = words[words.index('id="cite"') :].partition("</details>")[0]
        assert block.count('class="to-copy"') == 3
        assert source.url.replace("&", "&amp;") in block
        assert f"http://testserver/r/{row.code}" in block
        assert [f'href="/r/{row.code}.{ending}?lang={lang}"' in block for ending in TYPES] == [True] * 3


def test_permanent_address_of_a_figure_leads_to_its_page(client):
    figure = kinds.model_of("Q").objects.public().on_trade().first()
    assert client.get(f"/r/{figure.code}")["Location"] == f"/en/trade/quotations/{figure.code}/"
