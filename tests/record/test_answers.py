"""A page stands after a commit exactly while its questions have the same answers."""

import datetime
import re
from itertools import count

import pytest
from django.core.cache import caches
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection, transaction
from django.test import RequestFactory
from django.utils import timezone

from events.models import Event
from record import answers, kept, publishing
from record.models import Topic
from tests import factories
from tests.behind_cache import Site, one_connection

pytestmark = pytest.mark.django_db

generations = count(1)


def recorded(ask):
    """What a computation asked."""
    with answers.recorded() as asked:
        ask()
    return asked


def stands(asked):
    return asked.stands(next(generations))


def titles():
    return list(Topic.objects.order_by("pk").values_list("name_en", flat=True))


def test_answer_is_asked_again_and_compared():
    topic = factories.TopicFactory(name_en="Water")
    asked = recorded(titles)
    assert stands(asked)
    Topic.objects.filter(pk=topic.pk).update(name_en="Rivers")
    assert not stands(asked)


def test_within_one_generation_nothing_is_asked_twice():
    asked, generation = recorded(titles), next(generations)
    assert asked.stands(generation)
    factories.TopicFactory(name_en="Water")
    assert asked.stands(generation) and not asked.stands(next(generations))


@pytest.mark.parametrize("one, other", [("-1", "-2"), ("1", "'1'"), ("NULL", "''")])
def test_no_two_answers_are_taken_for_the_same(one, other):
    def ask(value):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {value}")
            return cursor.fetchall()

    asked = recorded(lambda: ask(one))
    assert stands(asked)
    sql, held, _mark = asked._questions[0]
    asked._questions[0] = (sql, held, answers._mark(ask(other)))
    assert not stands(asked)


def test_what_is_read_again_is_what_was_answered():
    factories.TopicFactory(name_en="Water")
    with answers.recorded():
        recorded_titles, first, many = titles(), Topic.objects.order_by("pk").first(), list(Topic.objects.order_by("pk").iterator(1))
    assert (recorded_titles, first, many) == (titles(), Topic.objects.order_by("pk").first(), list(Topic.objects.order_by("pk")))


def test_present_moves_on_when_a_question_is_asked_again(empty_record):
    asked = recorded(lambda: Event.objects.public().count())
    event = factories.EventFactory()
    assert stands(asked)
    publishing.publish(event, by=None)
    assert not stands(asked)


def test_question_with_a_now_of_its_own_is_known_to_nobody():
    assert not stands(recorded(lambda: Event.objects.public(timezone.now()).count()))
    assert not stands(recorded(lambda: list(Event.objects.filter(publish_at__gt=timezone.now() - datetime.timedelta(minutes=5)))))
    assert stands(recorded(lambda: list(Event.objects.filter(publish_at__gt=timezone.now() - datetime.timedelta(days=5)))))


def test_who_asked_nothing_or_wrote_something_is_known_to_nobody():
    assert not stands(recorded(lambda: None))
    assert not stands(recorded(lambda: (titles(), Topic.objects.update(name_en="Water"))))


def test_what_is_written_like_a_moment_and_is_none_is_a_word_like_others(client):
    assert stands(recorded(lambda: list(Topic.objects.filter(slug="2024-02-30 10:00:00"))))


def test_statement_that_reads_and_writes_is_never_asked_again():
    def write():
        with connection.cursor() as cursor:
            cursor.execute("WITH own(n) AS (SELECT 1) UPDATE record_topic SET version = version + (SELECT n FROM own)")

    asked = recorded(lambda: (titles(), write()))
    assert not stands(asked)


def test_fault_while_rows_are_read_is_djangos_own():
    class Broken:
        def fetchall(self):
            raise connection.Database.OperationalError("disk I/O error")

    wrapper = type("Wrapper", (), {"cursor": Broken()})()
    with answers.recorded(), pytest.raises(OperationalError):
        answers._hear(lambda *args: None, "SELECT 1", (), False, {"cursor": wrapper})


def test_who_asks_too_much_is_known_to_nobody(monkeypatch):
    monkeypatch.setattr(answers, "MOST_QUESTIONS", 1)
    assert stands(recorded(titles))
    assert not stands(recorded(lambda: (titles(), titles())))


def test_page_falls_with_a_part_that_another_page_made():
    topic = factories.TopicFactory(name_en="Water")
    generation = kept.Generation()
    with generation.entered():
        recorded(lambda: kept.part(titles, "titles"))
        second = recorded(lambda: (kept.part(titles, "titles"), Event.objects.count()))
    assert stands(second)
    Topic.objects.filter(pk=topic.pk).update(name_en="Rivers")
    assert not stands(second)


