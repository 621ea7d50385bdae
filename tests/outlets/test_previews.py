"""A preview shows one entry and nothing else unpublished, to whoever has its address, for a while, and to no cache."""

import datetime
import io
import logging
import re

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone
from PIL import Image

from cooperation.models import Agreement, AgreementRelation, Commitment, Initiative, Partner
from events.models import Event, Participant
from record import previews, publishing, roles, tokens
from record.models import Picture, PreviewLink
from record.publishing import Refused
from relations_site.operations import logs
from relations_site.pagecache.store import Store
from relations_site.pagecache.wsgi import PageCache
from tests import factories, walk

pytestmark = pytest.mark.django_db
SECRET = "zqneighbour"


def opened(client, entry, lang="en", hours=1):
    """The preview of an entry, by a new link."""
    _link, token = previews.make(entry, by=None, hours=hours)
    return client.get(f"/preview/{token}/{lang}/")


def article(answer):
    """What the page says of the entry: without the frame, the banner, and what only a public page has."""
    page = re.sub(r'<div><dt>[^<]*</dt><dd><a href="[^"]*/(r|changes)/.*?</div>', "", answer.content.decode())
    page = re.sub(r'<a href="[^"]*/r/[^"]*">(.*?)</a>', r"\1", page)
    found = re.search(r'<article class="wrap entry">.*?</article>', page, re.S)[0]
    without = re.sub(r'<details class="cite.*?</details>', "", found, flags=re.S)
    return re.sub(r"\s+", " ", without)


def picture(word):
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "WEBP")
    row = Picture(alt_en=f"{word} picture", credit=word)
    row.image.save("x.webp", ContentFile(out.getvalue(), name="x.webp"), save=False)
    row.save()
    return row


class Entangled:
    """An unpublished entry of each kind, each tied to public and to other unpublished ones in every way that a page follows."""

    def __init__(self):
        self.public = Event.objects.public().filter(series__isnull=False).first()
        self.secret = factories.EventFactory(title_en=f"{SECRET} event", slug=f"{SECRET}-event", date="2023-05-05")
        self.other = factories.AgreementFactory(title_en=f"{SECRET} agreement", slug=f"{SECRET}-agreement")
        self.project = factories.InitiativeFactory(title_en=f"{SECRET} initiative", slug=f"{SECRET}-initiative")
        place = factories.PlaceFactory(name_en="Place of a draft")
        body = factories.OrganisationFactory(name_en="Body of a draft")
        self.event = factories.EventFactory(title_en="The visit itself", place=place, part_of=self.secret, series=self.public.series)
        Participant.objects.create(event=self.event, person=factories.PersonFactory(name_en="Person of a draft"))
        Event.objects.filter(pk=self.secret.pk).update(series=self.public.series)
        factories.EventFactory(title_en=f"{SECRET} part", part_of=self.event)
        self.event.related.add(self.secret, self.public)
        self.agreement = factories.AgreementFactory(title_en="The treaty itself", signed_at=self.secret, package=self.other)
        self.agreement.events.add(self.secret, self.public)
        AgreementRelation.objects.create(agreement=self.agreement, kind="amends", other=self.other)
        AgreementRelation.objects.create(agreement=self.other, kind="cites", other=self.agreement)
        self.initiative = factories.InitiativeFactory(title_en="The school itself", place=place)
        self.initiative.related.add(self.project)
        self.initiative.agreements.add(self.other)
        self.initiative.events.add(self.secret)
        Partner.objects.create(initiative=self.initiative, organisation=body)
        self.commitment = factories.CommitmentFactory(title_en="The promise itself", event=self.secret, agreement=self.other)
        factories.CommitmentFactory(title_en=f"{SECRET} promise", event=self.event)
        self.entries = [self.event, self.agreement, self.initiative, self.commitment]


