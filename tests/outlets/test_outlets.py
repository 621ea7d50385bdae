"""What an outlet promises besides its entries: refusals in words, cells that are no formulas, days that are known, validators."""

import csv
import datetime
import io
import json

import icalendar
import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from cooperation.derived import refresh_agreement
from record import jsonlist, outlets, publishing, streams
from record.csvfile import guarded, unguarded
from tests import factories, walk
from tests.behind_cache import one_connection
from tests.outlets.test_one_question import body, fetched

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1", "'=1", "''=1"]
FORBIDDEN = tuple("=+-@\t\r\n\0＝＋－＠")
MALFORMED = {
    "events": [
        "kind=zzz",
        "after=2022-13",
        "after=2025&before=2024",
        "sort=random()",
        "page=0",
        "page=ten",
        "q=" + "x" * 201,
        "place=nowhere",
    ],
    "agreements": ["status=zzz", "on=yesterday", "date=born"],
    "initiatives": ["country=xx", "before=0"],
    "sources": ["side=fourth", "after=1e9"],
    "commitments": ["score=half", "sort=title"],
    "search": ["q=" + "x" * 201, "q=visit&kind=zzz", "q=visit&match=some", "after=2022-13", "q=visit&page=0"],
    "trade-statistics": ["flow=theft", "after=2022-13", "before=1066"],
    "trade-quotations": ["measure=weight", "sort=largest"],
}
REFUSED = [
    (f"{kind}-{ending}", question) for kind, questions in MALFORMED.items() for ending in walk.ENDINGS[kind] for question in questions
]
EVERY = [(kind, ending) for kind, endings in walk.ENDINGS.items() for ending in endings]


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "question"), REFUSED)
def test_malformed_question_is_refused_with_its_reasons(client, name, question):
    answer = client.get(f"{reverse(name)}?{question}")
    assert answer.status_code == 400
    if name.endswith("json"):
        assert answer["Content-Type"] == "application/problem+json"
        said = json.loads(answer.content)
        assert (said["status"], said["type"]) == (400, "about:blank")
        assert {error["name"] for error in said["errors"]} <= {part.partition("=")[0] for part in question.split("&")}
        assert all(len(error["detail"]) > 10 for error in said["errors"])
    else:
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert len(answer.content.decode().splitlines()) >= 2


@pytest.mark.django_db
@pytest.mark.parametrize("question", ["q=%00", "q=" + "x" * 9999])
@pytest.mark.parametrize(("ending", "content_type"), [("json", "application/problem+json"), ("csv", "text/plain; charset=utf-8")])
def test_question_refused_at_the_door_is_refused_in_the_form_asked_for(client, question, ending, content_type):
    answer = client.get(f"/en/events.{ending}", QUERY_STRING=question)
    assert (answer.status_code, answer["Content-Type"]) == (400, content_type)


@pytest.mark.django_db
def test_page_behind_the_last_is_not_found_in_the_form_asked_for(client):
    assert json.loads(client.get("/en/events.json?page=99").content)["status"] == 404
    assert client.get("/en/events.atom?page=99").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("text", FORMULAS)
def test_cell_is_never_a_formula_and_gives_its_text_back(client, empty_record, text):
    text = text.replace("\0", "") or "x"
    factories.EventFactory(title_en=text, summary_ru=text, date="1996~", published=True)
    (row,) = rows(fetched(client, "/en/events.csv"))
    assert not row["title_en"].startswith(FORBIDDEN)
    assert (unguarded(row["title_en"]), unguarded(row["summary_ru"])) == (text, text)
    assert row["date"] == "1996~"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(st.sampled_from("'=+-@\t\r\n\0＝ aб1"), max_size=6))
def test_guard_is_reversible_and_leaves_no_formula(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(FORBIDDEN)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "ending"), EVERY)
def test_outlet_has_its_type_its_file_name_and_validators_also_for_head(client, kind, ending):
    with translation.override("ru"):
        address = reverse(f"{kind}-{ending}") + ("?q=visit" if kind == "search" else "")
    answer, head = client.get(address), client.head(address)
    form = outlets.FORMS[ending]
    assert answer["Content-Type"] == form.content_type
    assert answer["Content-Disposition"] == f'{"attachment" if form.is_file else "inline"}; filename="uz-az-{kind}.{ending}"'
    assert answer["Last-Modified"].endswith("GMT")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert (head.status_code, body(head)) == (200, b"")
    assert {name: value for name, value in head.headers.items() if name in answer.headers} == answer.headers
    assert int(answer["Content-Length"]) == len(body(answer))
    assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_etag_changes_with_what_a_row_shows_of_others(client, empty_record):
    event = factories.EventFactory(published=True)
    before = client.get("/en/events.csv")["ETag"]
    event.topics.add(factories.TopicFactory())
    assert client.get("/en/events.csv", headers={"if-none-match": before}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["csv", "ics"])
