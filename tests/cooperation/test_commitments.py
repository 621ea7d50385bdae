import datetime
import io

import pytest
from django.core.management import call_command

from cooperation.models import Commitment
from cooperation.models.commitment import refresh_score, score_of
from record import publishing
from tests.factories import CommitmentFactory, SourceFactory

pytestmark = pytest.mark.django_db


def assess(commitment, as_of, score, *, source=True):
    row = commitment.assessments.create(as_of=as_of, score=score)
    if source:
        row.sources.add(SourceFactory())
    refresh_score(commitment)


def test_score_is_that_of_the_newest_evidence_and_none_without_any():
    promise = CommitmentFactory()
    assert score_of(promise) == "not-assessed"
    assess(promise, "2025-01-01", "intermediate")
    assess(promise, "2024-01-01", "minimal")
    assert Commitment.objects.get(pk=promise.pk).score == "intermediate"


def test_score_without_evidence_is_not_published():
    promise = CommitmentFactory()
    assess(promise, "2025-01-01", "full", source=False)
    with pytest.raises(publishing.Refused, match="no score without evidence"):
        publishing.publish(promise, by=None)


def test_every_shipped_score_has_its_source_and_every_shipped_promise_is_public():
    promises = Commitment.objects.all()
    assert promises.count() == promises.public().count() >= 10
    assert [row for promise in promises for row in promise.assessments.all() if not row.sources.exists()] == []


def test_deadline_that_passed_is_overdue_until_the_promise_is_kept_in_full():
    promise = CommitmentFactory(deadline="2025-05")
    assert not promise.is_overdue(datetime.date(2025, 5, 31))
    assert promise.is_overdue(datetime.date(2025, 6, 1))
    assess(promise, "2025-04-01", "full")
    assert not promise.is_overdue(datetime.date(2025, 6, 1))


def test_promise_stands_on_its_agreement_and_under_its_permanent_address(client):
    promise = Commitment.objects.get(number=1)
    assert promise.title_en in client.get(promise.agreement.get_absolute_url()).content.decode()
    assert client.get("/r/C1", headers={"accept-language": "ru"}).url == "/ru/commitments/1/"


def test_withdrawn_promise_answers_410_and_an_unknown_one_404(client):
    promise = CommitmentFactory(published=True)
    publishing.withdraw(promise, by=None, reason="Entered twice.")
    assert client.get(promise.get_absolute_url()).status_code == 410
    assert client.get("/en/commitments/987654/").status_code == 404


def test_check_record_mends_a_score_that_disagrees():
    Commitment.objects.filter(number=1).update(score="full")
    call_command("check_record", mend=True, stdout=io.StringIO())
    assert Commitment.objects.get(number=1).score == "minimal"
