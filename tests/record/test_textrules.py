"""A text keeps the same rules whichever way it comes: by a table, by the page side by side, or by a translator's file."""

import pytest

from cooperation.models import Party
from events.models import Event
from record import guards, publishing
from record.history import snapshots
from record.models import Picture, Revision
from record.tables import files, importing, kinds
from record.translations.exchange import taking
from record.translations.exchange.units import units_of
from record.translations.saving import NotSaved, save_texts
from tests import people
from tests.factories import AgreementFactory, EventFactory
from tests.record.test_pictures import stored
from tests.record.translations.test_exchange import corrected, read
from tests.record.translations.test_side_by_side import address, sent

pytestmark = pytest.mark.django_db
RAW, KEPT, TOLD = "Text <b>raw</b>", "Text raw", "HTML was removed: <b>, </b>"
REFUSED = {
    "no figure": ("Text[^9]", "[^9] is no source figure: choose the source from the list."),
    "no source": ("Text[^S999999]", "S999999 is not among the sources of the entry."),
}
EVENTS = kinds.by_name("event")


def event(**fields):
    return Event.objects.get(pk=EventFactory(**{"published": True, "body_en": "One.", **fields}).pk)


def table(row, **cells):
    cells = {"number": row.code, "version": str(row.version), **cells}
    return importing.examine(EVENTS, files.Table(list(cells), [(2, cells)]))


def units(row, **texts):
    return read(corrected(units_of(row, "az"), **texts))


def versions(row):
    return snapshots.revisions_of(type(row), row.pk).count()


@pytest.mark.parametrize("case", REFUSED)
def test_figures_that_lead_nowhere_are_refused_beside_their_text(admin_client, case):
    words, sentence = REFUSED[case]
    row = event()
    (refusal,) = table(row, body_az=words).refusals
    assert (refusal.line, refusal.column) == (2, "body_az") and sentence in refusal.reason
    (refusal,) = taking.examine(units(row, body=words), "az").refusals
    assert refusal.name == f"{row.code} body" and sentence in refusal.reason
    form = admin_client.post(address(row), sent(admin_client, row, body=words)).context["form"]
    assert sentence in str(form.errors["body"])
    assert Event.objects.get(pk=row.pk).body_az is None


def test_figure_of_a_source_that_is_cited_is_taken_every_way(admin_client):
    row = event()
    words = f"Text[^{row.citations.get().source.code}]"
    assert table(row, body_az=words).may_be_written
    assert taking.examine(units(row, body=words), "az").may_be_written
    assert admin_client.post(address(row), sent(admin_client, row, body=words)).status_code == 302


def test_what_readers_would_not_see_is_taken_away_and_told(admin_client):
    row = event()
    outcome = table(row, body_az=RAW)
    assert [(change.columns, change.taken_away) for change in outcome.changes] == [([("body_az", None, KEPT)], [f"Text [az]: {TOLD}"])]
    importing.carry_out(EVENTS, outcome, by=None)
    row = Event.objects.get(pk=row.pk)
    assert row.body_az == KEPT
    assert table(row, body_az=RAW).unchanged == 1


def test_page_and_file_take_away_the_same(admin_client):
    first, second = event(), event()
    page = admin_client.post(address(first), sent(admin_client, first, body=RAW), follow=True)
    assert [str(message) for message in page.context["messages"]][1:] == [f"Text: {TOLD}"]
    (change,) = taking.carry_out(units(second, body=RAW), "az", by=None).changes
    assert (change.after, change.taken_away) == (KEPT, [TOLD])
    assert {row.body_az for row in Event.objects.filter(pk__in=[first.pk, second.pk])} == {KEPT}


def test_picture_of_a_public_entry_keeps_its_alternative_text_in_the_language_of_the_entry(admin_client):
    picture = stored(alt_az="Körpü")
    row = EventFactory(original_language="az", title_az="Səfər", summary_az="Kim nə etdi.")
    row.pictures.add(picture)
    publishing.publish(row, by=None)
    form = admin_client.post(address(picture), sent(admin_client, picture, alt="")).context["form"]
    assert "keeps its alternative text" in str(form.errors["alt"])
    assert Picture.objects.get(pk=picture.pk).alt_az == "Körpü"
    save_texts(Picture.objects.get(pk=picture.pk), "az", {"alt": "Bir körpü"}, by=None)


def test_what_readers_see_stays_fit_to_be_published_or_nothing_is_written():
    row = event()
    row.citations.all().delete()
    before, sentence = versions(row), "It has no source: add at least one citation."
    with pytest.raises(NotSaved, match=sentence):
        save_texts(Event.objects.get(pk=row.pk), "az", {"title": "Səfər"}, by=None)
    with pytest.raises(importing.NotTaken, match=f"Row 2: {sentence} Nothing was written."):
        importing.carry_out(EVENTS, table(row, title_az="Səfər"), by=None)
    with pytest.raises(taking.NotTaken, match=f"{row.code}: {sentence}"):
        taking.carry_out(units(row, title="Səfər"), "az", by=None)
    assert (Event.objects.get(pk=row.pk).title_az, versions(row)) == (None, before)


def test_texts_of_an_entry_and_of_rows_below_are_one_version():
    by = people.editor()
    for verb in ("translation", "translation file"):
        agreement = AgreementFactory()
        party = Party.objects.create(agreement=agreement, name_en="Chamber")
        before, texts = versions(agreement), {"title": "Saziş", f"parties.{party.pk}.name": "Palata"}
        if verb == "translation":
            save_texts(agreement, "az", texts, by=by)
        else:
            taking.carry_out(units(agreement, **texts), "az", by=by)
        newest = Revision.objects.get(pk=snapshots.newest(type(agreement), agreement.pk))
        assert (versions(agreement) - before, newest.verb, newest.by) == (1, verb, by)


def test_row_of_a_table_is_one_version_with_what_follows_from_it():
    by, agreement = people.editor(), AgreementFactory()
    agreement.refresh_from_db()
    before, kind = versions(agreement), kinds.by_name("agreement")
    cells = {"number": agreement.code, "version": str(agreement.version), "title_az": "Saziş", "duration": "P5Y"}
    importing.carry_out(kind, importing.examine(kind, files.Table(list(cells), [(2, cells)])), by=by)
    newest = Revision.objects.get(pk=snapshots.newest(type(agreement), agreement.pk))
    assert (versions(agreement) - before, newest.verb, newest.by) == (1, "table", by)


def test_pictures_are_asked_of_a_list_as_of_what_is_stored():
    picture = Picture(credit="")
    sentences = ["Picture 1 has no alternative text in the original language of the entry.", "Picture 1 has no credit."]
    assert guards.pictures_that_lack([picture], "en") == sentences
    assert guards.pictures_that_lack([], "en") == guards.pictures_that_lack(None, "en") == []
