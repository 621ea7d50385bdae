"""One question, every outlet: page, CSV, JSON, Atom, iCalendar, interface and frozen list hold the same entries."""

import csv
import io
import json
import re
from xml.etree import ElementTree

import feedparser
import icalendar
import pytest
import vobject

from events.models import Event
from record import kinds
from record.csvfile import MARK
from record.models import Source
from tests.walk import ENDINGS

DATED = ["", "after=2024", "before=2020", "after=2022&before=2023", "after=2024-08-23&before=2024-08-23", "sort=newest", "q=uzbekistan",
         "q=baku", "q=Boku", "q=Баку", "q=nothing-like-it", "after=1900&before=1950", "page=1"]  # fmt: skip
SHARED = [*DATED, "sort=oldest", "confirmed=both-sides", "confirmed=one-side&after=2020", "topic=transport", "topic=trade&topic=culture",
          "q=visit&after=2022"]  # fmt: skip
TRADE = ["", "flow=export", "flow=import&flow=turnover", "reporter=uz", "reporter=az&flow=turnover", "reporter=not-named", "period=year",
         "period=january-to-month", "period=quarter&period=month", "after=2020", "before=2015", "after=2018&before=2022", "sort=oldest",
         "sort=newest", "after=2022&sort=oldest", "reporter=uz&reporter=az&period=year", "before=1999", "flow=turnover&period=year",
         "reporter=uz&sort=oldest", "after=2021&before=2021"]  # fmt: skip
QUESTIONS = {
    "events": [*SHARED, "kind=summit", "kind=state-visit&kind=working-visit", "level=heads-of-state", "host=first-country", "place=tashkent",
               "level=ministers&after=2022&sort=oldest", "host=third-country&host=online", "confirmed=others-only"],
    "agreements": [*SHARED, "status=in-force", "status=signed-not-in-force&sort=waiting", "on=2020-01-01", "on=2023-06&status=in-force",
                   "form=treaty&form=protocol", "binding=yes", "level=intergovernmental", "date=in-force&after=2018"],
    "initiatives": [*SHARED, "kind=school", "status=completed", "status=under-way&status=agreed", "country=uz", "built_by=az",
                    "country=az&sort=oldest", "place=baku"],
    "sources": [*DATED, "sort=oldest", "sort=publisher", "side=first-country", "side=second-country&side=third-party", "kind=law",
                "kind=press&after=2024", "kind=official&side=first-country&sort=publisher", "q=president", "q=report&before=2024",
                "kind=statistics", "kind=academic&kind=other", "before=2010"],
    "commitments": [*DATED, "sort=deadline", "score=full", "score=not-assessed", "score=minimal&score=intermediate", "side=joint",
                    "side=first-country&side=second-country", "confirmed=both-sides", "confirmed=one-side", "after=2025&sort=newest",
                    "confirmed=others-only", "side=joint&score=full", "q=trade"],
    # Of what has a number of its own; for the rest there are no identities that all outlets share but the pages' addresses.
    "search": [f"{question}&kind=event&kind=agreement&kind=initiative&kind=commitment&kind=source" for question in (
        "", "q=", "q=uzbekistan", "q=baku", "q=Boku", "q=Баку", "q=nothing-like-it", "q=E12", "q=a7", "q=visit&after=2022",
        "q=visit&before=2020", "q=visit&sort=newest", "q=visit&sort=oldest", "q=visit+transport&match=any", "q=visit+transport&match=all",
        "q=%22state+visit%22", "q=Şuşa", "q=Мирзиёев&sort=oldest", "q=green+energy", "q=договор", "q=trade&after=2024&before=2025",
        "q=presidents", "q=university", "q=savdo", "q=mədəniyyət&sort=newest", "q=agreement&page=1", "q=23.08.2024", "q=август+2024+г.&match=any", "q=2022-06&sort=oldest")],
    "trade/statistics": [*TRADE, "product=total", "status=not-stated", "status=final&status=provisional", "sort=largest", "page=1"],
    "trade/quotations": [*TRADE, "measure=value", "measure=target&measure=growth", "product=total", "basis=stated", "basis=derived&sort=oldest",
                         "q=uzbekistan", "q=cotton"],
}  # fmt: skip
# What choices of filters find is the same on every engine. Words, spellings and orders of text are asked of both, and the whole list.
BOTH_ENGINES = re.compile(r"^$|q=.|match=|sort=|page=")
CASES = [
    pytest.param(kind, question, marks=[] if BOTH_ENGINES.search(question) else pytest.mark.one_engine)
    for kind, questions in QUESTIONS.items()
    for question in questions
]
ATOM = "{http://www.w3.org/2005/Atom}"