def test_preview_of_each_kind_tells_the_entry_and_nothing_else_unpublished(client):
    found = Entangled()
    for entry in found.entries:
        for lang in walk.LANGS:
            answer = opened(client, entry, lang)
            page = answer.content.decode()
            assert answer.status_code == 200
            assert entry.title_en in page and f'<html lang="{lang}">' in page
            assert SECRET not in page.lower()
    assert "Person of a draft" in opened(client, found.event).content.decode()


def test_preview_is_what_readers_see_once_this_entry_alone_is_public(client):
    for entry in Entangled().entries:
        before = {lang: article(opened(client, entry, lang)) for lang in ("en", "uz")}
        row = type(entry).objects.get(pk=entry.pk)
        publishing.publish(row, by=None)
        for lang, said in before.items():
            public = article(client.get(row.get_absolute_url().replace("/en/", f"/{lang}/", 1)))
            assert public == said, entry.code


def test_preview_of_an_event_names_the_sessions_beside_it(client):
    found = Entangled()
    page = opened(client, found.event).content.decode()
    assert 'class="neighbours"' in page


@pytest.mark.parametrize("state", ["draft", "in-review", "scheduled"])
def test_preview_shows_what_is_stored_and_says_that_it_is_not_public(client, state):
    entry = factories.EventFactory(title_en="First words")
    if state == "in-review":
        publishing.submit(entry, by=None)
    if state == "scheduled":
        publishing.schedule(entry, by=None, at=timezone.now() + datetime.timedelta(days=1))
    _link, token = previews.make(entry, by=None, hours=1)
    entry.title_en = "Later words"
    entry.save()
    page = client.get(f"/preview/{token}/en/").content.decode()
    assert "Later words" in page and "First words" not in page
    assert f"Version {entry.version}" in page and {"in-review": "in review"}.get(state, state) in page


def test_preview_is_told_to_nobody_and_kept_nowhere(client):
    entry = factories.EventFactory()
    _link, token = previews.make(entry, by=None, hours=1)
    for address in (f"/preview/{token}/", f"/preview/{token}/uz/"):
        answer = client.get(address)
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["X-Robots-Tag"].startswith("noindex")
        assert answer["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
    page = answer.content.decode()
    assert '<meta name="robots" content="noindex' in page
    assert not re.search(r'rel="canonical"|hreflang="x-default"|og:|ld\+json|oembed|/cards/', page)
    assert [lang for lang in walk.LANGS if f'href="/preview/{token}/{lang}/"' in page] == walk.LANGS
    assert "/preview/" in client.get("/robots.txt").content.decode()


def test_page_cache_passes_previews_and_requests_on_every_time():
    asked = []

    def application(environ, start_response):
        asked.append(environ["REQUEST_METHOD"])
        start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", "2")], None)
        return [b"no"]

    class Still:
        generation = staticmethod(lambda: (1, True))

    cache = PageCache(application, Store(1_000_000), Still, lambda now: now + 60, walk.LANGS)
    for path in (f"/preview/{walk.NOBODYS}/en/", f"/confirm/{walk.NOBODYS}/"):
        for method in ("GET", "GET", "HEAD"):
            environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "here"}
            assert cache(environ, lambda *told: None) == [b"no"]
    assert asked == ["GET", "GET", "HEAD"] * 2


def _body(client, address):
    answer = client.get(address)
    return answer.status_code, answer.content


def test_token_that_was_not_given_out_answers_like_any_unknown_address(client):
    _link, token = previews.make(factories.EventFactory(title_en="Not yet"), by=None, hours=1)
    unsigned = token[:-1] + ("A" if token[-1] != "A" else "E")
    unknown = _body(client, f"/preview/{walk.NOBODYS}/en/")
    assert unknown[0] == 404
    for foreign in (unsigned, "A" * 22 + "." + "A" * 43, token.partition(".")[0]):
        assert _body(client, f"/preview/{foreign}/en/")[0] == 404
    assert _body(client, f"/preview/{unsigned}/en/") == unknown


