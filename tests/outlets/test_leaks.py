"""Nothing unpublished is visible anywhere: not by name, not by number, not by a changed byte, not by an oracle."""

import datetime
import io
import itertools
import re
from functools import cache

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from cooperation.models import Agreement, AgreementAction, AgreementRelation, AgreementText, Initiative, Partner, Signatory
from events.models import Event, Participant
from record import kept, publishing
from record.intake.fields import checked_pdf, clean_picture
from record.models import Disagreement, DisagreementValue, FormerAddress, Office, Picture, Series, Source
from tests import factories, hostile, walk

MARKER = "zqsecret"
TEXTS = ("title", "summary", "body", "caveat", "result")
_CAUSES = {"draft": "transit", "scheduled": "freight"}
TOMORROW = timezone.now() + datetime.timedelta(days=1)
years = itertools.count(1950)


def _texts(model, word):
    names = {field.name for field in model._meta.fields}
    texts = {f"{name}_{lang}": f"{word} {name}" for name in TEXTS for lang in walk.LANGS if f"{name}_{lang}" in names}
    # The address of a withdrawn entry was public once, and still answers: 410.
    own = word.replace(MARKER, "gone") if "withdrawn" in word else word
    return {"slug": f"{own}-{model._meta.model_name}", **texts}


@cache
def _clean_picture():
    """Opened once for all tests: that takes a process of its own."""
    out = io.BytesIO()
    Image.new("RGB", (10, 10)).save(out, "WEBP")
    return clean_picture(ContentFile(out.getvalue(), name="x.webp"))


@cache
def _checked_pdf():
    """A document that says the marker: checked once for all tests."""
    return checked_pdf(ContentFile(hostile.document(title=MARKER), name="x.pdf"))


def _picture():
    picture = Picture(alt_en=f"{MARKER} picture", credit=MARKER)
    picture.image.save("x.webp", _clean_picture(), save=False)
    picture.save()
    return picture


def public_rows():
    """The event, the agreement and the initiative with which what is unpublished is entangled."""
    event = Event.objects.public().filter(series__isnull=False, place__isnull=False).first()
    return event, Agreement.objects.public().first(), Initiative.objects.public().first()


def entangled_with():
    """What the addresses have in them of all public rows to which `Unpublished` and `_add_unpublished` lead."""
    entries = public_rows()
    event, person = entries[0], Participant.objects.filter(person__isnull=False).first().person
    place = Event.objects.public().exclude(place=None).first().place
    sources = Source.objects.filter(eventcitations__event=event)
    slugs = [row.slug for row in (*entries, person, place, event.place, event.series, *event.topics.all())]
    codes = [row.code for row in (*entries, *sources)]
    return re.compile(rf"/({'|'.join([*slugs, *codes, *(f'sources/{row.number}' for row in sources)])})(?![\w-])")


