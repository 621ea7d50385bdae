"""Marks of charts under a finger: each opens what it shows, within 24 pixels, and none takes the place of another."""

import pytest

# For each mark that leads somewhere: its link, the side of the square behind it, and which links lie under its middle and 10 pixels beside it.
MARKS = """svg => [...svg.querySelectorAll(":scope > a")].map((link, at) => {
  const own = link.getBoundingClientRect(), room = svg.querySelectorAll(".reach rect")[at].getBoundingClientRect();
  const x = own.left + own.width / 2, y = own.top + own.height / 2;
  const under = (x, y) => document.elementFromPoint(x, y)?.closest("a")?.getAttribute("href") ?? null;
  return {href: link.getAttribute("href"), side: Math.min(room.width, room.height), x, y, middle: under(x, y),
          beside: [[-10, 0], [10, 0], [0, -10], [0, 10]].map(([dx, dy]) => under(x + dx, y + dy))};
})"""


def is_alone(mark, marks):
    return all(abs(mark["x"] - other["x"]) > 36 or abs(mark["y"] - other["y"]) > 36 for other in marks if other is not mark)


def covers(mark, other):
    return abs(mark["x"] - other["x"]) <= 12 and abs(mark["y"] - other["y"]) <= 12


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["/uz/trade/", "/ru/trade/charts/turnover/embed/"])
def test_mark_is_opened_from_24_pixels_and_keeps_its_own_place(open_page, path, width):
    page = open_page(path, width=width)
    lone = 0
    for chart in page.locator("svg.chart:has(.reach)").all():
        chart.evaluate("svg => svg.scrollIntoView({block: 'center'})")
        marks = chart.evaluate(MARKS)
        assert all(round(mark["side"], 2) >= 24 for mark in marks)
        # Only a mark that is drawn over another one is met in its place.
        met = [(mark["middle"], {other["href"] for other in marks if covers(mark, other)}) for mark in marks]
        assert [(middle, own) for middle, own in met if middle not in own] == []
        for mark in marks:
            if is_alone(mark, marks):
                lone += 1
                assert mark["beside"] == [mark["href"]] * 4
    assert lone
    assert page.evaluate("document.documentElement.scrollWidth") == width
