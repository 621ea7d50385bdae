"""What a page says of itself to machines: one address, its sisters, a title, a picture."""

import re

import pytest

from tests.walk import LANGS

pytestmark = [pytest.mark.one_engine, pytest.mark.django_db]
SITE = "http://testserver"


def head(client, address, **headers):
    return client.get(address, headers=headers).content.decode().partition("</head>")[0]


def canonical(words):
    found = re.findall(r'<link rel="canonical" href="([^"]+)">', words)
    return found[0].replace("&amp;", "&") if found else None


def properties(words):
    return dict(re.findall(r'<meta property="(og:[a-z_:]+)" content="([^"]*)">', words))


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("events/", "events/"),
        ("events/?utm_source=x&kind=&sort=newest", "events/"),
        ("events/?kind=summit&after=2022", "events/?after=2022&kind=summit"),
        ("events/?sort=oldest&page=2", "events/?page=2&sort=oldest"),
        ("agreements/?page=1", "agreements/"),
        ("about/?x=1", "about/"),
        ("trade/?utm_source=x", "trade/"),
        ("events/state-visit-ilham-aliyev-uzbekistan-2022/?x=1", "events/state-visit-ilham-aliyev-uzbekistan-2022/"),
    ],
)
def test_page_has_one_address_without_what_its_question_does_not_need(client, asked, named):
    words = head(client, f"/uz/{asked}")
    assert canonical(words) == properties(words)["og:url"].replace("&amp;", "&") == f"{SITE}/uz/{named}"
    for lang in LANGS:
        assert f'hreflang="{lang}" href="{SITE}/{lang}/{named}"'.replace("&", "&amp;") in words
    assert f'hreflang="x-default" href="{SITE}/{named}"'.replace("&", "&amp;") in words


@pytest.mark.parametrize("address", ["nowhere/", "events/?kind=zzz", "events/?page=999", "trade/?after=soon"])
def test_page_that_is_none_names_no_address(client, address):
    words = head(client, f"/en/{address}")
    assert canonical(words) is None and properties(words) == {} and "ld+json" not in words


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Treaty on Allied Relations between the Republic of Uzbekistan and the Republic of Azerbaijan"),
        ("ru", "Договор о союзнических отношениях между Республикой Узбекистан и Азербайджанской Республикой"),
    ],
)
def test_entry_is_shared_by_its_own_title_and_summary(client, lang, title):
    words = head(client, f"/{lang}/agreements/treaty-on-allied-relations-2024/")
    said = properties(words)
    assert said["og:title"].lower() == title.lower()
    assert said["og:description"] == re.search(r'<meta name="description" content="([^"]*)">', words)[1]
    assert said["og:type"] == "article"


@pytest.mark.parametrize(("lang", "locale"), [("en", "en_US"), ("az", "az_AZ"), ("uz", "uz_UZ"), ("ru", "ru_RU")])
def test_every_page_is_shared_in_its_language_with_a_picture_and_its_words(client, lang, locale):
    for page in ("", "events/", "trade/", "people/ilham-aliyev/", "sources/39/", "commitments/1/", "trade/quotations/Q10/", "about/"):
        words = head(client, f"/{lang}/{page}")
        said = properties(words)
        assert said["og:locale"] == locale
        assert len(re.findall('property="og:locale:alternate"', words)) == 3
        assert said["og:image"].startswith(f"{SITE}/{lang}/cards/")
        assert said["og:image:alt"] and said["og:title"]
        assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
        assert '<meta name="twitter:card" content="summary_large_image">' in words


def test_title_is_told_again_without_the_two_countries_behind_it(client):
    assert properties(head(client, "/en/about/"))["og:title"] == "About the record"