class Unpublished:
    """A draft, a scheduled and a withdrawn entry of each kind, entangled with what readers see."""

    def __init__(self):
        self.event, self.agreement, self.initiative = public_rows()
        self.source = factories.SourceFactory(title=f"{MARKER} source", publisher=MARKER, url=f"https://{MARKER}.example/")
        self.named = {
            name: getattr(factories, f"{name}Factory")(slug=f"{MARKER}-{name.lower()}", name_en=f"{MARKER} {name}")
            for name in ("Topic", "Place", "Person", "Organisation", "Series")
        }
        self.disagreement = Disagreement.objects.create(slug=f"{MARKER}-dispute", label_en=f"{MARKER} dispute")
        for word in ("one", "other"):
            DisagreementValue.objects.create(disagreement=self.disagreement, value_en=f"{MARKER} {word}").sources.add(self.source)
        self.picture = _picture()
        self.entries = [
            make(state) for state in ("draft", "scheduled", "withdrawn") for make in (self._event, self._agreement, self._initiative)
        ]
        self._figures()
        self._promises()

    def _move(self, entry, state):
        if state == "scheduled":
            publishing.schedule(entry, by=None, at=TOMORROW)
        if state == "withdrawn":
            publishing.publish(entry, by=None)
            publishing.withdraw(entry, by=None, reason="Entered twice.")
            FormerAddress.objects.create(letter=entry.LETTER, slug=f"{entry.slug}-before", number=entry.number)
        return entry

    def _common(self, entry):
        entry.topics.add(self.named["Topic"], *self.event.topics.all())
        entry.pictures.add(self.picture)
        entry.disagreements.add(self.disagreement)
        entry.citations.create(source=self.source)
        entry.citations.create(source=Source.objects.filter(eventcitations__event=self.event).first())

    def _event(self, state):
        word = f"{MARKER}-{state}"
        entry = factories.EventFactory(**_texts(Event, word), date="2023-05-04", place=self.named["Place"], part_of=self.event)
        entry.series = self.event.series
        entry.ordinal = 100 + entry.number
        entry.save()
        self._common(entry)
        office = Office.objects.create(person=self.named["Person"], title_en=f"{MARKER} office")
        Participant.objects.create(event=entry, person=self.named["Person"], office=office)
        Participant.objects.create(event=entry, person=Participant.objects.filter(person__isnull=False).first().person)
        Participant.objects.create(event=entry, organisation=self.named["Organisation"])
        entry.related.add(self.event)
        return self._move(entry, state)

    def _agreement(self, state):
        entry = factories.AgreementFactory(
            **_texts(Agreement, f"{MARKER}-{state}"),
            signed_at=self.event,
            stated_end="2027-03-04",
            package=self.agreement,
            level="interstate",
        )
        self._common(entry)
        entry.events.add(self.event)
        AgreementAction.objects.create(agreement=entry, kind="signed", date="2023-05-04", place=self.named["Place"], note_en=MARKER)
        Signatory.objects.create(agreement=entry, person=self.named["Person"])
        AgreementRelation.objects.create(agreement=entry, kind="amends", other=self.agreement)
        AgreementRelation.objects.create(agreement=self.agreement, kind="cites", other=entry)
        self.initiative.agreements.add(entry)
        text = AgreementText(agreement=entry, language="uz", official=True, url=f"https://{MARKER}.example/text")
        text.file.save("x.pdf", _checked_pdf(), save=True)
        return self._move(entry, state)

    def _initiative(self, state):
        entry = factories.InitiativeFactory(**_texts(Initiative, f"{MARKER}-{state}"), place=self.named["Place"])
        self._common(entry)
        entry.events.add(self.event)
        entry.agreements.add(self.agreement)
        entry.related.add(self.initiative)
        Partner.objects.create(initiative=entry, organisation=self.named["Organisation"])
        return self._move(entry, state)

    def _promises(self):
        """Promises of each state, made in what readers see, with evidence from a source that only they have."""
        for state in ("draft", "scheduled", "withdrawn"):
            promise = factories.CommitmentFactory(
                title_en=f"{MARKER} promise", note_en=MARKER, wording=MARKER, deadline="2027-05-04", event=self.event,
                agreement=self.agreement, initiative=self.initiative,
            )  # fmt: skip
            assessment = promise.assessments.create(as_of="2024-01-01", score="full", finding_en=MARKER)
            assessment.sources.add(self.source)
            promise.citations.create(source=self.source)
            self._move_promise(promise, state)

    def _move_promise(self, promise, state):
        if state == "scheduled":
            publishing.schedule(promise, by=None, at=TOMORROW)
        if state == "withdrawn":
            publishing.publish(promise, by=None)
            publishing.withdraw(promise, by=None, reason="Entered twice.")

    def _figures(self):
        quoted = factories.QuotedFigureFactory(subject_en=f"{MARKER} quoted", note_en=MARKER, value="987654.3", reporter="uz")
        quoted.disagreements.add(self.disagreement)
        factories.TradeFigureFactory(source=self.source, value="987654321", year=next(years))
        factories.QuotedFigureFactory(
            measure="documents", unit="documents", flow="", value=977, event=self.event, subject_en=f"{MARKER} documents"
        )
        for state in ("draft", "scheduled"):
            cause = factories.GapCauseFactory(source=self.source, finding_en=MARKER, locator=state, cause=_CAUSES[state])
            self._move(cause, state)
        scheduled = factories.QuotedFigureFactory(subject_en=f"{MARKER} scheduled", value="987654.3", reporter="az")
        publishing.schedule(scheduled, by=None, at=TOMORROW)


def _answer(client, address):
    response = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {name: value for name, value in response.headers.items() if name != "Expires"}
    return response.status_code, body, str(sorted(headers.items()))


@pytest.mark.django_db
def test_every_public_address_is_walked():
    assert walk.names() == set(walk.ARGUMENTS)


