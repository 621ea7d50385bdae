"""A list asks the database the same number of questions for one row as for three thousand, and few of them."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from cooperation.models import (
    Agreement,
    AgreementAction,
    AgreementCitation,
    AgreementPhase,
    Commitment,
    Initiative,
    InitiativeCitation,
    Partner,
    Party,
    Signatory,
)
from events.models import Event, EventCitation, Participant
from record import outlets
from record.models import Source
from relations_site.api.resources import RESOURCES
from tests import factories

# How many statements a page needs is the same on both; their plans are read on both (test_scale).
pytestmark = pytest.mark.one_engine

MOST_QUERIES = 12
MANY = 3000
DAY = datetime.date(2020, 1, 1)


class Crowd:
    """Published entries with references of every sort, made in few statements."""

    def __init__(self):
        self.topics = factories.TopicFactory.create_batch(3)
        self.places = factories.PlaceFactory.create_batch(3)
        self.people = factories.PersonFactory.create_batch(5)
        self.bodies = factories.OrganisationFactory.create_batch(3)
        self.series = factories.SeriesFactory()

    def _entry(self, model, n, **fields):
        day = DAY + datetime.timedelta(days=n % 60)
        texts = {"slug": f"{model._meta.model_name}-{n}", "title_en": f"Entry {n}", "summary_en": "Who did what."}
        state = {"state": "published", "publish_at": timezone.now(), "confirmation": "one-side"}
        return model(number=n, version=1, date=day.isoformat(), sort_day=day, **texts, **state, **fields)

    def add(self, numbers):
        """The same entries for every kind, each with topics, people, bodies and a source of its own."""
        events = [self._entry(Event, n, kind="summit", level="ministers", place=self.places[n % 3], series=self.series) for n in numbers]
        agreements = [self._entry(Agreement, n, form="treaty", level="interstate") for n in numbers]
        initiatives = [self._entry(Initiative, n, kind="school", status="completed", place=self.places[n % 3]) for n in numbers]
        crowd = (events, agreements, initiatives)
        for entries in crowd:
            type(entries[0]).objects.bulk_create(entries)
            through = type(entries[0]).topics.through
            owner = f"{type(entries[0])._meta.model_name}_id"
            through.objects.bulk_create([through(**{owner: entry.pk, "topic_id": self.topics[entry.number % 3].pk}) for entry in entries])
        sources = [
            Source(number=n, publisher=f"Gazette {n}", title=f"Report {n}", language="en", side="third-party", published="2020")
            for n in numbers
        ]
        Source.objects.bulk_create(sources)
        EventCitation.objects.bulk_create([EventCitation(event=e, source=s) for e, s in zip(events, sources, strict=True)])
        AgreementCitation.objects.bulk_create([AgreementCitation(agreement=a, source=s) for a, s in zip(agreements, sources, strict=True)])
        InitiativeCitation.objects.bulk_create(
            [InitiativeCitation(initiative=i, source=s) for i, s in zip(initiatives, sources, strict=True)]
        )
        self._people(events, agreements, initiatives)
        self._lives(events, agreements, initiatives)

    def _lives(self, events, agreements, initiatives):
        """Every agreement in force and signed at an event, every initiative created by one; a promise made in each."""
        phases = [AgreementPhase(agreement=a, status="in-force", since="2020", first=DAY) for a in agreements]
        AgreementPhase.objects.bulk_create(phases)
        for agreement, event in zip(agreements, events, strict=True):
            agreement.signed_at = event
        Agreement.objects.bulk_update(agreements, ["signed_at"])
        created = Initiative.agreements.through
        created.objects.bulk_create([created(initiative_id=i.pk, agreement_id=a.pk) for i, a in zip(initiatives, agreements, strict=True)])
        promises = [
            Commitment(
                number=a.number,
                title_en="Promise",
                made_on="2020",
                deadline="2030",
                agreement=a,
                state="published",
                publish_at=timezone.now(),
            )
            for a in agreements
        ]
        Commitment.objects.bulk_create(promises)

    def _people(self, events, agreements, initiatives):
        Participant.objects.bulk_create([Participant(event=e, person=p) for e in events for p in self.people[:2]])
        Participant.objects.bulk_create([Participant(event=e, organisation=self.bodies[0]) for e in events])
        Party.objects.bulk_create([Party(agreement=a, organisation=self.bodies[a.number % 3]) for a in agreements])
        Signatory.objects.bulk_create([Signatory(agreement=a, person=self.people[a.number % 5]) for a in agreements])
        actions = [AgreementAction(agreement=a, kind="signed", date="2020", place=self.places[a.number % 3]) for a in agreements]
        AgreementAction.objects.bulk_create(actions)
        Partner.objects.bulk_create([Partner(initiative=i, organisation=self.bodies[i.number % 3]) for i in initiatives])


ADDRESSES = [
    "events/", "events/?kind=summit&after=2020&sort=oldest", "events/?q=entry", "events/?topic={topic}", "agreements/",
    "agreements/?status=in-force&sort=waiting", "initiatives/", "initiatives/?status=completed", "sources/", "people/", "topics/",
    "organisations/", "places/", "series/", "agreements/?on=2024-01-01&status=in-force", "waiting/", "chain/", "chain/documents/",
    "chain/initiatives/", "counts/", "commitments/", "disagreements/",
    # Data outlets that come in pages; those that hold the whole answer have a test of their own.
    *(f"{kind}.{ending}" for kind in ("events", "agreements", "initiatives", "sources", "commitments") for ending in ("json", "atom")),
    "events.json?kind=summit&topic={topic}&sort=oldest", "agreements.json?status=in-force&on=2024-01-01",
    *(f"/api/v1/{resource.path}" for resource in RESOURCES), "/api/v1/agreements/?status=in-force&sort=waiting&limit=20",
]  # fmt: skip
FILES = ["events.csv", "events.ics", "agreements.csv", "initiatives.csv", "sources.csv", "commitments.csv"]


@pytest.mark.django_db
def test_every_list_asks_as_little_for_three_thousand_rows_as_for_one(empty_record, client, django_assert_max_num_queries):
    crowd = Crowd()
    addresses = [f"{'' if one.startswith('/') else '/en/'}{one.format(topic=crowd.topics[1].slug)}" for one in ADDRESSES]

    def asked(address):
        with django_assert_max_num_queries(100) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    crowd.add([1])
    few = {address: asked(address) for address in addresses}
    crowd.add(range(2, MANY + 1))
    assert {address: asked(address) for address in addresses} == few
    assert {address: n for address, n in few.items() if n > MOST_QUERIES} == {}


@pytest.mark.django_db
def test_file_asks_the_same_for_every_batch(empty_record, client, django_assert_max_num_queries):
    """Some questions once, then as many for each batch as for the first; nothing for a row."""
    crowd = Crowd()

    def asked(address, batches):
        with django_assert_max_num_queries(1000) as queries:
            answer = client.get(f"/en/{address}")
            assert len(answer.getvalue().splitlines()) > batches
        return len(queries)

    one, two, four = (outlets.FIRST + outlets.BATCH * batches for batches in (1, 2, 4))
    crowd.add(range(1, one + 1))
    once = {address: asked(address, 1) for address in FILES}
    crowd.add(range(one + 1, two + 1))
    twice = {address: asked(address, 2) for address in FILES}
    crowd.add(range(two + 1, four + 1))
    four_times = {address: asked(address, 4) for address in FILES}
    for address in FILES:
        of_a_batch = twice[address] - once[address]
        assert of_a_batch <= MOST_QUERIES
        assert four_times[address] - twice[address] == 2 * of_a_batch


def _ten_agreements():
    """Ten in force since 2020, of which every second one expired with 2022."""
    end = datetime.date(2023, 1, 1)
    for number in range(1, 11):
        agreement = factories.AgreementFactory(number=number, date="2020-01-01", published=True)
        agreement.phases.all().delete()
        agreement.phases.create(status="in-force", since="2020", first=DAY, last=end if number % 2 else None)
        if number % 2:
            agreement.phases.create(status="expired", since="2023", first=end + datetime.timedelta(1))


def _ten_thousand_times():
    """Copy the ten, with their phases, inside the database."""
    columns = [f.column for f in Agreement._meta.concrete_fields if f.column not in ("id", "number", "slug")]
    agreement, phase = Agreement._meta.db_table, AgreementPhase._meta.db_table
    numbers = "WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < 9999)"
    phases = ["status", "since", "first", "last"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"{numbers} INSERT INTO {agreement} (number, slug, {', '.join(columns)})"
            f" SELECT number + 10 * n, 'copy-' || (number + 10 * n), {', '.join(columns)} FROM {agreement}, copies"
        )
        cursor.execute(
            f"INSERT INTO {phase} (agreement_id, {', '.join(phases)}) SELECT copy.id, {', '.join('phase.' + name for name in phases)}"
            f" FROM {phase} phase JOIN {agreement} own ON phase.agreement_id = own.id"
            f" JOIN {agreement} copy ON copy.number % 10 = own.number % 10 AND copy.number > 10"
        )


@pytest.mark.django_db
def test_list_of_a_hundred_thousand_agreements_is_filtered_by_status_in_as_many_queries_as_one_of_ten(
    empty_record, client, django_assert_max_num_queries
):
    """The stored phases serve the filter, today's and that of any day."""
    questions = ("status=in-force", "status=in-force&on=2021-06-01", "status=expired")

    def asked(question):
        with django_assert_max_num_queries(MOST_QUERIES) as queries:
            answer = client.get(f"/en/agreements/?{question}")
        assert answer.status_code == 200
        return len(queries), answer.context["listing"].total

    _ten_agreements()
    few = [asked(question) for question in questions]
    assert [total for _queries, total in few] == [5, 10, 5]
    _ten_thousand_times()
    many = [asked(question) for question in questions]
    assert [total for _queries, total in many] == [50_000, 100_000, 50_000]
    assert [queries for queries, _total in many] == [queries for queries, _total in few]
