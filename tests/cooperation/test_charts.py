"""Charts: what is drawn and how, what stands beside it, and that every form of it says the same."""

import csv
import io
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from PIL import Image

from cooperation.charts import png
from cooperation.charts.chart import Cell, Column, Table
from cooperation.charts.scene import Column as Bar
from cooperation.charts.scene import Mark, Path, Words
from cooperation.models import TradeFigure
from cooperation.trade.books import Books
from cooperation.trade.catalogue import charts
from tests.factories import QuotedFigureFactory, observed

pytestmark = pytest.mark.one_engine

NAMES = sorted(charts())
LETTERS = "Əəğ İıŞşÇçÖöÜü oʻgʻ maʼno Ўзбекистон ҳақида Щёъыэюя № 1 234,5 – − %"


class Rows(HTMLParser):
    """The tables of a page: each cell by its exact value where it carries one, else by its words."""

    def __init__(self, html):
        super().__init__()
        self.rows, self._cell = [], None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._cell = ["", None]
        elif tag == "data":
            self._cell[1] = dict(attrs)["value"]

    def handle_data(self, data):
        if self._cell is not None:
            self._cell[0] += data

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            words, exact = self._cell
            self.rows[-1].append(exact if exact is not None else words.strip())
            self._cell = None


def marks(name, books=None):
    scene = charts()[name](books or Books()).scene
    return [item for item in scene.items if isinstance(item, Mark)] if scene else []


def months(first=1966, years=60):
    """So many years of months: the first is entered and published, the others are written as it is."""
    known = observed(flow="turnover", period_type="month", year=first, period=1, value=1_000_000)
    own = {field.attname: getattr(known, field.attname) for field in known._meta.concrete_fields if field.attname != "id"}
    rows = []
    for n in range(1, years * 12):
        differs = {"number": known.number + n, "year": first + n // 12, "period": n % 12 + 1, "value": 1_000_000 + n}
        rows.append(TradeFigure(**own | differs))
    TradeFigure.objects.bulk_create(rows)


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_csv_equals_the_table(client, name):
    page = client.get(f"/en/trade/charts/{name}/").content.decode()
    said = Rows(page).rows
    columns, *rows = csv.reader(io.StringIO(client.get(f"/en/trade/charts/{name}.csv").content.decode()))
    table = charts()[name](Books()).table
    assert [column.name for column in table.columns] == columns
    for_people = [column in table.shown_columns for column in table.columns]
    for shown, exact, cells in zip(said[1:], rows, table.rows, strict=True):
        assert exact == [cell.raw for cell in cells]
        pairs = [pair for pair, is_shown in zip(zip(exact, cells, strict=True), for_people, strict=True) if is_shown]
        for words, (raw, cell) in zip(shown, pairs, strict=True):
            assert words == (raw if cell.is_number and raw else cell.words)


@pytest.mark.django_db
def test_csv_of_statistics_is_exact_where_the_table_rounds(empty_record, client):
    observed(flow="turnover", value="118283456.78")
    assert "118.28345678" in client.get("/en/trade/charts/turnover.csv").content.decode()
    assert '<data value="118.28345678">118.283</data>' in client.get("/en/trade/charts/turnover/").content.decode()


def test_text_that_a_spreadsheet_would_compute_is_guarded_and_numbers_are_not():
    table = Table([Column("a", "A"), Column("b", "B", True)], ["-36"], lambda n: [Cell("=1+1", "=1+1"), Cell(n, "−36", is_number=True)])
    assert table.csv() == "a,b\r\n'=1+1,-36\r\n"


@pytest.mark.django_db
def test_computed_values_are_drawn_hollow_and_called_computed(client):
    hollow = {mark.label.partition(": ")[2].partition(" (")[0] for mark in marks("turnover") if mark.hollow}
    assert hollow == {"Uzbekistan 47.1", "Uzbekistan about 230.1", "Azerbaijan about 178.7"}
    page = client.get("/en/trade/charts/turnover/").content.decode()
    assert page.count('class="pt first hollow"') == 2 and page.count('class="pt second hollow"') == 1
    assert "hollow: computed from a growth rate, not published" in page
    assert client.get("/en/trade/quotations/Q4/").content.decode().count("Computed, not published.") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_figure_that_may_not_be_drawn_is_in_no_chart(name):
    drawn = " ".join(mark.href for mark in marks(name))
    assert not re.search(r"/Q(17|28|34|38|39)/", drawn)


@pytest.mark.django_db
@pytest.mark.parametrize("chartable", [True, False])
@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("turnover", {}),
        ("exports", {"flow": "export", "exporter": "uz"}),
        ("part-years", {"period_type": "january-to-month", "period": 6}),
        ("goods", {"flow": "export", "exporter": "uz", "product_code": "84"}),
        ("targets", {"measure": "target"}),
    ],
)
def test_chart_draws_a_figure_only_if_it_may_be_drawn(empty_record, name, fields, chartable):
    figure = QuotedFigureFactory(published=True, chartable=chartable, **{"reporter": "uz"} | fields)
    assert [figure.code in mark.href for mark in marks(name)] == ([True] if chartable else [])


