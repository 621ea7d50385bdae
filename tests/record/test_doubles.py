"""Entries that may have been entered twice: what makes two look alike, who is told, and that nobody is compared with all."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event, Participant
from record import doubles, publishing
from record.doubles import Look, ground_of
from record.models import LikelyDouble
from tests.factories import AgreementFactory, EventFactory, PersonFactory, PlaceFactory
from tests.record.test_admin import form_of

DAY = datetime.date(2024, 6, 1)
LATER = datetime.date(2024, 9, 1)


def look(title="Meeting of the transport ministers", day=DAY, last=None, **more):
    return Look(number=1, titles={"en": title.lower()} if title else {}, first=day, last=last or day, sort="summit", **more)


@pytest.mark.parametrize(
    ("mine", "other", "found"),
    [
        (look(), look("Meeting of the transport minister"), "title"),
        (look(), look(day=LATER), ""),
        (look(), look(day=None, last=DAY), "title"),
        (look("Roadmap for 2022–2024"), look("Roadmap for 2022–2025"), ""),
        (look("Second session"), look("Business forum"), ""),
        (look("Talks", places=frozenset({1})), look("Visit", places=frozenset({1})), "day"),
        (look("Talks", people=frozenset({1, 2})), look("Visit", people=frozenset({2, 3})), "day"),
        (look("Talks", places=frozenset({1})), look("Visit", places=frozenset({2})), ""),
        (look("Talks", places=frozenset({1})), look("Visit", day=LATER, places=frozenset({1})), ""),
        (look("Talks", places=frozenset({1}), last=LATER), look("Visit", places=frozenset({1})), ""),
        (look(key=1), look(key=2, part_of=1), ""),
        (look(nth=(7, 1)), look(nth=(7, 2)), ""),
        (look(nth=(7, 1)), look(nth=(7, None)), "title"),
    ],
)
def test_what_looks_alike(mine, other, found):
    assert ground_of(mine, other, meets=True) == ground_of(other, mine, meets=True) == found


def test_documents_signed_on_one_day_at_one_place_are_not_alike():
    assert ground_of(look("Protocol", places=frozenset({1})), look("Treaty", places=frozenset({1})), meets=False) == ""


def numbers(entry):
    return {number for _ground, number in doubles.found_beside(doubles.look_of(entry), type(entry))}


@pytest.mark.django_db
def test_same_day_place_and_people_are_found():
    place, person = PlaceFactory(), PersonFactory()
    first, second, third = (EventFactory(title_en=title) for title in ("Talks", "A visit", "Something else"))
    Event.objects.filter(pk__in=[first.pk, second.pk]).update(place=place)
    Participant.objects.create(event=first, person=person)
    Participant.objects.create(event=third, person=person)
    assert numbers(Event.objects.get(pk=first.pk)) == {second.number, third.number}


@pytest.mark.django_db
@pytest.mark.parametrize("published", [True, False])
def test_an_undated_one_is_found_by_its_words(published):
    stored = AgreementFactory(title_en="Protocol on mutual recognition of electronic certificates", published=published)
    typed = AgreementFactory(title_en="Protocol on mutual recogniton of electronic certificates", date="")
    assert numbers(typed) == {stored.number} == {stored.number} & numbers(typed)
    assert numbers(stored) == {typed.number}


@pytest.mark.django_db
def test_a_withdrawn_one_is_no_double():
    first, second = EventFactory(title_en="Talks on transit", published=True), EventFactory(title_en="Talks on transit")
    doubles.follow(second)
    assert Event.objects.filter(doubles.waiting(Event)).count() == 2
    publishing.withdraw(first, by=None, reason="Entered twice.")
    assert not Event.objects.filter(doubles.waiting(Event)).exists()
    assert numbers(second) == set()


@pytest.mark.django_db
def test_a_pair_goes_when_the_two_no_longer_look_alike_and_stays_away_once_called_different():
    first, second = EventFactory(title_en="Talks on transit"), EventFactory(title_en="Talks on transit")
    doubles.follow(second)
    pair = LikelyDouble.objects.get()
    assert (pair.first, pair.second) == (first.number, second.number)
    second.title_en = "Opening of a school"
    second.save()
    doubles.follow(second)
    assert not LikelyDouble.objects.exists()
    second.title_en = "Talks on transit"
    doubles.follow(second)
    doubles.say_different(LikelyDouble.objects.get(), by=None)
    doubles.follow(second)
    assert not Event.objects.filter(doubles.waiting(Event)).exists()


@pytest.mark.django_db
def test_editor_is_warned_at_entry_with_a_link_and_nothing_is_refused(admin_client):
    first, second = EventFactory(title_en="Talks on transit"), EventFactory(title_en="Talks")
    address = f"/admin/events/event/{second.pk}/change/"
    answer = admin_client.post(address, {**form_of(admin_client, address), "title_en": "Talks on transit", "_continue": "1"}, follow=True)
    assert Event.objects.get(pk=second.pk).title_en == "Talks on transit"
    warning = [str(message) for message in answer.context["messages"] if message.level_tag == "warning"]
    assert len(warning) == 1 and f'href="/admin/events/event/{first.pk}/change/"' in warning[0]
    assert f"{address.removesuffix('change/')}doubles/" in answer.content.decode()


@pytest.mark.django_db
def test_editor_says_that_two_are_different(admin_client):
    first, second = EventFactory(title_en="Talks on transit"), EventFactory(title_en="Talks on transit")
    doubles.follow(second)
    pair = LikelyDouble.objects.get()
    address = f"/admin/events/event/{second.pk}/doubles/"
    assert first.code in admin_client.get(address).content.decode()
    assert admin_client.post(address, {"different": pair.pk + 1}).status_code == 404
    admin_client.post(address, {"different": pair.pk})
    pair.refresh_from_db()
    assert pair.different_at and pair.different_by.is_superuser


@pytest.mark.django_db
def test_hint_names_what_is_there_already(admin_client):
    stored = EventFactory(title_en="Talks on transit <b>")
    found = admin_client.get("/admin/events/event/doubles.json", {"title_en": "Talks on transit <b>", "date": "2023-05-06"}).json()["found"]
    assert [one["address"] for one in found] == [f"/admin/events/event/{stored.pk}/change/"]
    own = {"title_en": "Talks on transit", "date": "2023-05", "number": stored.number}
    assert admin_client.get("/admin/events/event/doubles.json", own).json() == {"sentence": "", "found": []}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "question", [{}, {"date": "2023-13"}, {"place": "9" * 30}, {"number": "x", "title_ru": "а"}, {"title_en": "'\"%_*("}]
)
def test_hint_answers_every_question(admin_client, question):
    assert admin_client.get("/admin/events/event/doubles.json", question).json()["found"] == []


@pytest.mark.django_db
def test_hint_is_for_those_who_may_see_the_list(client):
    client.force_login(User.objects.create_user("nobody", is_staff=True))
    assert client.get("/admin/events/event/doubles.json", {"title_en": "Talks"}).status_code == 403


@pytest.mark.django_db
def test_one_is_compared_with_a_bounded_number_in_a_bounded_number_of_questions(monkeypatch):
    monkeypatch.setattr(doubles, "MOST_COMPARED", 5)
    asked = []
    for rows in (1, 20):
        EventFactory.create_batch(rows, title_en="Talks on transit")
        event = EventFactory(title_en="Talks on transit")
        with CaptureQueriesContext(connection) as captured:
            found = numbers(event)
        asked.append(len(captured))
    assert len(found) == 5 and asked[0] == asked[1] <= 10


@pytest.mark.django_db
def test_the_shipped_record_has_no_likely_double():
    from django.core.management import call_command

    call_command("find_doubles", kind="A", verbosity=0)
    assert not LikelyDouble.objects.exists()