def body(answer):
    """The bytes of an answer, streamed or not."""
    return answer.getvalue() if answer.streaming else answer.content


def fetched(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return body(answer)


def of_page(client, kind, question):
    """The numbers on the pages that a reader turns, in order."""
    found, number = [], 1
    while True:
        answer = client.get(f"/en/{kind}/?{re.sub(r'&?page=1', '', question)}&page={number}")
        assert answer.status_code == 200
        found += [row.code for row in answer.context["page"].rows]
        if number >= answer.context["page"].last:
            return found
        number += 1


def of_csv(client, kind, question):
    """The numbers in the file: by names of columns, and by a reader that knows nothing of them."""
    text = fetched(client, f"/en/{kind}.csv?{question}").decode()
    assert text.startswith(MARK)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(MARK), newline=""), strict=True))
    plain = list(csv.reader(io.StringIO(text.removeprefix(MARK), newline=""), dialect="unix", strict=True))
    assert {len(row) for row in plain} == {len(plain[0])}
    assert [row[0] for row in plain[1:]] == [row["number"] for row in rows]
    return [row["number"] for row in rows]


def of_json(client, kind, question):
    found, address = [], f"/en/{kind}.json?{question}"
    while address:
        page = json.loads(fetched(client, address))
        found += [row["number"] for row in page["results"]]
        address = page["next"]
    assert page["count"] == len(found)
    return found


def of_api(client, kind, question):
    """The numbers on the pages of the interface, turned by their cursors."""
    question = re.sub(r"&?page=1$", "", question)
    found, address = [], f"/api/v1/{kind}/?{question}&limit=40".replace("?&", "?")
    while address:
        page = json.loads(fetched(client, address))
        found += [row["number"] for row in page["results"]]
        address = page["next"]
    assert page["count"] == len(found)
    return found


def of_frozen(client, kind, question):
    """The numbers of the list as it is frozen; none where nothing answers."""
    answer = client.post("/en/selections/", {"list": kind.replace("/", "-"), "question": question})
    if answer.status_code == 400:
        return []
    address = answer["Location"].rstrip("/")
    return [entry["number"] for entry in json.loads(fetched(client, f"{address}.json"))["entries"]]


def of_atom(client, kind, question):
    """The numbers at the ends of the entries' permanent identities, in every page of the feed."""
    found, address = [], f"/en/{kind}.atom?{question}"
    while address:
        content = fetched(client, address)
        feed, tree = feedparser.parse(content), ElementTree.fromstring(content)
        assert not feed.bozo
        ids = [entry.findtext(f"{ATOM}id") for entry in tree.iter(f"{ATOM}entry")]
        assert [entry.id for entry in feed.entries] == ids
        found += [identity.rpartition("/r/")[2] for identity in ids]
        address = next((link.href for link in feed.feed.links if link.rel == "next"), None)
    return found


def of_ics(client, kind, question):
    """The numbers in the identities of what stands on days and of what stands on none."""
    content = fetched(client, f"/en/{kind}.ics?{question}")
    one = [str(part["UID"]) for part in icalendar.Calendar.from_ical(content).subcomponents]
    other = [part.uid.value for part in vobject.readOne(content.decode()).components()]
    assert sorted(one) == sorted(other)
    return [uid.partition("@")[0] for uid in one]


def test_there_are_25_questions_for_every_kind():
    assert {kind: len(set(questions)) >= 25 for kind, questions in QUESTIONS.items()} == dict.fromkeys(QUESTIONS, True)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "question"), CASES)
def test_every_outlet_holds_the_entries_of_the_page(client, kind, question):
    wanted = of_page(client, kind, question)
    assert of_csv(client, kind, question) == wanted
    assert of_json(client, kind, question) == wanted
    # A search answers by relevance: what it finds has lists of its own in the interface, and is frozen there.
    if kind != "search":
        assert of_api(client, kind, question) == wanted
        assert of_frozen(client, kind, question) == wanted
    if "/" not in kind:
        assert sorted(of_atom(client, kind, question)) == sorted(wanted)
    if "ics" in ENDINGS.get(kind, ()):
        assert of_ics(client, kind, question) == wanted


@pytest.mark.django_db
def test_bare_outlets_hold_everything_that_is_public(client):
    models = {"events": "E", "agreements": "A", "initiatives": "I", "commitments": "C"}
    models = {kind: kinds.model_of(letter) for kind, letter in models.items()} | {"sources": Source}
    for kind, model in models.items():
        codes = sorted(row.code for row in model.objects.public())
        assert len(codes) > 5
        assert sorted(of_csv(client, kind, "")) == codes
    assert Event.objects.count() >= Event.objects.public().count()
