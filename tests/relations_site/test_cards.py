"""Share cards: what is drawn, at which address, and for whom."""

import io
import re

import pytest
from django.core.cache import cache
from django.utils import translation
from PIL import Image

from cooperation.models import Agreement
from events.models import Event
from record import publishing, release
from relations_site.cards import content, drawing
from tests import factories
from tests.walk import LANGS

pytestmark = [pytest.mark.one_engine, pytest.mark.django_db]
LONGEST = "Азербайджано-узбекистанский межправительственный протокол о взаимопонимании " * 6


def address_on(client, page):
    words = client.get(page).content.decode()
    return re.search(r'<meta property="og:image" content="http://testserver(/\w\w/cards/[^"]+)">', words)[1]


@pytest.mark.parametrize("lang", LANGS)
def test_card_of_an_entry_is_a_picture_that_others_may_keep(client, lang):
    row = Agreement.objects.public().first()
    answer = client.get(address_on(client, f"/{lang}/agreements/{row.slug}/"))
    picture = Image.open(io.BytesIO(answer.content))
    assert (answer.status_code, answer["Content-Type"], picture.size) == (200, "image/png", (1200, 630))
    assert answer["Cache-Control"] == "public, max-age=604800"
    assert len(answer.content) < 80_000


def test_card_changes_its_address_with_what_it_says_and_the_old_one_leads_there(client, empty_record):
    event = factories.EventFactory(published=True)
    before = address_on(client, f"/en/events/{event.slug}/")
    event.refresh_from_db()
    event.body_en = "A body that no card shows."
    event.save()
    assert address_on(client, f"/en/events/{event.slug}/") == before
    event.title_en = "Another title"
    event.save()
    after = address_on(client, f"/en/events/{event.slug}/")
    assert after != before
    assert client.get(before)["Location"] == after


def test_card_says_title_date_and_status_in_the_readers_language():
    row = Agreement.objects.public().get(slug="treaty-on-allied-relations-2024")
    with translation.override("ru"):
        card = content.of_row(row)
    assert (card.first, card.second, card.title) == ("Узбекистан", "Азербайджан", row.title_ru)
    assert card.facts == ("23 августа 2024 г.", "Подписано, не вступило в силу")
    assert (card.over, card.ink) == ("Договор · A42", "wait")


def test_card_tells_the_date_of_a_report_from_that_of_an_event(empty_record):
    event = factories.EventFactory(date="2022-06-21", date_is_of_report=True, published=True)
    assert content.of_row(event).facts == ("21 June 2022 (date of the report)",)


def test_card_of_unpublished_is_for_nobody_and_of_withdrawn_is_gone(client, empty_record):
    draft, gone = factories.EventFactory(), factories.EventFactory(published=True)
    address = address_on(client, f"/en/events/{gone.slug}/")
    publishing.withdraw(gone, by=None, reason="Entered twice.")
    assert client.get(address).status_code == 410
    unknown = [client.get(f"/en/cards/{code}-{'0' * 12}.png") for code in (draft.code, "E99999", "X1", "nothing")]
    assert [one.status_code for one in unknown] == [404] * 4
    for page in (f"/en/events/{gone.slug}/", f"/en/events/{draft.slug}/"):
        assert "og:" not in client.get(page).content.decode()


@pytest.mark.parametrize("page", ["", "events/", "trade/mirror/", "waiting/", "people/"])
def test_pages_without_a_row_have_the_card_of_their_list(client, page):
    address = address_on(client, f"/uz/{page}")
    assert client.get(address).status_code == 200
    assert (address.startswith("/uz/cards/home-")) == (page == "")


def test_card_is_drawn_once_and_only_at_its_own_address(client):
    address = address_on(client, f"/en/events/{Event.objects.public().last().slug}/")
    stamp = address[-16:-4]
    assert client.get(f"{address[:-16]}{'0' * 12}.png")["Location"] == address
    assert cache.get(f"card:{release.sign()}:{stamp}") is None
    first = client.get(address).content
    assert cache.get(f"card:{release.sign()}:{stamp}") == first == client.get(address).content


@pytest.mark.parametrize("title", ["Qisqa", "Oʻzbekiston va Ozarbayjon oʻrtasidagi kelishuv", LONGEST, "x" * 90, "Ə" * 40 + " " + "ş" * 40])
def test_title_fits_and_no_word_of_it_is_broken(title):
    size, lines = drawing.laid_out(title.strip())
    assert len(lines) <= drawing.most_lines(size)
    words = " ".join(lines).removesuffix(" …").split()
    assert words == title.split()[: len(words)]
    if size > drawing.SMALLEST:
        assert all(drawing.length(line, "serif", size, 600) <= drawing.ROOM for line in lines)


def test_every_letter_of_the_four_languages_has_its_glyph():
    """A missing glyph is drawn as the same box, whatever the letter."""
    for family in ("serif", "sans"):
        box = drawing.png.font(family, "latin", 40, 600).getmask("\U0010fffd").getbbox()
        for letter in "əğıİöşüçƏĞŞÇʻʼёъыэюяЁЩқўғҳ“”«»–—…·№":
            script, piece = drawing.png.runs(letter)[0]
            mask = drawing.png.font(family, script, 40, 600).getmask(piece)
            assert mask.getbbox() and bytes(mask) != bytes(drawing.png.font(family, script, 40, 600).getmask("\U0010fffd")), letter
        assert box is not None
