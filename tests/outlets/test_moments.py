"""A scheduled entry is seen at its moment, nowhere before and everywhere after, by the clock alone; a withdrawn one nowhere.

Asked through the cache that stands in front of Django, which is told of no commit when the moment comes.
"""

import datetime

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from record import publishing
from relations_site import pagecache
from relations_site.pagecache.store import Store
from relations_site.pagecache.wsgi import PageCache
from tests import factories

pytestmark = pytest.mark.django_db
WORD = "zqmoment"
TICK = datetime.timedelta(milliseconds=1)


class Site:
    """The site behind its cache. `commits` is what the database would tell."""

    def __init__(self):
        self.commits = 1
        languages = [code for code, _name in settings.LANGUAGES]
        self.cache = PageCache(self._django, Store(50_000_000), self, pagecache.next_change, languages)

    def generation(self):
        return self.commits, True

    def _django(self, environ, start_response):
        kept = {name: value for name, value in environ.items() if name.startswith("HTTP_")}
        response = Client().get(environ["PATH_INFO"], QUERY_STRING=environ["QUERY_STRING"], **kept)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        response.setdefault("Content-Length", str(len(body)))
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.headers.items()))
        return [body]

    def get(self, address, **headers):
        """(status, headers, text) of an address."""
        path, _mark, query = address.partition("?")
        told = []
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "testserver", **headers}
        body = b"".join(self.cache(environ, lambda *args: told.extend(args)))
        return told[0], {name.lower(): value for name, value in told[1]}, body.decode()


def addresses(entry):
    """Wherever an event can be met."""
    day = f"after={entry.date}&before={entry.date}"
    return {
        "page": entry.get_absolute_url(),
        "embed": f"{entry.get_absolute_url()}embed/",
        "number": f"/r/{entry.code}.json",
        "citation": f"/r/{entry.code}.bib",
        "list": f"/en/events/?{day}",
        "list of another language": f"/ru/events/?{day}",
        "csv": f"{reverse('events-csv')}?{day}",
        "json": f"{reverse('events-json')}?{day}",
        "feed": f"{reverse('events-atom')}?{day}",
        "calendar": f"{reverse('events-ics')}?{day}",
        "search": f"/en/search/?q={WORD}",
        "search as data": f"{reverse('search-json')}?q={WORD}",
        "interface": f"{reverse('api-events')}?{day}",
        "one row of the interface": f"/api/v1/events/{entry.code}/",
        "sitemap": reverse("sitemap-section", kwargs={"section": "events", "lang": "en", "number": 1}),
        "home": "/en/",
        "timeline": f"/en/timeline/?{day}",
        "topic": f"/en/topics/{entry.topics.get().slug}/",
        "place": f"/en/places/{entry.place.slug}/",
        "map": f"/en/map/?{day}",
    }


def where(site, asked):
    """The names of the addresses at which the entry is met: by its address, its title, or its place that only it leads to."""
    return {name for name, address in asked.items() if _is_met(*site.get(address))}


def _is_met(status, headers, text):
    return status.startswith("200") and any(word in text for word in (f"{WORD}-event", f"{WORD} event"))


def scheduled(moment):
    entry = factories.EventFactory(
        slug=f"{WORD}-event", title_en=f"{WORD} event", date=str(timezone.localdate() + datetime.timedelta(days=1)),
        place=factories.PlaceFactory(name_en="A place", latitude=41, longitude=69),
    )  # fmt: skip
    entry.topics.add(factories.TopicFactory())
    publishing.schedule(entry, by=None, at=moment)
    return entry


def test_scheduled_entry_is_nowhere_before_its_moment_and_everywhere_from_it_on():
    moment = (timezone.localtime() + datetime.timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)
    entry, site = scheduled(moment), Site()
    asked = addresses(entry)
    tags = {}
    with time_machine.travel(moment - TICK, tick=False):
        for _twice in range(2):
            assert where(site, asked) == set()
        tags = {name: site.get(address)[1].get("etag", '"none"') for name, address in asked.items()}
    with time_machine.travel(moment, tick=False):
        assert where(site, asked) == set(asked)
        # Whoever kept the answer of before is given the new one.
        assert {name for name in asked if site.get(asked[name], HTTP_IF_NONE_MATCH=tags[name])[0].startswith("304")} == set()
        publishing.withdraw(entry, by=None, reason="Entered twice.")
        site.commits += 1
        assert where(site, asked) == set()


GONE = ("page", "embed", "number", "citation", "one row of the interface")


def test_withdrawn_entry_says_so_and_why_wherever_it_had_an_address():
    """In every language, and in data; until the moment at which it is public again, whatever is done with it."""
    now = timezone.now()
    entry, site = scheduled(now + datetime.timedelta(seconds=1)), Site()
    asked = addresses(entry)
    told = {name: asked[name] for name in GONE} | {f"page in {lang}": f"/{lang}/events/{entry.slug}/" for lang, _name in settings.LANGUAGES}
    told |= {f"{lang} embed": f"/{lang}/events/{entry.slug}/embed/" for lang, _name in settings.LANGUAGES}
    told |= {ending: f"/r/{entry.code}.{ending}" for ending in ("ris", "csl.json")} | {"card": f"/en/cards/{entry.code}-{'0' * 12}.png"}
    with time_machine.travel(now + datetime.timedelta(seconds=2)) as clock:
        reasons = {"en": "Entered twice.", "az": "Entered twice.", "uz": "Entered twice.", "ru": "Entered twice."}
        steps = [(publishing.withdraw, {"reason": reasons}), (publishing.restore, {}), (publishing.submit, {}),
                 (publishing.schedule, {"at": now + datetime.timedelta(days=1)})]  # fmt: skip
        for step, said in steps:
            step(entry, by=None, **said)
            site.commits += 1
            answers = {name: site.get(address) for name, address in told.items()}
            assert {name for name, (status, _h, text) in answers.items() if status[:3] != "410" or "Entered twice." not in text} == set()
            assert not any(word in text for name, (_s, _h, text) in answers.items() for word in (f"{WORD} event", "Who did what"))
        clock.shift(datetime.timedelta(days=1))
        assert {name for name, address in told.items() if site.get(address)[0][:3] not in ("200", "302")} == set()


def test_former_address_of_a_withdrawn_entry_leads_to_where_it_says_so(client):
    entry = factories.EventFactory(published=True, slug=f"{WORD}-old")
    entry.slug = f"{WORD}-new"
    entry.save()
    publishing.withdraw(entry, by=None, reason="Entered twice.")
    for end in ("", "embed/"):
        answer = client.get(f"/en/events/{WORD}-old/{end}")
        assert (answer.status_code, answer["Location"]) == (301, f"/en/events/{WORD}-new/{end}")
        assert client.get(answer["Location"]).status_code == 410