def test_token_that_is_over_says_so_in_the_language_of_the_page_and_nothing_of_the_entry(client):
    entry = factories.EventFactory(title_en="Not yet", slug="not-yet")
    link, token = previews.make(entry, by=None, hours=1)
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=61), tick=False):
        expired = client.get(f"/preview/{token}/en/")
    previews.revoke(link, by=None)
    taken_back = client.get(f"/preview/{token}/en/")
    assert "has expired" in expired.content.decode() and "was taken back" in taken_back.content.decode()
    for answer in (expired, taken_back, client.get(f"/preview/{token}/uz/")):
        page = answer.content.decode()
        assert (answer.status_code, answer["Cache-Control"]) == (410, "no-store, private")
        assert answer["X-Robots-Tag"].startswith("noindex") and f'<html lang="{answer["Content-Language"]}">' in page
        assert not [words for words in ("Not yet", "not-yet", entry.code) if words in page]
    assert PreviewLink.objects.get(pk=link.pk).opened == 0


def test_preview_leads_to_no_address_that_its_reader_cannot_open(client):
    for entry in Entangled().entries:
        entry.citations.all().delete()
        page = opened(client, entry).content.decode()
        assert entry.code in page and f"/r/{entry.code}" not in page and f"/changes/{entry.code}/" not in page
        assert 'id="sources"' not in page


def test_token_opens_its_own_entry_whatever_else_is_asked(client):
    mine, other = factories.EventFactory(title_en="Mine alone"), factories.EventFactory(title_en="The other one")
    _link, token = previews.make(mine, by=None, hours=1)
    for address in (f"/preview/{token}/en/?number={other.code}", f"/preview/{token}/en/?slug={other.slug}&lang=uz"):
        page = client.get(address).content.decode()
        assert "Mine alone" in page and "The other one" not in page
    for address in (f"/preview/{token}/{other.code}/", f"/preview/{token}/en/{other.slug}/", f"/preview/{other.code}/en/"):
        assert client.get(address).status_code == 404
    for address in (other.get_absolute_url(), mine.get_absolute_url()):
        assert client.get(f"{address}?preview={token}").status_code == 404


def test_preview_ends_with_publication_and_opens_nothing_that_was_withdrawn(client):
    entry = factories.EventFactory()
    _link, token = previews.make(entry, by=None, hours=1)
    publishing.publish(entry, by=None)
    answer = client.get(f"/preview/{token}/uz/")
    assert (answer.status_code, answer["Location"]) == (302, entry.get_absolute_url().replace("/en/", "/uz/"))
    publishing.withdraw(entry, by=None, reason="Entered twice.")
    assert client.get(f"/preview/{token}/uz/").status_code == 404
    entry.delete()
    assert client.get(f"/preview/{token}/uz/").status_code == 404


def test_only_a_visit_counts_and_twice_within_a_minute_is_one(client):
    link, token = previews.make(factories.EventFactory(), by=None, hours=1)
    assert client.head(f"/preview/{token}/en/").status_code == 200
    for method in ("options", "post", "put", "delete"):
        assert getattr(client, method)(f"/preview/{token}/en/").status_code == 405
    assert PreviewLink.objects.get(pk=link.pk).opened == 0
    for _ in range(2):
        client.get(f"/preview/{token}/en/")
    assert PreviewLink.objects.get(pk=link.pk).opened == 1


def test_picture_is_shown_by_the_token_of_its_own_entry_alone(client):
    entry, other = factories.EventFactory(), factories.EventFactory()
    own, foreign = picture("own"), picture("foreign")
    entry.pictures.add(own)
    other.pictures.add(foreign)
    link, token = previews.make(entry, by=None, hours=1)
    assert f"{own.fallback}?preview={token}" in client.get(f"/preview/{token}/en/").content.decode()
    answer = client.get(f"{own.get_absolute_url()}?preview={token}")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert client.get(f"{foreign.get_absolute_url()}?preview={token}").status_code == 404
    assert client.get(own.get_absolute_url()).status_code == 404
    previews.revoke(link, by=None)
    assert client.get(f"{own.get_absolute_url()}?preview={token}").status_code == 404