@pytest.mark.django_db
def test_every_drawn_quotation_opens_its_own_page(client):
    page = client.get("/en/trade/").content.decode()
    links = set(re.findall(r'<a href="(/en/trade/quotations/Q\d+/)" aria-label="[^"]+" tabindex="-1">', page))
    assert len(links) == 19
    assert all(client.get(link).status_code == 200 for link in links)


@pytest.mark.django_db
def test_room_around_each_mark_opens_what_the_mark_opens_and_is_in_no_file(client):
    page = client.get("/en/trade/").content.decode()
    drawn = re.findall(r'<a href="([^"]+)" aria-label="[^"]+" tabindex="-1"><g class="pt', page)
    room = re.findall(r'<a href="([^"]+)" tabindex="-1" aria-hidden="true"><rect [^>]*width="24" height="24"', page)
    assert drawn == room != []
    assert "reach" not in client.get("/en/trade/charts/turnover.svg").content.decode()


@pytest.mark.django_db
def test_statistics_stand_on_columns_and_quotations_float(empty_record):
    observed(flow="turnover", value=5_000_000)
    QuotedFigureFactory(reporter="az", value=6, published=True)
    scene = charts()["turnover"](Books()).scene
    assert [item.kind for item in scene.items if isinstance(item, Bar)] == ["column first"]
    assert {(mark.kind, mark.floats) for mark in marks("turnover")} == {("first", False), ("second", True)}


def covered(item, width):
    """The corners of what a mark or a number covers, some pixels less than it may be."""
    x = item.x * width / 100 + item.dx
    if isinstance(item, Mark):
        return x - 5, item.y - 5, x + 5, item.y + 5
    length = 7 * len(item.text)
    left = x - {"start": 0, "middle": length / 2, "end": length}[item.anchor]
    return left, item.y - 9, left + length, item.y


@pytest.mark.django_db
@pytest.mark.parametrize("quoted", ["230.1", "225", "260"])
def test_number_of_a_mark_covers_no_mark_and_no_other_number(empty_record, quoted):
    observed(flow="turnover", value=230_000_000, year=2019)
    for reporter, value in (("uz", quoted), ("uz", "229"), ("az", "228")):
        QuotedFigureFactory(reporter=reporter, value=value, published=True)
    items = charts()["turnover"](Books()).scene.items
    numbers = [item for item in items if isinstance(item, Words) and item.kind.startswith("value")]
    marks = [item for item in items if isinstance(item, Mark)]
    assert len(marks) == 4 and len(numbers) >= 2
    for width in (608, 780, 960):
        boxes = [covered(item, width) for item in (*numbers, *marks)]
        over = [
            (one, other)
            for at, one in enumerate(boxes[: len(numbers)])
            for other in boxes[at + 1 :]
            if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        ]
        assert over == []


@pytest.mark.django_db
def test_month_without_a_figure_breaks_the_line_and_quotations_are_never_joined(empty_record):
    for month in (1, 2, 3, 5, 6):
        observed(flow="turnover", period_type="month", year=2020, period=month)
        QuotedFigureFactory(reporter="az", period_type="month", year=2020, period=month, published=True)
    paths = [item for item in charts()["months"](Books()).scene.items if isinstance(item, Path)]
    assert [(path.kind, len(path.points)) for path in paths] == [("ln first", 3), ("ln first", 2)]


