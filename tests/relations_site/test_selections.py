"""Frozen lists: the same address for the same answer, what has changed since, and nothing of what readers may not see."""

import json
import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from cooperation.derived import refresh_agreement
from record import publishing, selections
from record.models import FrozenSelection
from relations_site import rate
from relations_site.selections import LISTS
from tests import factories, walk
from tests.outlets.test_leaks import MARKER, Unpublished
from tests.outlets.test_one_question import body

pytestmark = pytest.mark.django_db


def frozen(client, name="events", question="", lang="en", **more):
    """The address of the frozen list that a POST leads to."""
    answer = client.post(f"/{lang}/selections/", {"list": name, "question": question}, **more)
    assert answer.status_code == 303, answer.content.decode()[-1500:]
    return answer["Location"]


def told(client, address):
    return json.loads(client.get(f"{address.rstrip('/')}.json").content)


def states(client, address):
    said = told(client, address)
    return {entry["number"]: entry["state"] for entry in [*said["entries"], *said["added"]]}


@pytest.mark.parametrize("name", LISTS)
def test_every_list_of_entries_can_be_frozen_from_its_page_and_opens_in_four_languages(client, name):
    page = client.get(reverse(name)).content.decode()
    form = re.search(r'<form class="freeze".*?</form>', page)[0]
    assert f'name="list" value="{name}"' in form
    address = frozen(type(client)(enforce_csrf_checks=True), name)
    for lang in walk.LANGS:
        own = client.get(address.replace("/en/", f"/{lang}/"))
        assert own.status_code == 200
        assert "changed since" not in own.content.decode()
    assert set(states(client, address).values()) == {"unchanged"}


def test_it_keeps_the_order_the_numbers_and_the_question(client):
    question = "kind=working-visit&kind=summit&sort=oldest"
    numbers = [row["number"] for row in client.get(f"/en/events.json?{question}").json()["results"]]
    said = told(client, frozen(client, question=question))
    assert [entry["number"] for entry in said["entries"]] == numbers
    assert said["question"] == {"kind": ["working-visit", "summit"], "sort": ["oldest"]} or set(said["question"]["kind"]) == {
        "summit",
        "working-visit",
    }
    assert said["checksum"] == selections.checksum([(entry["number"], entry["checksum"]) for entry in said["entries"]])


def test_same_answer_to_the_same_question_is_one_row_in_any_language_and_spelling(client):
    addresses = [
        frozen(client, question="kind=summit&after=2020"), frozen(client, question="after=2020&kind=summit&page=1&unknown=x"),
        frozen(client, question="after=2020&kind=summit&kind=&q=", lang="ru").replace("/ru/", "/en/"),
    ]  # fmt: skip
    assert len(set(addresses)) == 1
    assert FrozenSelection.objects.count() == 1
    assert frozen(client, question="after=2021&kind=summit") != addresses[0]


def test_it_says_which_changed_which_are_gone_and_which_were_added(client, empty_record):
    same, changed, gone = (factories.EventFactory(kind="summit", date=f"2020-01-0{day}", published=True) for day in (1, 2, 3))
    address = frozen(client, question="kind=summit")
    changed.title_ru = "Иначе"
    changed.save()
    publishing.withdraw(gone, by=None, reason="Entered twice.")
    added = factories.EventFactory(kind="summit", published=True)
    factories.EventFactory(kind="working-visit", published=True)
    assert states(client, address) == {
        same.code: "unchanged", changed.code: "changed", gone.code: "no-longer-public", added.code: "added",
    }  # fmt: skip
    page = client.get(address).content.decode()
    assert gone.title_en not in page and gone.code in page
    assert page.index(changed.title_en) < page.index("Added since</h2>") < page.index(added.title_en)
    lines = body(client.get(f"{address.rstrip('/')}.csv")).decode().splitlines()
    assert next(line for line in lines if line.startswith(gone.code)).strip(",").count(",") == 2


def test_save_that_says_nothing_new_is_no_change(client, empty_record):
    event = factories.EventFactory(published=True)
    address = frozen(client)
    event.save()
    assert states(client, address) == {event.code: "unchanged"}
    event.topics.add(factories.TopicFactory())
    assert states(client, address) == {event.code: "changed"}


def test_entry_that_answers_no_longer_is_still_shown_and_says_so(client, empty_record):
    event = factories.EventFactory(kind="summit", published=True)
    address = frozen(client, question="kind=summit")
    event.kind = "working-visit"
    event.save()
    (entry,) = told(client, address)["entries"]
    assert (entry["state"], entry["answers"], entry["row"]["kind"]) == ("changed", False, "working-visit")
    assert "answers no longer" in client.get(address).content.decode()


def test_list_as_of_a_day_stays_as_of_that_day(client, empty_record):
    treaty = factories.AgreementFactory(date="2020-01-01", binding="yes", published=True)
    treaty.actions.create(kind="signed", date="2020-01-01")
    treaty.actions.create(kind="entered-into-force", date="2020-03-01")
    refresh_agreement(treaty)
    then, today = frozen(client, "agreements", "on=2021-05-05"), frozen(client, "agreements")
    treaty.actions.create(kind="terminated", date="2022-03-01")
    refresh_agreement(treaty)
    assert (states(client, then), states(client, today)) == ({treaty.code: "unchanged"}, {treaty.code: "changed"})


