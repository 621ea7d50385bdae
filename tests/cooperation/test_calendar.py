import datetime
import re

import icalendar
import pytest

from cooperation.calendar import due
from cooperation.derived import refresh_agreement
from tests.factories import AgreementFactory, CommitmentFactory, EventFactory, SeriesFactory, SourceFactory

pytestmark = [pytest.mark.one_engine, pytest.mark.django_db, pytest.mark.usefixtures("empty_record")]


def day(text):
    return datetime.date.fromisoformat(text)


def found(first, last, *kinds):
    return [(row.day.isoformat(), str(row.kind), row.row) for row in due(day(first), day(last), kinds)]


def in_force(since, **fields):
    agreement = AgreementFactory(date=since, binding="yes", published=True, **fields)
    agreement.actions.create(kind="signed", date=since)
    agreement.actions.create(kind="entered-into-force", date=since)
    refresh_agreement(agreement)
    return agreement


def test_term_that_ends_is_due_and_no_notice_is():
    treaty = in_force("2022-08-31", duration="P5Y", renewal="none", notice_period="P6M")
    assert found("2027-01-01", "2027-12-31", "notice", "end-of-term") == [("2027-08-31", "end-of-term", treaty)]


def test_term_that_renews_itself_is_due_with_the_last_day_for_a_notice():
    treaty = in_force("2022-08-31", duration="P5Y", renewal="automatic", renewal_period="P5Y", notice_period="P6M")
    assert found("2027-01-01", "2027-12-31", "notice", "renewal") == [("2027-02-28", "notice", treaty), ("2027-08-31", "renewal", treaty)]
    assert found("2027-02-01", "2027-02-28", "notice") == [("2027-02-28", "notice", treaty)]


def test_notice_is_due_though_the_term_ends_after_the_days_asked_for():
    treaty = in_force("2022-08-31", duration="P5Y", renewal="automatic", renewal_period="P5Y", notice_period="P6M")
    assert found("2027-01-01", "2027-03-31", "notice", "end-of-term") == [("2027-02-28", "notice", treaty)]


def test_automatic_renewal_is_due_every_time():
    treaty = in_force("2020-02-29", level="inter-agency", duration="P1Y", renewal="automatic", renewal_period="P1Y")
    days = [row[0] for row in found("2026-01-01", "2028-12-31", "renewal")]
    assert days == ["2026-02-28", "2027-02-28", "2028-02-28"]
    assert {row[2] for row in found("2026-01-01", "2028-12-31", "renewal")} == {treaty}


def test_nothing_is_due_of_what_has_ended_or_is_not_public():
    ended = in_force("2022-08-31", duration="P5Y", renewal="none")
    ended.actions.create(kind="terminated", date="2024-01-01")
    refresh_agreement(ended)
    AgreementFactory(date="2022-08-31", stated_end="2027")
    assert found("2027-01-01", "2027-12-31", "end-of-term", "notice") == []


def test_stated_end_known_to_the_year_is_due_on_its_last_day_and_says_how_it_was_stated():
    plan = AgreementFactory(date="2024-08-23", binding="no", stated_end="2026", published=True)
    plan.actions.create(kind="signed", date="2024-08-23")
    (row,) = due(day("2026-01-01"), day("2027-06-01"))
    assert (row.day, row.row, row.stated) == (day("2026-12-31"), plan, "2026")


def test_anniversary_is_round_and_of_a_day_that_is_known():
    leap = EventFactory(date="2016-02-29", level="heads-of-state", published=True)
    for date in ("2016-03", "2016", "2016-03-01~", "2016-03-01?"):
        EventFactory(date=date, level="heads-of-state", published=True)
    EventFactory(date="2016-03-02", level="regions", published=True)
    assert found("2021-01-01", "2022-12-31", "anniversary") == [("2021-02-28", "anniversary", leap)]
    assert due(day("2021-01-01"), day("2021-12-31"))[0].years == 5


def test_session_is_due_an_interval_after_the_last_public_one():
    series = SeriesFactory(meets_every="P1Y", meets_every_source=SourceFactory())
    EventFactory(date="2025-07-02", series=series, published=True)
    EventFactory(date="2026-01-01", series=series)
    assert found("2026-01-01", "2026-12-31", "session") == [("2026-07-02", "session", series)]