@pytest.mark.django_db
def test_lone_value_is_drawn_and_told(empty_record):
    QuotedFigureFactory(reporter="uz", published=True)
    (mark,) = marks("turnover")
    assert mark.kind == "first"
    assert charts()["turnover"](Books()).sentences == ["Uzbekistan: one figure, USD 10 million (2019)."]


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_chart_of_an_empty_record_says_so_in_every_form(empty_record, client, name):
    for address in (f"{name}/", f"{name}/embed/", f"{name}.svg", f"{name}.png", f"{name}.csv"):
        assert client.get(f"/en/trade/charts/{address}").status_code == 200
    assert charts()[name](Books()).sentence.startswith("No ")


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["en", "az", "uz", "ru"])
@pytest.mark.parametrize("name", ["turnover", "goods", "targets", "part-years"])
def test_files_are_well_formed_and_carry_title_sentence_and_sources(client, name, lang):
    answer = client.get(f"/{lang}/trade/charts/{name}.svg")
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    svg = ET.fromstring(answer.content)
    title, desc = (svg.find(f"{{http://www.w3.org/2000/svg}}{tag}").text for tag in ("title", "desc"))
    said = " ".join(text.text or "" for text in svg.iter("{http://www.w3.org/2000/svg}text"))
    assert title in said and desc.split(":")[0] in said
    assert all(source.publisher in said for source in charts()[name](Books()).publishers)
    assert "<script" not in answer.content.decode() and " style=" not in answer.content.decode()
    picture = Image.open(io.BytesIO(client.get(f"/{lang}/trade/charts/{name}.png").content))
    assert (picture.format, picture.width) == ("PNG", 1920)


@pytest.mark.parametrize("family", ["sans", "serif"])
def test_picture_has_every_letter_of_the_four_languages(family):
    for char in set(LETTERS) - {" "}:
        script = png.script_of(char)
        face = png.font(family, script, 40, 400)
        assert bytes(face.getmask(char)) != bytes(face.getmask("\uffff")), (char, script)


@pytest.mark.django_db
def test_chart_is_read_out_by_title_and_description(client):
    page = client.get("/ru/trade/charts/turnover/").content.decode()
    svg = ET.fromstring(page[page.index('<svg class="chart"') : page.index("</svg></div>") + len("</svg>")])
    assert svg.get("aria-labelledby").split() == [svg[0].get("id"), svg[1].get("id")]
    assert "Узбекистан" in svg[1].text and "31,2" in svg[1].text


@pytest.mark.django_db
def test_embed_page_alone_may_be_framed_and_carries_its_source(client):
    embed = client.get("/en/trade/charts/turnover/embed/?after=2019")
    assert "X-Frame-Options" not in embed
    assert "frame-ancestors *" in embed["Content-Security-Policy"]
    assert "script-src 'self'" in embed["Content-Security-Policy"]
    assert "Sources:" in embed.content.decode()
    assert 'href="http://testserver/en/trade/charts/turnover/?after=2019"' in embed.content.decode()
    for address in ("/en/trade/", "/en/trade/charts/turnover/", "/en/trade/charts/turnover.svg"):
        page = client.get(address)
        assert page["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


@pytest.mark.django_db
def test_picture_is_the_same_whether_its_letters_were_used_before_or_not(client):
    png.font.cache_clear()
    pictures = []
    for _ in range(2):
        cache.clear()
        pictures.append(client.get("/en/trade/charts/exports.png").content)
    assert pictures[0] == pictures[1]


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["/", "/embed/", ".csv", ".svg", ".png"])
def test_chart_that_does_not_exist_is_not_found(client, form):
    assert client.get(f"/en/trade/charts/nothing{form}").status_code == 404


@pytest.mark.django_db
def test_cached_chart_follows_every_change_of_the_record(empty_record, client):
    from record import publishing

    def asked():
        return client.get("/en/trade/charts/turnover.csv").content.decode().splitlines()[1:]

    assert asked() == []
    figure = observed(flow="turnover", value=5_000_000)
    assert len(asked()) == 1
    figure.value = 6_000_000
    figure.save()
    assert ",6," in asked()[0]
    publishing.withdraw(figure, by=None, reason="Entered twice.")
    assert asked() == []


@pytest.mark.django_db
def test_sixty_years_of_months_are_one_line_and_say_each_value(empty_record, client):
    months()
    scene = charts()["months"](Books()).scene
    assert [len(item.points) for item in scene.items if isinstance(item, Path)] == [720]
    assert len(scene.hits) == 720
    assert scene.hits[-1].label == "December 2025: Uzbekistan 1.001 (statistics)"
    assert client.get("/en/trade/parts/").status_code == 200