def test_observation_that_was_revised_is_still_public_and_answers_no_longer(client, empty_record):
    first = factories.observed(value=10, released_on="2020-01-01")
    address = frozen(client, "trade-statistics")
    second = factories.observed(value=20, released_on="2021-01-01")
    assert states(client, address) == {first.code: "unchanged", second.code: "added"}
    assert told(client, address)["entries"][0]["answers"] is False


def test_column_that_is_new_since_changes_nothing(client, empty_record):
    event = factories.EventFactory(published=True)
    address = frozen(client)
    found = FrozenSelection.objects.get()
    names = [name for name in found.columns if name != "caveat_en"]
    row = LISTS["events"].columns.reader(type(event).objects.public())([event.pk])[event.pk]
    entries = [[event.code, selections.digest(row, names)]]
    FrozenSelection.objects.update(columns=names, entries=entries)
    assert states(client, address) == {event.code: "unchanged"}


def test_question_whose_words_left_the_record_still_opens(client, empty_record):
    topic = factories.TopicFactory()
    event = factories.EventFactory(published=True)
    event.topics.add(topic)
    address = frozen(client, question=f"topic={topic.slug}")
    event.topics.clear()
    said = told(client, address)
    assert (said["entries"][0]["state"], said["added"]) == ("changed", None)
    assert "asked no more" in client.get(address).content.decode()


def test_nothing_unpublished_changes_or_shows_in_a_frozen_list(client):
    addresses = [frozen(client, name) for name in ("events", "agreements", "initiatives", "sources", "chain")]
    asked = [f"{address.rstrip('/')}{ending}" for address in addresses for ending in ("/", ".json", ".csv")]
    before = [(client.get(one).status_code, body(client.get(one))) for one in asked]
    secrets = Unpublished()
    after = [(client.get(one).status_code, body(client.get(one))) for one in asked]
    assert after == before
    assert MARKER not in str(after)
    assert not any(entry.code in states(client, addresses[0]) for entry in secrets.entries)


@pytest.mark.parametrize(
    ("name", "question", "sentence"),
    [
        ("events", "kind=zzz", "cannot be answered"), ("events", "q=nothing-like-it", "nothing to freeze"), ("nowhere", "", "no such list"),
        ("events", "q=" + "x" * 5000, "no such list"), ("events", "after=2024&before=2020", "cannot be answered"), ("", "", "no such list"),
        ("events", "q=%00", "cannot be answered"), ("timeline", "", "no such list"),
    ],
)  # fmt: skip
def test_what_cannot_be_frozen_is_refused_in_words(client, name, question, sentence):
    answer = client.post("/en/selections/", {"list": name, "question": question})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert FrozenSelection.objects.count() == 0


def test_list_that_is_too_long_is_refused(client, empty_record, monkeypatch):
    monkeypatch.setattr(selections, "MOST", 2)
    for _ in range(3):
        factories.EventFactory(published=True)
    assert "More than 2 entries" in client.post("/en/selections/", {"list": "events"}).content.decode()
    assert 'class="freeze"' not in client.get("/en/events/").content.decode()


def test_page_of_another_site_cannot_freeze_and_our_own_can(client):
    question = {"list": "events", "question": ""}
    for origin in ("https://elsewhere.example", "null", "http://testserver.elsewhere.example"):
        assert client.post("/en/selections/", question, headers={"origin": origin}).status_code == 403
    assert client.post("/en/selections/", question, headers={"origin": "http://testserver"}).status_code == 303
    assert client.get("/en/selections/").status_code == 405


def test_one_address_and_all_together_can_fill_nothing(client, settings):
    cache.clear()
    settings.FREEZE_RATE, settings.FREEZES_A_DAY = "3/day", 2
    answers = [client.post("/en/selections/", {"list": "events", "question": f"after={year}"}) for year in (2020, 2021, 2022, 2023)]
    assert [answer.status_code for answer in answers] == [303, 303, 429, 429]
    assert "today" in answers[2].content.decode() and "one address" in answers[3].content.decode()
    assert all(int(answer["Retry-After"]) > 0 for answer in answers[2:])
    again = client.post("/en/selections/", {"list": "events", "question": "after=2020"}, REMOTE_ADDR="203.0.113.9")
    assert again.status_code == 303
    cache.clear()


def test_reader_is_given_no_cookie(client):
    address = frozen(client)
    for one in (reverse("events"), address, "/en/data/", "/api/v1/events/"):
        assert not client.get(one).cookies
    assert not client.post("/en/selections/", {"list": "events"}).cookies


def test_unknown_code_is_not_found(client):
    for ending in ("/", ".json", ".csv"):
        assert client.get(f"/en/selections/S{'A' * 16}{ending}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("origin", ["http://[", "null", "https://elsewhere.example", "testserver"])
def test_list_is_frozen_from_its_own_page_alone(client, origin):
    answer = client.post("/en/selections/", {"list": "events", "question": ""}, headers={"origin": origin})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("address", "counted"),
    [("::ffff:192.0.2.7", "192.0.2.7"), ("192.0.2.7", "192.0.2.7"), ("2001:db8::1", "2001:db8::/64"), ("unknown", "unknown")],
)
def test_reader_is_counted_by_address_and_a_network_of_ipv6_as_one(rf, address, counted):
    assert rate.asked_from(rf.get("/", REMOTE_ADDR=address)) == counted
