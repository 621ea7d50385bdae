import pytest
from django.http import QueryDict

from cooperation.counts import claims, count_documents
from cooperation.derived import refresh_agreement
from cooperation.filters import CountListing
from tests.factories import AgreementFactory, EventFactory, QuotedFigureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_record")]


def count(question=""):
    return count_documents(CountListing(QueryDict(question)).narrowed())


def test_package_counts_what_it_stands_for_and_its_contents_are_not_counted_again():
    package = AgreementFactory(form="package", documents=18, published=True)
    AgreementFactory(package=package, documents=2, published=True)
    AgreementFactory(published=True)
    found = count()
    assert (found.documents, found.single, found.in_packages, found.is_exact) == (19, 1, 18, True)


def test_contents_are_counted_where_the_question_leaves_their_package_out():
    package = AgreementFactory(form="package", documents=18, published=True)
    AgreementFactory(package=package, documents=2, form="treaty", published=True)
    assert count("form=treaty").documents == 2


def test_package_of_unknown_size_makes_the_number_a_least_one():
    package = AgreementFactory(form="package", published=True)
    assert (count().documents, count().is_exact) == (1, False)
    AgreementFactory.create_batch(3, package=package, published=True)
    assert (count().documents, count().is_exact) == (3, False)


def test_switches_change_the_number_and_the_list_alike():
    AgreementFactory(form="protocol", published=True)
    AgreementFactory(level="company", published=True)
    third = AgreementFactory(binding="yes", published=True)
    third.parties.create(country="tr")
    for question, documents in [
        ("", 2),
        ("protocols=apart", 1),
        ("signers=all", 3),
        ("thirds=without", 1),
        ("binding=yes", 1),
        ("protocols=apart&thirds=without", 0),
    ]:
        listing = CountListing(QueryDict(question))
        assert (count(question).documents, listing.total, listing.ordered().count()) == (documents,) * 3, question


def test_unknown_switch_is_refused(client):
    assert client.get("/en/counts/?protocols=sometimes").status_code == 400


def test_drafts_are_not_counted():
    AgreementFactory()
    assert count().documents == 0


@pytest.mark.parametrize(
    ("said", "precision", "off"), [(19, "exact", 0), (9, "exact", 10), (25, "exact", -6), (20, "about", 0), (30, "about", -11)]
)
def test_claim_is_held_against_what_is_on_record_of_its_event(said, precision, off):
    visit = EventFactory(published=True)
    AgreementFactory(form="package", documents=18, signed_at=visit, published=True)
    AgreementFactory(signed_at=visit, published=True)
    QuotedFigureFactory(measure="documents", unit="documents", flow="", value=said, precision=precision, event=visit, published=True)
    (claim,) = claims()
    assert claim.off == off


def test_claim_on_an_unpublished_event_is_shown_without_it(client):
    QuotedFigureFactory(
        measure="documents",
        unit="documents",
        flow="",
        value=9,
        event=EventFactory(title_en="hidden visit"),
        subject_en="documents",
        published=True,
    )
    page = client.get("/en/counts/?signers=all").content.decode()
    assert "hidden visit" not in page


def test_what_is_not_signed_yet_is_not_counted():
    initialled = AgreementFactory(date="", published=True)
    initialled.actions.create(kind="initialled", date="2020-01-01")
    refresh_agreement(initialled)
    AgreementFactory(date="2099-01-01", published=True)
    assert count().documents == 0
