"""/r/E12.json: an entry in every language with what it rests on and where it leads, as far as readers may see it."""

import json

import pytest

from cooperation.models import Agreement, AgreementRelation
from events.models import Event
from record import publishing
from tests import factories
from tests.walk import LANGS

pytestmark = pytest.mark.django_db


def told(client, row):
    answer = client.get(f"/r/{row.code}.json")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    return json.loads(answer.content)


def test_entry_tells_its_row_its_texts_and_its_sources_in_every_language(client):
    event = Event.objects.public().exclude(body_en=None).first()
    said = told(client, event)
    assert said["number"] == event.code
    assert [said[f"body_{lang}"] for lang in LANGS] == [getattr(event, f"body_{lang}") or None for lang in LANGS]
    assert [citation["source"] for citation in said["citations"]] == [c.source.code for c in event.citations.select_related("source")]
    assert said["pages"]["ru"].endswith(f"/ru/events/{event.slug}/")


def test_agreement_tells_its_steps_with_their_sources_and_its_relations_both_ways(client):
    row = AgreementRelation.objects.filter(agreement__in=Agreement.objects.public(), other__in=Agreement.objects.public()).first()
    stating, other = told(client, row.agreement), told(client, row.other)
    assert row.other.code in stating["relations"][row.kind]
    assert row.agreement.code in other["relations"][f"{row.kind}-by"]
    assert [action["kind"] for action in stating["actions"]] == [action.kind for action in row.agreement.actions.all()]
    assert stating["status"] == row.agreement.status


def test_relations_name_what_readers_may_see_only(client, empty_record):
    event = factories.EventFactory(published=True)
    shown, hidden = factories.AgreementFactory(signed_at=event, published=True), factories.AgreementFactory(signed_at=event)
    event.related.add(factories.EventFactory())
    assert told(client, event)["relations"] | {} == {
        "part_of": [], "parts": [], "related": [], "agreements_signed": [shown.code], "agreements": [], "initiatives": [], "commitments": [],
    }  # fmt: skip
    assert hidden.code not in json.dumps(told(client, shown))


def test_withdrawn_answers_410_with_the_reason_and_unknown_404_in_problem_details(client, empty_record):
    gone, draft = factories.EventFactory(published=True), factories.EventFactory()
    publishing.withdraw(gone, by=None, reason="Entered twice.")
    answer = client.get(f"/r/{gone.code}.json")
    assert (answer.status_code, json.loads(answer.content)["reasons"]) == (410, {"en": "Entered twice."})
    unknown = [client.get(f"/r/{code}.json") for code in (draft.code, "E99999", "X1")]
    assert [(one.status_code, one["Content-Type"]) for one in unknown] == [(404, "application/problem+json")] * 3
    assert len({one.content for one in unknown}) == 1


def test_every_public_row_with_a_number_has_its_json(client):
    for letter in "AICS":
        row = told(client, type("Row", (), {"code": next(_codes(letter))}))
        assert row["permanent_address"] == f"http://testserver/r/{row['number']}"


def _codes(letter):
    from record import kinds

    return (row.code for row in kinds.model_of(letter).objects.public())