def test_promise_kept_in_full_is_due_no_more():
    kept, open_one = CommitmentFactory(deadline="2030", published=True), CommitmentFactory(deadline="2030-06", published=True)
    type(kept).objects.filter(pk=kept.pk).update(score="full")
    assert found("2030-01-01", "2030-12-31", "deadline") == [("2030-06-30", "deadline", open_one)]


def test_feed_says_what_the_page_says_with_identities_that_last(client):
    in_force("2022-08-31", duration="P5Y", renewal="automatic", renewal_period="P5Y", notice_period="P6M")
    question = "?after=2027-01-01&before=2027-12-31&kind=notice&kind=renewal"
    page = client.get(f"/en/calendar/{question}").content.decode()
    first, second = (icalendar.Calendar.from_ical(client.get(f"/en/calendar.ics{question}").content) for _ in range(2))
    events = first.walk("VEVENT")
    assert [event["DTSTART"].dt.isoformat() for event in events] == ["2027-02-28", "2027-08-31"]
    assert [event["DTEND"].dt.isoformat() for event in events] == ["2027-03-01", "2027-09-01"]
    assert [event["UID"] for event in events] == [event["UID"] for event in second.walk("VEVENT")]
    assert "28 Feb" in page
    assert "31 Aug" in page


@pytest.mark.parametrize("lang", ["en", "az", "uz", "ru"])
def test_feed_is_called_what_its_page_is_called_in_the_language_of_the_reader(client, lang):
    heading = re.search("<h1>(.+?)</h1>", client.get(f"/{lang}/calendar/").content.decode())[1]
    name = str(icalendar.Calendar.from_ical(client.get(f"/{lang}/calendar.ics").content)["X-WR-CALNAME"])
    assert name.partition(": ")[2] == heading


@pytest.mark.parametrize(
    "question",
    ["after=yesterday", "kind=birthday", "after=2027&before=2026", "before=2099", "after=9999", "after=2026-02-30", "after=1996~"],
)
def test_malformed_question_is_refused_with_a_reason_on_page_and_feed(client, question):
    page, feed = client.get(f"/en/calendar/?{question}"), client.get(f"/en/calendar.ics?{question}")
    assert (page.status_code, feed.status_code) == (400, 400)
    assert "This question cannot be answered." in page.content.decode()
    assert len(feed.content) > 10


def test_notice_of_termination_ends_what_would_renew_itself():
    treaty = in_force("2022-01-01", duration="P5Y", renewal="automatic", renewal_period="P5Y", notice_period="P6M")
    assert [row[1] for row in found("2026-01-01", "2027-12-31", "renewal", "notice", "end-of-term")] == ["notice", "renewal"]
    treaty.actions.create(kind="notice-of-termination", side="first-country", date="2026-03-01")
    refresh_agreement(treaty)
    assert found("2026-01-01", "2027-12-31", "renewal", "notice", "end-of-term") == []
    assert treaty.standing(day("2027-01-01")).status == "terminated"


def test_clauses_typed_wrongly_cost_no_more_than_others_and_break_nothing(client):
    for notice in ("P999Y", "P6M"):
        in_force("2022-01-01", duration="P1D", renewal="automatic", renewal_period="P1D", notice_period=notice)
    in_force("2022-01-01", duration="P999Y", renewal="automatic", renewal_period="P999Y", notice_period="P999Y")
    assert client.get("/en/calendar/?after=2026-01-01&before=2026-01-31&kind=renewal").status_code == 200
    assert client.get("/en/calendar/?after=9985&before=9994").status_code == 200


def test_term_extended_beyond_its_stated_end_ends_at_the_later_day():
    plan = in_force("2022-01-01", stated_end="2025", renewal="by-agreement", renewal_period="P2Y")
    plan.actions.create(kind="extended", date="2025-11-01")
    refresh_agreement(plan)
    assert found("2026-01-01", "2028-12-31", "end-of-term") == [("2027-12-31", "end-of-term", plan)]