def test_large_answer_streams_in_order_and_shows_what_is_withdrawn_meanwhile_no_more(client, empty_record, monkeypatch, ending):
    monkeypatch.setattr(outlets, "BATCH", 2)
    events = [factories.EventFactory(date=f"2020-01-0{day}", published=True) for day in range(1, 8)]
    answer = client.get(f"/en/events.{ending}?sort=oldest")
    assert answer.streaming
    assert "ETag" not in answer.headers
    parts = iter(answer.streaming_content)
    first = next(parts)
    publishing.withdraw(events[6], by=None, reason="Entered twice.")
    whole = (first + b"".join(parts)).decode()
    places = [whole.find(event.code) for event in events]
    assert places == sorted(places[:6]) + [-1]


@pytest.mark.django_db
@pytest.mark.parametrize(("lang", "said"), [("en", "Many long files are being sent"), ("uz", "Hozir koʻplab uzun fayllar yuborilmoqda")])
def test_readers_of_long_files_who_do_not_read_leave_room_for_others(client, empty_record, monkeypatch, lang, said):
    monkeypatch.setattr(outlets, "BATCH", 2)
    for _ in range(3):
        factories.EventFactory(published=True)
    address = f"/{lang}/events.csv"
    sent = [client.get(address) for _ in range(streams.MOST)]
    assert all(answer.streaming for answer in sent)
    refused = client.get(address)
    assert (refused.status_code, refused["Retry-After"], refused["Content-Type"]) == (503, "30", "text/plain; charset=utf-8")
    assert said in refused.content.decode() and "ETag" not in refused.headers
    # Whoever has read to the end gives his place back, and so does whoever asks for the head alone.
    assert [answer.getvalue().count(b"\r\n") for answer in sent] == [4] * streams.MOST
    assert [client.head(address).status_code for _ in range(2 * streams.MOST)] == [200] * 2 * streams.MOST
    assert [client.get(address).getvalue().count(b"\r\n") for _ in range(2 * streams.MOST)] == [4] * 2 * streams.MOST


@pytest.mark.django_db
def test_reader_of_a_long_file_who_goes_away_gives_his_place_back_once():
    first, *others = [streams.streamed(iter([b"one", b"two"])) for _ in range(streams.MOST)]
    assert next(iter(first)) == b"one"
    with one_connection():
        first.close()
        first.close()
        again = [streams.streamed(iter([])) for _ in range(2)]
        assert [answer.status_code for answer in again] == [200, 503]
        for answer in (*others, *again):
            answer.close()


@pytest.mark.django_db
def test_pages_of_json_and_atom_name_the_next_and_hold_everything_once(client, empty_record, monkeypatch):
    monkeypatch.setattr(outlets, "PAGE_SIZE", 3)
    codes = [factories.EventFactory(published=True, kind="summit").code for _ in range(7)]
    found, address = [], "/en/events.json?kind=summit"
    while address:
        page = json.loads(fetched(client, address))
        assert page["question"]["kind"] == ["summit"]
        found += [row["number"] for row in page["results"]]
        address = page["next"]
    assert found == codes[::-1]
    feed = fetched(client, "/en/events.atom?page=2").decode()
    assert feed.count("<entry") == 3
    assert all(f'rel="{rel}"' in feed for rel in ("self", "first", "last", "previous", "next"))