def test_database_that_fails_gives_no_answer():
    asked = recorded(titles)
    asked.add("SELECT * FROM no_such_table", (), [])
    with transaction.atomic():
        outcome = stands(asked)
        transaction.set_rollback(True)
    assert not outcome


UNCHANGED = ["/en/", "/ru/events/", "/en/agreements/", "/uz/timeline/", "/en/map/", "/en/changes/", "/en/chain/", "/en/trade/"]


def test_drafts_and_notes_leave_every_list_standing():
    site, published = Site(), Event.objects.public().oldest_first().first()

    def note():
        published.editor_note = f"Asked the archive {next(generations)} times."
        published.save()

    for address in UNCHANGED:
        site.again(address)
        for write in (note, lambda: factories.EventFactory(title_en="A draft that nobody sees"), note):
            write()
            site.changes += 1
            site.again(address)
            assert site.from_memory, address


def test_page_of_an_entry_stands_until_the_entry_changes():
    site, published = Site(), Event.objects.public().first()
    address = f"/en/events/{published.slug}/"
    site.again(address)
    factories.EventFactory(title_en="A draft that nobody sees")
    site.changes += 1
    site.again(address)
    assert site.from_memory
    Event.objects.filter(pk=published.pk).update(title_en="Another title")
    site.changes += 1
    assert "Another title" in site.again(address)
    assert not site.from_memory


def test_page_that_stands_ends_at_what_was_scheduled_since(empty_record):
    site = Site()
    moments = iter([5000.0, 100.0])
    now = [50.0]
    site.cache._until, site.cache._clock = lambda at: next(moments), lambda: now[0]
    factories.EventFactory(published=True)
    site.again("/en/events/")
    site.changes += 1
    site.again("/en/events/")
    assert site.from_memory
    now[0] = 101.0
    with pytest.raises(StopIteration):
        site.again("/en/events/")


def test_page_of_yesterday_does_not_stand_when_midnight_comes_while_it_is_looked_at(empty_record):
    site, moments = Site(), {"now": 50.0}
    site.cache._until = lambda at: 100.0 if at < 100 else 200.0
    site.cache._clock = lambda: moments["now"]
    factories.EventFactory(published=True)
    site.again("/en/events/")
    present = site.cache._present

    def late(*args):
        moments["now"] = 101.0
        return present(*args)

    site.cache._present, site.changes = late, 2
    site.again("/en/events/")
    assert not site.from_memory


ADDRESSES = [
    *UNCHANGED,
    "/en/events.json",
    "/en/events/?kind=summit",
    "/en/events/?page=2",
    "/en/topics/",
    "/en/people/",
    "/en/sources/",
    "/en/counts/",
]
ADDRESSES += [
    "/en/waiting/",
    "/en/chain/",
    "/en/commitments/",
    "/en/map/?near=tashkent",
    "/en/search/?q=treaty",
    "/en/timeline/?page=2",
    "/en/about/",
]


def test_page_rests_on_the_same_tables_whether_its_parts_were_made_by_it_or_by_others(settings):
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    caches.close_all()
    application = get_wsgi_application()

    def ask(address, generation):
        path, _, query = address.partition("?")
        environ = RequestFactory().get(path).environ | {"QUERY_STRING": query}
        with one_connection(), generation.entered(), answers.recorded() as asked:
            b"".join(application(environ, lambda *told: None))
        assert asked._is_known, address
        return tables(asked)

    def tables(asked):
        found = {name for sql, _held, _mark in asked._questions for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', sql)}
        return found.union(*map(tables, asked._parts.values()))

    shared = kept.Generation()
    for address in ADDRESSES:
        ask(address, shared)
    for address in ADDRESSES:
        assert ask(address, shared) == ask(address, kept.Generation()), address


@pytest.mark.parametrize("parameters", [(["x" * 2_000_000]), (list(range(30_000)),)])
def test_what_was_forgotten_weighs_nothing_and_is_not_begun_again(parameters):
    asked = answers.Asked()
    for _ in range(3):
        asked.add("SELECT 1", parameters, [(1,)])
    assert asked.weight == 0 and not stands(asked)


def test_a_long_parameter_weighs_what_it_takes():
    asked = answers.Asked()
    asked.add("SELECT 1", ["x" * 100_000], [(1,)])
    assert 100_000 <= asked.weight < 110_000


def test_answer_is_read_once_where_a_part_is_recorded_within_what_is_not_heard():
    factories.TopicFactory(slug="one")
    number = Topic.objects.count()
    with answers.recorded() as page, answers.unheard(), answers.recorded() as part:
        assert len(list(Topic.objects.all())) == number
    assert part.has_questions
    assert not page.has_questions