@pytest.mark.django_db
def test_marker_of_an_unpublished_entry_is_found_nowhere(client):
    """At the addresses that are there because of it, and on the page of changes; that all others are what they were is the next test."""
    known = set(walk.addresses())
    Unpublished()
    everywhere = walk.addresses()
    # Each in English and in one of the other languages, taking turns: every kind of page is met in all of them.
    asked = walk.in_two_languages([address for address in everywhere if address not in known or CHANGES.search(address)])
    leaks, shared = [], kept.Generation()
    for address in asked:
        with shared.entered():
            _status, body, headers = _answer(client, address)
        # A page may name the address that it was asked for, in each language, and nothing more.
        own = address.partition("?")[0].rstrip("/").removesuffix("/embed").rpartition("/")[2]
        said = (body.decode(errors="replace") + headers).replace(own, "")
        if MARKER in said.lower():
            leaks.append(address)
    assert leaks == []
    assert len(asked) > 300


@pytest.mark.django_db
def test_unpublished_entry_answers_as_if_it_never_existed_and_withdrawn_says_so(client):
    secrets = Unpublished()
    for entry in secrets.entries:
        for address in (entry.get_absolute_url(), f"/r/{entry.code}"):
            status, body, _headers = _answer(client, address)
            if entry.state == "withdrawn":
                assert status == (410 if "/r/" not in address else 302)
                assert "/r/" in address or b"Entered twice." in body
            else:
                own, never = (entry.code, f"{entry.LETTER}99999") if "/r/" in address else (entry.slug, "never-was")
                unknown = _answer(client, address.replace(own, never))
                assert (status, body.replace(own.encode(), never.encode())) == (404, unknown[1])


# The walk takes a minute: workers share it.
PARTS = 2
# What may appear is one rule of the querysets, and the walk for the marker asks both engines for it: the long walks ask one.
# Withdrawals are told on the page of changes; that drafts change none of its bytes is shown in tests/record/history.
CHANGES = re.compile(r"/changes(\.|/(\?|$))")


@pytest.mark.one_engine
@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.long
def test_hundred_unpublished_entries_change_no_public_byte(client, part):
    """One row in four of each kind, and every one to which the unpublished ones lead."""
    led_to = entangled_with()
    entangled = [address for address in walk.addresses() if led_to.search(address)]
    everywhere = [address for address in walk.in_one_language(walk.addresses(every=4) + entangled) if not CHANGES.search(address)]
    assert len(everywhere) >= 1400
    assert {
        kind for kind in ("people", "places", "sources", "topics", "series", "r/E", "r/S") if f"/{kind}" not in "".join(entangled)
    } == set()
    asked = walk.parted(everywhere, PARTS)[part]
    # As readers get them: what pages share is made once between two changes of the record.
    with kept.Generation().entered():
        before = {address: _answer(client, address) for address in asked}
    _add_unpublished()
    with kept.Generation().entered():
        changed = [address for address in asked if _answer(client, address) != before[address]]
    assert changed == []


def _add_unpublished():
    """At least 100 drafts, 20 scheduled and 20 withdrawn entries, half of them entangled with what readers see, all with pictures."""
    for _ in range(4):
        _out_of_the_way(secrets := Unpublished())
    place = Event.objects.public().exclude(place=None).first().place
    makers = (factories.EventFactory, factories.AgreementFactory, factories.InitiativeFactory)
    with_picture = factories.EventFactory.create_batch(40, place=place) + [entry for make in makers[1:] for entry in make.create_batch(40)]
    for state in ("scheduled", "withdrawn"):
        with_picture += [secrets._move(make(), state) for make in makers for _ in range(3)]
    for entry in with_picture:
        entry.pictures.add(secrets.picture)
    models = (Event, Agreement, Initiative)
    assert sum(model.objects.drafts().count() for model in models) >= 100
    assert sum(model.objects.scheduled().count() for model in models) >= 20
    assert sum(model.objects.withdrawn().count() for model in models) >= 20


def _out_of_the_way(secrets):
    """Free the unique slugs and ordinals for the next set."""
    for entry in secrets.entries:
        type(entry)._base_manager.filter(pk=entry.pk).update(slug=f"moved-{entry.code}".lower())
        if isinstance(entry, Event):
            Event._base_manager.filter(pk=entry.pk).update(ordinal=1000 + entry.number)
    for row in [*secrets.named.values(), secrets.disagreement]:
        type(row)._base_manager.filter(pk=row.pk).update(slug=f"moved-{row.pk}-{row._meta.model_name}")
    FormerAddress.objects.filter(slug__startswith="gone").delete()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["events", "agreements", "initiatives", "sources"])