@pytest.mark.django_db
def test_feed_names_what_changed_last_first_with_an_identity_that_lasts(client, empty_record):
    old, new = factories.EventFactory(date="1996", published=True), factories.EventFactory(date="2024", published=True)
    old.title_en = "Corrected & <new>"
    old.save()
    feed = fetched(client, "/en/events.atom").decode()
    assert feed.index(f"/r/{old.code}<") < feed.index(f"/r/{new.code}<")
    assert "Corrected &amp; &lt;new&gt;" in feed
    assert f"<id>http://testserver/r/{old.code}</id>" in feed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("date", "first", "end"),
    [
        ("2022-06-22", "2022-06-22", "2022-06-23"), ("2022-06-21/2022-06-22", "2022-06-21", "2022-06-23"), ("2024-02-29", "2024-02-29", "2024-03-01"),
        ("2022-06", None, None), ("1995", None, None), ("2022-06/2022-07", None, None), ("2022-06-22~", None, None), ("2022-06-22?", None, None),
        ("", None, None),
    ],
)  # fmt: skip
def test_only_known_days_are_days_of_the_calendar(client, empty_record, date, first, end):
    event = factories.EventFactory(date=date, published=True)
    (part,) = icalendar.Calendar.from_ical(fetched(client, "/en/events.ics")).subcomponents
    assert part["UID"] == f"{event.code}@uz-az"
    assert (part.name == "VEVENT") == bool(first)
    said = [part[name].dt.isoformat() if name in part else None for name in ("DTSTART", "DTEND")]
    assert said == [first, end]
    assert part["STATUS"] == ("CONFIRMED" if first else "FINAL")


@pytest.mark.django_db
def test_day_of_a_report_is_not_the_day_of_the_event_and_a_coming_day_is_tentative(client, empty_record):
    coming = (datetime.date.today() + datetime.timedelta(days=30)).isoformat()
    factories.EventFactory(date=coming, published=True)
    factories.EventFactory(date="2022-06-22", date_is_of_report=True, published=True)
    found = icalendar.Calendar.from_ical(fetched(client, "/en/events.ics")).subcomponents
    assert [(part.name, part["STATUS"]) for part in found] == [("VEVENT", "TENTATIVE"), ("VJOURNAL", "FINAL")]
    assert "date of the report" in found[1]["DESCRIPTION"]


@pytest.mark.django_db
def test_sequence_grows_with_every_change_and_the_identity_stays(client, empty_record):
    event = factories.EventFactory(published=True)
    before = icalendar.Calendar.from_ical(fetched(client, "/en/events.ics")).subcomponents[0]
    event.save()
    after = icalendar.Calendar.from_ical(fetched(client, "/ru/events.ics")).subcomponents[0]
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


@pytest.mark.django_db
def test_status_is_that_of_the_day_asked_for(client, empty_record):
    treaty = factories.AgreementFactory(date="2020-01-01", binding="yes", published=True)
    treaty.actions.create(kind="signed", date="2020-01-01")
    treaty.actions.create(kind="entered-into-force", date="2022-03-01")
    refresh_agreement(treaty)
    for day, status, since in (("2021-05-05", "signed-not-in-force", "2020-01-01"), ("2022-03-01", "in-force", "2022-03-01")):
        (row,) = rows(fetched(client, f"/en/agreements.csv?on={day}"))
        assert (row["status"], row["since"], row["as_of"]) == (status, since, day)


@pytest.mark.django_db
def test_list_leads_to_the_outlets_of_exactly_its_question(client):
    page = client.get("/en/events/?kind=summit&after=2020&page=1&unknown=1").content.decode()
    for ending, media in (("csv", "text/csv"), ("json", "application/json"), ("atom", "application/atom+xml"), ("ics", "text/calendar")):
        address = f"/en/events.{ending}?kind=summit&amp;after=2020"
        assert f'<link rel="alternate" type="{media}"' in page
        assert page.count(f'href="{address}"') == 2
    assert "events.csv" not in client.get("/en/events/?kind=zzz").content.decode()


@pytest.mark.django_db
def test_last_day_of_all_is_a_day_like_others(client, empty_record):
    factories.EventFactory(published=True, date="9999-12-31")
    assert "DTSTART;VALUE=DATE:99991231" in fetched(client, "/en/events.ics").decode()


def test_row_of_json_has_its_addresses_on_this_site_in_their_places_and_none_where_there_is_none():
    columns = {"title": 'a "word"', "permanent_address": "/r/E1", "number": "", "page_address": ""}
    (pieces,) = jsonlist.rows({1: columns}).values()
    said = json.loads("https://here.example".join(pieces))
    assert list(said.items()) == [
        ("title", 'a "word"'), ("permanent_address", "https://here.example/r/E1"), ("number", None), ("page_address", None)
    ]  # fmt: skip