def test_links_change_no_public_byte(client):
    addresses = [
        "/sitemap.xml",
        "/sitemap-events-en-1.xml",
        "/en/",
        "/en/events/",
        "/en/events.json",
        "/en/timeline/",
        "/en/search/?q=Quiet",
    ]
    entry = factories.EventFactory(title_en="Quiet meeting")
    before = [client.get(address).content for address in addresses]
    opened(client, entry)
    assert [client.get(address).content for address in addresses] == before


def test_database_does_not_hold_what_opens_an_entry():
    _link, token = previews.make(factories.EventFactory(), by=None, hours=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM record_previewlink")
        stored = str(cursor.fetchall())
    assert tokens.digest(token) in stored
    assert not [part for part in token.split(".") if part in stored]


def test_log_does_not_hold_what_opens_an_entry():
    _link, token = previews.make(factories.EventFactory(), by=None, hours=1)
    line = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", (f"/preview/{token}/xx/",), None)
    assert logs.Lines().format(line).endswith("Not Found: /preview/…/xx/")


def person(name, *groups):
    user = User.objects.create_user(name, password=None, is_staff=True)
    user.groups.set([Group.objects.get_or_create(name=group)[0] for group in groups])
    return user


def test_link_is_refused_with_every_reason():
    entry = factories.EventFactory(published=True)
    with pytest.raises(Refused) as refused:
        previews.make(entry, by=person("guest"), hours=100_000)
    assert len(refused.value.reasons) == 3
    assert previews.make(factories.EventFactory(), by=person("writer", roles.AUTHOR), hours=1)


def test_desk_shows_makes_and_takes_back(admin_client, client):
    entry = factories.EventFactory(title_en="Not yet")
    address = f"/admin/events/event/{entry.pk}/preview/"
    assert f'href="{address}"' in admin_client.get(f"/admin/events/event/{entry.pk}/change/").content.decode()
    shown = admin_client.get(f"/admin/events/event/{entry.pk}/preview-page/?lang=ru")
    assert 'lang="ru"' in shown.content.decode() and "no-store" in shown["Cache-Control"]
    page = admin_client.post(address, {"hours": "24"}).content.decode()
    token = re.search(rf"/preview/({tokens.PATTERN})/", page)[1]
    assert token not in admin_client.get(address).content.decode()
    assert client.get(f"/preview/{token}/en/").status_code == 200
    admin_client.post(address, {"revoke": str(PreviewLink.objects.get().pk)})
    assert client.get(f"/preview/{token}/en/").status_code == 410
    assert admin_client.post(address, {"hours": "9" * 5000}).status_code == 200
    assert PreviewLink.objects.count() == 1
    publishing.publish(entry, by=None)
    assert admin_client.get(address).status_code == 403


@pytest.mark.parametrize("kind", [Event, Agreement, Initiative, Commitment])
def test_every_kind_with_a_preview_has_the_page_of_the_desk(admin_client, kind):
    entry = getattr(factories, f"{kind.__name__}Factory")()
    address = f"/admin/{kind._meta.app_label}/{kind._meta.model_name}/{entry.pk}"
    assert admin_client.get(f"{address}/preview/").status_code == 200
    assert admin_client.get(f"{address}/preview-page/?lang=az").status_code == 200


def test_links_of_another_entry_are_not_taken_back_from_here(admin_client):
    mine, other = factories.EventFactory(), factories.EventFactory()
    link, _token = previews.make(other, by=None, hours=1)
    admin_client.post(f"/admin/events/event/{mine.pk}/preview/", {"revoke": str(link.pk)})
    assert PreviewLink.objects.get(pk=link.pk).works()