def test_search_for_an_unpublished_word_answers_like_any_unknown_word(client, path):
    Unpublished()
    for question in (f"q={MARKER}", f"topic={MARKER}-topic", f"place={MARKER}-place", f"person={MARKER}-person", f"series={MARKER}-series"):
        known, unknown = client.get(f"/en/{path}/?{question}"), client.get(f"/en/{path}/?{question.replace(MARKER, 'zqnowhere')}")
        assert known.status_code == unknown.status_code
        said = known.content.decode().replace(MARKER, "zqnowhere").replace(MARKER.capitalize(), "Zqnowhere")
        assert said == unknown.content.decode()


WORDS = [
    "secret",
    MARKER,
    f"{MARKER}-person",
    f"{MARKER.upper()}",
    f'"{MARKER} title"',
    f"{MARKER} summary",
    "zqsecre",
    "zqsecert",
    "987654321",
]


@pytest.mark.one_engine
@pytest.mark.django_db
@pytest.mark.long
def test_search_answers_as_if_nothing_unpublished_existed(client):
    """Not in results, counts, suggestions, or in what was perhaps meant: byte for byte as before it was there."""
    pages = [("en", "/"), ("uz", "/"), ("en", ".json"), ("en", ".csv"), ("en", ".atom"), ("uz", "/suggestions/")]
    endings = itertools.product(pages, ("", "&match=any", "&kind=person"))
    asked = [f"/{lang}/search{ending}?q={word}{more}" for (lang, ending), more in endings for word in WORDS]
    with kept.Generation().entered():
        before = {address: _answer(client, address) for address in asked}
    Unpublished()
    with kept.Generation().entered():
        assert [address for address in asked if _answer(client, address) != before[address]] == []


@pytest.mark.django_db
def test_search_finds_what_was_scheduled_as_soon_as_it_is_public(client):
    """The same words, once readers may see them: the test above could fail."""
    secrets = Unpublished()
    assert client.get(f"/en/search.json?q={MARKER}").json()["count"] == 0
    for entry in secrets.entries:
        if entry.state == "published":
            publishing.publish(entry, by=None)
    assert client.get(f"/en/search.json?q={MARKER}").json()["count"] > 3
    assert "zqsecret" in client.get("/en/search/?q=zqsecert").content.decode()


@pytest.mark.django_db
def test_picture_of_unpublished_entries_is_for_nobody_until_one_is_published(client):
    secrets = Unpublished()
    forms = [secrets.picture.address(*form) for form in (("webp",), ("jpg",), ("webp", 10), ("avif", 10))]
    assert [client.get(address).status_code for address in forms] == [404] * 4
    event = factories.EventFactory(published=True)
    event.pictures.add(secrets.picture)
    answers = [client.get(address) for address in forms]
    assert [answer.status_code for answer in answers] == [200] * 4
    publishing.withdraw(event, by=None, reason="Entered twice.")
    assert [client.get(address).status_code for address in forms] == [404] * 4
    # Not even for who has it still: the question whether it is the same is answered by 404 too.
    asked = [client.get(address, headers={"If-None-Match": answer["ETag"]}) for address, answer in zip(forms, answers, strict=True)]
    assert [answer.status_code for answer in asked] == [404] * 4


@pytest.mark.django_db
def test_text_of_an_unpublished_agreement_is_for_nobody_until_it_is_published(client):
    secrets = Unpublished()
    agreement = next(entry for entry in secrets.entries if isinstance(entry, Agreement) and entry.state == "draft")
    address = agreement.texts.get().get_absolute_url()
    assert client.get(address).status_code == 404
    publishing.publish(agreement, by=None)
    answer = client.get(address)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, hostile.document(title=MARKER))
    publishing.withdraw(agreement, by=None, reason="Entered twice.")
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 404


@pytest.mark.django_db
def test_series_page_does_not_tell_a_missing_ordinal_by_an_unpublished_session(client):
    secrets = Unpublished()
    page = client.get(f"/en/series/{Series.objects.get(pk=secrets.event.series_id).slug}/").content.decode()
    assert MARKER not in page
