"""`rebuild_index` brings a wrong index back, and broken off halfway it leaves every row to be found."""

import io

import pytest
from django.core.management import call_command

from record import search
from record.models import SearchEntry, SearchTerm
from record.search import keeping, rebuilding
from tests import factories

pytestmark = pytest.mark.django_db
FIELDS = ("kind", "object_id", *keeping.COMPARED)


def stored():
    return sorted(SearchEntry.objects.values_list(*FIELDS), key=lambda row: row[:2])


def numbers(word):
    return sorted(search.ask(word).found(SearchEntry.objects.public()).values_list("kind", "object_id"))


def test_empty_wrong_and_left_over_rows_are_made_right_again():
    before, words = stored(), set(SearchTerm.objects.values_list("word", flat=True))
    SearchEntry.objects.filter(kind="event").delete()
    SearchEntry.objects.filter(kind="person").update(title="¶ nothing ¶", title_words=9)
    SearchEntry.objects.filter(kind="place").update(kind="planet")
    SearchTerm.objects.all().delete()
    out = io.StringIO()
    call_command("rebuild_index", stdout=out)
    assert stored() == before
    assert numbers("Shusha")
    assert words - set(SearchTerm.objects.values_list("word", flat=True)) == set()
    call_command("rebuild_index", stdout=out)
    assert out.getvalue().splitlines()[-1].endswith("0 rows were not.")


def test_rebuilding_broken_off_halfway_leaves_the_whole_index(monkeypatch):
    monkeypatch.setattr(keeping, "BATCH", 20)
    before = numbers("Uzbekistan")
    whole = stored()
    SearchEntry.objects.filter(kind="source").update(title_words=99)

    def half(batches):
        for number, batch in enumerate(batches):
            if number == len(batches) // 2:
                raise KeyboardInterrupt
            yield batch

    with pytest.raises(KeyboardInterrupt):
        rebuilding.rebuild(progress=half)
    assert numbers("Uzbekistan") == before
    assert len(stored()) == len(whole)
    rebuilding.rebuild()
    assert stored() == whole


def test_the_command_broken_off_says_how_to_finish(monkeypatch):
    def interrupted(**options):
        raise KeyboardInterrupt

    monkeypatch.setattr(rebuilding, "rebuild", interrupted)
    err = io.StringIO()
    with pytest.raises(SystemExit) as exit_:
        call_command("rebuild_index", stderr=err)
    assert exit_.value.code == 130
    assert "Run it again" in err.getvalue()


def test_index_holds_no_row_that_readers_will_never_see():
    draft = factories.EventFactory(title_en="Zqdraft")
    rebuilding.rebuild()
    assert not SearchEntry.objects.filter(kind="event", object_id=draft.pk).exists()
    assert list(rebuilding.wrongly_indexed()) == []
