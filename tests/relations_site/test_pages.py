"""The pages that span kinds, and the frame around every page."""

import re

import pytest

from record import publishing
from tests import walk
from tests.factories import EventFactory, SourceFactory, TradeFigureFactory

pytestmark = [pytest.mark.one_engine, pytest.mark.django_db]
PAGES = [
    "",
    "events/",
    "agreements/",
    "initiatives/",
    "trade/",
    "people/",
    "topics/",
    "organisations/",
    "places/",
    "series/",
    "sources/",
    "about/",
    "map/",
]


@pytest.mark.parametrize("lang", walk.LANGS)
@pytest.mark.parametrize("path", PAGES)
def test_page_speaks_its_language_and_names_its_sisters(client, lang, path):
    answer = client.get(f"/{lang}/{path}")
    words = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{lang}">' in words
    assert words.count("<h1") == 1
    for other in walk.LANGS:
        assert f'hreflang="{other}" href="http://testserver/{other}/{path}"' in words


# Words of the interface that no page in another language may show.
ENGLISH = re.compile(
    r">\s*(Filters|Search|Sources|Not published|Both|Signed|Last checked|Parties|Facts|More pages|Kind|Level|newest first|one side)\s*<"
)


@pytest.mark.parametrize("lang", ["az", "uz", "ru"])
@pytest.mark.parametrize(
    "path", [*PAGES, "agreements/treaty-on-allied-relations-2024/", "sources/39/", "people/ilham-aliyev/", "nowhere/", "events/?kind=zzz"]
)
def test_no_english_word_of_the_interface_stands_on_another_languages_page(client, lang, path):
    assert ENGLISH.findall(client.get(f"/{lang}/{path}").content.decode()) == []


@pytest.mark.parametrize("lang", walk.LANGS)
def test_home_of_an_empty_record_is_finished(empty_record, client, lang):
    for path in PAGES:
        assert client.get(f"/{lang}/{path}").status_code == 200


@pytest.mark.parametrize("lang", walk.LANGS)
def test_home_of_an_empty_record_shows_no_heading_over_nothing_and_three_ways_on(empty_record, client, lang):
    page = client.get(f"/{lang}/").content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    assert main.count("<h1") == 1 and "<h2" not in main and "<dl" not in main
    assert main.partition('<ul class="ways">')[2].partition("</ul>")[0].count("<li><a") == 3


def test_home_counts_what_readers_see(empty_record, client):
    EventFactory.create_batch(2, published=True)
    EventFactory()
    assert "2 events" in client.get("/en/").content.decode()


def test_longest_wait_is_not_claimed_by_an_uncertain_date(client):
    figures = client.get("/en/").content.decode()
    figures = figures[figures.index('class="figures"') :]
    assert "agreement-joint-investment-fund" in figures or "investment" in figures
    assert "Memorandum on the establishment of an Interstate Council" not in figures[: figures.index("</dl>")]


def test_readers_get_no_cookie(client):
    for path in PAGES:
        assert client.get(f"/en/{path}").cookies == {}


def test_no_page_asks_another_host_for_anything(client):
    for path in PAGES:
        words = client.get(f"/en/{path}").content.decode()
        loaded = re.findall(r'<(?:link rel="(?:stylesheet|preload|icon)[^>]*|script[^>]*|img[^>]*)', words)
        assert not [tag for tag in loaded if "//" in tag]


def test_strict_policy_is_sent(client):
    policy = client.get("/en/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_foreign_host_is_refused_and_named_nowhere(client):
    answer = client.get("/en/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()


def test_observation_of_a_year_is_called_by_its_period_currency_and_product(client):
    figure = TradeFigureFactory(year=2023, value=5_000_000, currency="EUR", classification="HS", product_code="27")
    publishing.publish(figure, by=None)
    words = client.get("/en/trade/statistics/").content.decode()
    row = words[words.index(f'id="{figure.code}"') :].partition("</tr>")[0]
    assert ">2023<" in row and "EUR 5 million<" in row and ">HS 27" in row


def test_sources_are_found_in_any_case_and_dated_ones_come_first(client):
    source = SourceFactory(title="Президент", publisher="Özbəkistan")
    EventFactory(published=True).citations.create(source=source)
    for question in ("q=президент", "q=özbək", "q=OZBEK"):
        assert source.code in [row.code for row in client.get(f"/en/sources/?{question}").context["page"].rows]
    assert client.get("/en/sources/").context["page"].rows[0].published
