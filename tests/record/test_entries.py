"""Numbers for life, addresses for ever, no lost update, and what the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from cooperation.models import (
    Agreement,
    AgreementAction,
    AgreementRelation,
    Assessment,
    Commitment,
    Initiative,
    Partner,
    Party,
    QuotedFigure,
    Signatory,
    TradeImport,
)
from events.models import Event, Participant
from record import publishing
from record.models import DisagreementValue, Place, Source, StaleObject
from tests.factories import (
    AgreementFactory,
    CommitmentFactory,
    EventFactory,
    InitiativeFactory,
    OrganisationFactory,
    PersonFactory,
    QuotedFigureFactory,
    SeriesFactory,
    SourceFactory,
    TradeFigureFactory,
)

pytestmark = pytest.mark.django_db
DAY = "2024-05-04"


@pytest.mark.parametrize("factory", [EventFactory, AgreementFactory, InitiativeFactory])
def test_number_is_never_given_again_not_even_after_a_deletion(factory):
    first = factory()
    number = first.number
    first.delete()
    assert factory().number == number + 1


def test_number_does_not_change_when_the_entry_does():
    event = EventFactory()
    number = event.number
    event.slug = "another-address"
    event.save()
    assert Event.objects.get(pk=event.pk).number == number


def test_former_address_leads_to_the_present_one_in_every_language(client):
    event = EventFactory(slug="first-address", published=True)
    event.slug = "second-address"
    event.save()
    for lang in ("en", "az", "uz", "ru"):
        answer = client.get(f"/{lang}/events/first-address/")
        assert (answer.status_code, answer["Location"]) == (301, f"/{lang}/events/second-address/")


def test_permanent_address_leads_to_the_readers_language(client):
    event = EventFactory(published=True)
    answer = client.get(f"/r/{event.code}", headers={"accept-language": "uz"})
    assert answer["Location"] == f"/uz/events/{event.slug}/"
    assert "Accept-Language" in answer["Vary"]


def test_withdrawn_entry_answers_410_with_its_reason_and_nothing_else_of_it(client):
    event = EventFactory(title_en="Secret of the week", published=True)
    publishing.withdraw(event, by=None, reason="Entered twice.")
    answer = client.get(f"/en/events/{event.slug}/")
    assert answer.status_code == 410
    assert "Entered twice." in answer.content.decode()
    assert "Secret of the week" not in answer.content.decode()


@pytest.mark.parametrize(
    ("factory", "lang", "kind"),
    [
        (EventFactory, "en", "Event"),
        (EventFactory, "ru", "Событие"),
        (AgreementFactory, "az", "Saziş"),
        (InitiativeFactory, "uz", "Loyiha"),
        (CommitmentFactory, "en", "Commitment"),
        (QuotedFigureFactory, "en", "Quoted figure"),
        (TradeFigureFactory, "en", "Trade figure"),
    ],
)
def test_page_of_a_withdrawn_entry_says_which_it_was_by_kind_and_number(client, factory, lang, kind):
    entry = factory()
    publishing.publish(entry, by=None)
    publishing.withdraw(entry, by=None, reason="Entered twice.")
    with translation.override(lang):
        page = client.get(entry.get_absolute_url()).content.decode()
    assert f'<p class="over">{kind} {entry.code}</p>' in page
    assert f"<title>{kind} {entry.code} – " in page


def test_second_of_two_saves_is_refused():
    event = EventFactory()
    mine, yours = Event.objects.get(pk=event.pk), Event.objects.get(pk=event.pk)
    mine.save()
    with pytest.raises(StaleObject):
        yours.save()


def test_every_change_of_an_entry_is_in_its_history():
    event = EventFactory(title_en="Before")
    event.title_en = "After"
    event.save()
    assert [version.title_en for version in event.history.all()] == ["After", "Before"]


def _event(**wrong):
    return lambda: Event.objects.filter(pk=EventFactory().pk).update(**wrong)


def _action(**fields):
    return lambda: AgreementAction.objects.create(agreement=AgreementFactory(), **fields)


def _figure(**wrong):
    return lambda: TradeFigureFactory(**wrong)


def _import(**wrong):
    return lambda: TradeImport.objects.create(digest="0", **wrong)


WRONG = {
    "event_state_is_known": _event(state="hidden"),
    "event_published_has_its_moment": _event(state="published"),
    "event_withdrawn_has_its_moment": _event(state="withdrawn"),
    "event_date_has_its_bounds": _event(date_from=None),
    "event_date_has_its_bounds, backwards": _event(date_to="2001-01-01"),
    "event_ordinal_needs_a_series": _event(ordinal=3),
    "event number is used once": lambda: EventFactory(number=EventFactory().number),
    "event address is used once": lambda: EventFactory(slug=EventFactory().slug),
    "agreement_phase_status_is_known": lambda: AgreementFactory().phases.update(status="fine"),
    "agreement_phase_ends_after_it_begins": lambda: AgreementFactory().phases.create(status="expired", first=DAY, last="2020-01-01"),
    "agreement_has_one_phase_without_end": lambda: AgreementFactory().phases.create(status="expired", first=DAY),
    "agreement_stands_for_one_document_at_least": lambda: AgreementFactory(documents=0),
    "agreement_is_no_package_of_itself": lambda: Agreement.objects.filter(pk=(own := AgreementFactory()).pk).update(package=own),
    "agreement stated end has its bounds": lambda: Agreement.objects.filter(pk=AgreementFactory().pk).update(stated_end="2026"),
    "commitment_side_is_known": lambda: CommitmentFactory(side="ours"),
    "commitment deadline has its bounds": lambda: Commitment.objects.filter(pk=CommitmentFactory().pk).update(deadline="2026"),
    "assessment_score_is_known": lambda: CommitmentFactory().assessments.create(as_of=DAY, score="not-assessed"),
    "assessment_is_one_a_day": lambda: [
        Assessment.objects.create(commitment=promise, as_of=DAY, score="full") for promise in [CommitmentFactory()] * 2
    ],
    "series_interval_has_its_source": lambda: SeriesFactory(meets_every="P1Y"),
    "quoted_figure_of_documents_counts_documents": lambda: QuotedFigureFactory(event=EventFactory()),
    "agreement_action_side_is_known": _action(kind="signed", side="both"),
    "agreement_action_is_joint_or_of_one_side, joint": _action(kind="signed", side="first-country"),
    "agreement_action_is_joint_or_of_one_side, one": _action(kind="ratified", side="joint"),
    "party_is_a_state_or_a_body_or_a_name, none": lambda: Party.objects.create(agreement=AgreementFactory()),
    "party_is_a_state_or_a_body_or_a_name, both": lambda: Party.objects.create(
        agreement=AgreementFactory(), country="uz", organisation=OrganisationFactory()
    ),
    "signatory_is_somebody": lambda: Signatory.objects.create(agreement=AgreementFactory()),
    "participant_is_a_person_or_an_organisation, none": lambda: Participant.objects.create(event=EventFactory()),
    "participant_is_a_person_or_an_organisation, both": lambda: Participant.objects.create(
        event=EventFactory(), person=PersonFactory(), organisation=OrganisationFactory()
    ),
    "partner_is_a_person_or_an_organisation": lambda: Partner.objects.create(initiative=InitiativeFactory()),
    "initiative end has its bounds": lambda: Initiative.objects.filter(pk=InitiativeFactory().pk).update(end="2022"),
    "source_side_is_known": lambda: Source.objects.filter(pk=SourceFactory().pk).update(side="ours"),
    "place_coordinates_come_in_pairs": lambda: Place.objects.create(slug="half", latitude=40),
    "trade_figure_is_not_negative": _figure(value=-1),
    "trade_figure_has_two_countries": _figure(partner="uz"),
    "trade_figure_period_fits_its_type": _figure(period_type="quarter", period=5),
    "trade_figure_is_released_once": lambda: [TradeFigureFactory(), TradeFigureFactory()],
    "trade_import_carried_out_brought_figures, none": _import(imported_at=timezone.now()),
    "trade_import_carried_out_brought_figures, too early": _import(first_number=1, last_number=2),
    "trade_import_carried_out_brought_figures, no end": _import(imported_at=timezone.now(), first_number=1),
    "trade_import_carried_out_brought_figures, backwards": _import(imported_at=timezone.now(), first_number=2, last_number=1),
    "quoted_figure_of_trade_names_its_flow": lambda: QuotedFigure.objects.create(measure="value", unit="percent", year=2020),
    "quoted_figure_has_its_year": lambda: QuotedFigure.objects.create(measure="growth", unit="percent"),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_database_refuses(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong()


def test_agreement_is_not_related_to_itself():
    agreement = AgreementFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementRelation.objects.create(agreement=agreement, kind="amends", other=agreement)


def test_event_is_not_part_of_itself():
    event = EventFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(part_of=event)


def test_disagreement_prefers_at_most_one_value():
    value = DisagreementValue.objects.filter(preferred=True).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        DisagreementValue.objects.create(disagreement=value.disagreement, value_en="Another", preferred=True)
