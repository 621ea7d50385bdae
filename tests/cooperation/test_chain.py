"""The chain from meeting to document to what was built, both ways, through published entries only."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.http import QueryDict

from cooperation.chain import chain_of, relations_of
from cooperation.derived import refresh_agreement, wrongly_derived
from cooperation.filters import AgreementListing
from cooperation.lanes import path_of
from cooperation.models import Agreement, AgreementAction, AgreementRelation
from events.models import Event
from tests.factories import AgreementFactory, EventFactory, InitiativeFactory

pytestmark = pytest.mark.django_db


def linked(links):
    return [link.entry for link in links]


@pytest.fixture
def chain():
    meeting = EventFactory(date="2023-01-01", published=True)
    treaty = AgreementFactory(date="2023-01-01", signed_at=meeting, published=True)
    school = InitiativeFactory(date="2024", published=True)
    school.agreements.add(treaty)
    return meeting, treaty, school


def test_chain_leads_from_the_meeting_to_what_was_built_and_back(chain):
    meeting, treaty, school = chain
    assert list(map(linked, chain_of(meeting))) == [[], [treaty]]
    assert list(map(linked, chain_of(treaty))) == [[meeting], [school]]
    assert list(map(linked, chain_of(school))) == [[treaty], []]


def test_chain_passes_over_what_is_not_published(chain):
    meeting, treaty, school = chain
    draft = AgreementFactory(signed_at=meeting)
    school.agreements.add(draft)
    assert draft not in linked(chain_of(meeting)[1])
    assert draft not in linked(chain_of(school)[0])


def test_event_before_an_initiative_is_its_origin_and_one_after_it_a_consequence(chain):
    _meeting, _treaty, school = chain
    before, after = EventFactory(date="2023-06", published=True), EventFactory(date="2025", published=True)
    school.events.add(before, after)
    origins, consequences = chain_of(school)
    assert before in linked(origins) and after in linked(consequences)


def test_relation_is_shown_on_both_agreements_with_its_inverse():
    old, new = AgreementFactory(published=True), AgreementFactory(published=True)
    AgreementRelation.objects.create(agreement=new, kind="supersedes", other=old)
    assert [(str(link.how), link.entry) for link in relations_of(new)] == [("supersedes", old)]
    assert [(str(link.how), link.entry) for link in relations_of(old)] == [("superseded by", new)]


def test_no_known_origin_is_said(client):
    school = InitiativeFactory(published=True)
    assert "no known origin" in client.get(school.get_absolute_url()).content.decode()


def test_shipped_status_is_what_the_rule_says():
    assert list(wrongly_derived()) == []


def test_treaty_on_allied_relations_waits_for_azerbaijan():
    treaty = Agreement.objects.get(number=42)
    path = path_of(treaty, on=datetime.date(2026, 11, 24))
    assert (path.standing.status, path.days) == ("signed-not-in-force", 823)
    assert path.idle_sides == ["second-country"]


def test_treaty_enters_into_force_when_the_step_is_entered_and_falls_back_when_it_is_removed():
    treaty = Agreement.objects.get(number=42)
    action = AgreementAction.objects.create(agreement=treaty, kind="entered-into-force", date="2026-01-10")
    assert treaty.standing().status == "in-force"
    action.delete()
    assert treaty.standing().status == "signed-not-in-force"


def test_treaty_enters_into_force_with_the_second_notice_and_falls_back_when_it_is_removed(client):
    treaty = Agreement.objects.get(number=42)
    treaty.entry_into_force = "on-last-notice"
    treaty.save()
    treaty.actions.create(kind="notice-of-completion", side="first-country", date="2025-05-10")

    def listed(question):
        refresh_agreement(treaty)
        return treaty in AgreementListing(QueryDict(question)).ordered()

    assert listed("status=signed-not-in-force")
    second = treaty.actions.create(kind="notice-of-completion", side="second-country", date="2026-01-10")
    assert listed("status=in-force")
    assert not listed("status=in-force&on=2026-01-09")
    assert "from <time" in client.get(treaty.get_absolute_url()).content.decode()
    second.delete()
    assert listed("status=signed-not-in-force")


def test_shipped_chain_leads_from_the_first_council_to_the_treaty():
    council = Event.objects.get(number=50)
    assert Agreement.objects.get(number=42) in linked(chain_of(council)[1])


def test_force_of_unknown_day_is_found_under_no_day():
    visa_free = Agreement.objects.get(number=10)
    assert visa_free.status == "in-force"
    for question in ("date=in-force&after=1990", "date=in-force&before=2100"):
        assert visa_free not in AgreementListing(QueryDict(question)).ordered()


def test_check_record_names_steps_that_contradict_each_other_and_does_not_fail_for_them(capsys):
    treaty = Agreement.objects.get(number=42)
    treaty.actions.create(kind="entered-into-force", date="2020-01-01")
    refresh_agreement(treaty)
    call_command("check_record")
    assert "A42: “entered into force” (1 January 2020) lies before “signed”." in capsys.readouterr().out


def test_check_record_names_what_disagrees_and_mends_it(capsys):
    Agreement.objects.get(number=42).phases.filter(last=None).update(status="in-force")
    with pytest.raises(CommandError):
        call_command("check_record")
    assert "A42: stored is" in capsys.readouterr().out
    call_command("check_record", mend=True)
    call_command("check_record")
    assert Agreement.objects.get(number=42).status == "signed-not-in-force"


def test_relations_that_close_a_circle_are_refused_with_a_reason():
    first, second, third = AgreementFactory.create_batch(3)
    AgreementRelation.objects.create(agreement=first, kind="amends", other=second)
    AgreementRelation.objects.create(agreement=second, kind="amends", other=third)
    with pytest.raises(ValidationError, match="close a circle"):
        AgreementRelation(agreement=third, kind="amends", other=first).clean()
    AgreementRelation(agreement=third, kind="cites", other=first).clean()
