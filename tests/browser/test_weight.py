"""How heavy a page is on first view, from where it comes, how soon it stands, and that nothing moves when it does."""

import gzip
from collections import Counter

import pytest

from tests.browser.running import BASE

KB = 1024
# Kinds of pages, with what they may weigh over the wire on first view, pictures and fonts apart.
LISTS = (
    "events/",
    "agreements/",
    "initiatives/",
    "commitments/",
    "sources/",
    "changes/",
    "timeline/",
    "map/",
    "search/?q=Baku",
    "waiting/",
)
ENTRIES = (
    "agreements/treaty-on-allied-relations-2024/", "events/state-visit-ilham-aliyev-uzbekistan-2022/", "people/ilham-aliyev/",
    "places/tashkent/", "series/supreme-interstate-council/", "commitments/1/", "sources/39/", "trade/quotations/Q10/",
)  # fmt: skip
OTHERS = ("", "trade/", "trade/mirror/", "about/", "data/")
BUDGETS = dict.fromkeys(LISTS + OTHERS, 60 * KB) | dict.fromkeys(ENTRIES, 50 * KB)
NOT_COUNTED = ("Font", "Image")

# 1.6 Mbit/s, 150 ms to an answer, a processor four times slower.
WIRE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWER, MOST_SECONDS, TRIES = 4, 1.5, 20
WATCH = """
window.moved = []; window.largest = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => window.moved.push(
  [entry.value, entry.sources.map(s => (s.node?.parentElement ?? s.node)?.outerHTML?.slice(0, 120))]))).observe({type: "layout-shift", buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(entry => { window.largest = entry.startTime / 1000; }))
  .observe({type: "largest-contentful-paint", buffered: true});
"""
PAINTED = "async () => { while (!window.largest) await new Promise(done => setTimeout(done, 50)); return window.largest; }"


@pytest.fixture
def first_view(browser, site):
    """`first_view(path, width, slow_by=…)`: a page that this browser sees for the first time; the one before it is closed."""
    contexts = []

    def viewed(path, width, *, slow_by=None, listen=lambda channel: None):
        # A page on a slowed processor keeps the real one busy for as long as it is open: the next try would be slower for it.
        while contexts:
            contexts.pop().close()
        context = browser.new_context(base_url=site, viewport={"width": width, "height": 800})
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(WATCH)
        channel = context.new_cdp_session(page)
        channel.send("Network.enable")
        if slow_by:
            channel.send("Network.emulateNetworkConditions", WIRE)
            channel.send("Emulation.setCPUThrottlingRate", {"rate": slow_by})
        listen(channel)
        page.goto(path, wait_until="networkidle")
        return page

    yield viewed
    for context in contexts:
        context.close()


def weighed(first_view, path):
    """Bytes over the wire by kind of file."""
    kinds, bytes_of = {}, Counter()

    def listen(channel):
        channel.on("Network.responseReceived", lambda event: kinds.__setitem__(event["requestId"], event["type"]))
        channel.on("Network.loadingFinished", lambda event: bytes_of.update({kinds[event["requestId"]]: int(event["encodedDataLength"])}))

    first_view(path, 360, listen=listen)
    return bytes_of


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_first_view_stays_within_the_weight_of_its_kind(first_view, lang):
    heavy = {}
    for path, most in BUDGETS.items():
        bytes_of = weighed(first_view, f"/{lang}/{path}")
        if (weight := sum(size for kind, size in bytes_of.items() if kind not in NOT_COUNTED)) > most:
            heavy[path] = (weight, bytes_of)
        assert bytes_of["Document"] and bytes_of["Stylesheet"]
    assert heavy == {}


def test_all_scripts_together_stay_within_their_weight():
    scripts = [script.read_bytes() for script in (BASE / "static" / "js").glob("*.js")]
    assert sum(len(gzip.compress(script)) for script in scripts) <= 30 * KB


@pytest.mark.parametrize(("lang", "width"), [("en", 1280), ("az", 360), ("uz", 360), ("ru", 1280)])
def test_nothing_moves_while_a_page_loads_over_a_slow_wire(first_view, lang, width):
    paths = ("", "events/", "agreements/treaty-on-allied-relations-2024/", "trade/", "timeline/", "map/", "search/?q=Baku")
    moved = {path: moves for path in paths if (moves := first_view(f"/{lang}/{path}", width, slow_by=1).evaluate("window.moved"))}
    assert moved == {}


@pytest.mark.parametrize("path", ["/en/", "/az/events/", "/uz/timeline/", "/ru/agreements/treaty-on-allied-relations-2024/", "/ru/trade/"])
def test_largest_part_is_painted_soon_on_a_slow_telephone(first_view, path):
    """The best of a few tries, which end with the first that is fast enough: the machine may have other work."""
    tries = []
    first_view(path, 360)
    while len(tries) < TRIES and (not tries or min(tries) > MOST_SECONDS):
        tries.append(first_view(path, 360, slow_by=SLOWER).evaluate(PAINTED))
    assert min(tries) <= MOST_SECONDS, tries
