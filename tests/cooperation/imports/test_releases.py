"""What an import does to what is stored: it adds, it never erases, and twice is as good as once."""

import datetime

import pytest
from django.contrib.auth.models import User

from cooperation.models import TradeFigure, TradeImport
from cooperation.trade import readings
from record import publishing
from record.models import NumberSeries
from tests import people
from tests.cooperation.imports.conftest import RELEASED
from tests.cooperation.imports.files import comtrade, comtrade_row, plain, plain_row
from tests.factories import TradeFigureFactory

LATER = RELEASED + datetime.timedelta(days=30)
EARLIER = RELEASED - datetime.timedelta(days=30)


def stored():
    """Everything in the tables that an import writes."""
    figures = list(TradeFigure.objects.order_by("pk").values())
    return figures, NumberSeries.last_of("T"), TradeImport.objects.count(), TradeFigure.history.count()


def values(source):
    return sorted((str(f.released_on), int(f.value)) for f in TradeFigure.objects.public().filter(source=source))


@pytest.mark.django_db
def test_same_file_again_changes_nothing_and_says_so(run):
    content = comtrade(comtrade_row(), comtrade_row(flow="M"))
    run(content)
    before = stored()
    assert "Nothing has changed" in run(content)
    assert stored() == before


@pytest.mark.django_db
def test_same_values_released_again_later_change_nothing(run):
    run(comtrade(comtrade_row()))
    before = stored()
    assert "1 unchanged" in run(comtrade(comtrade_row()), released_on=LATER)
    assert stored() == before


@pytest.mark.django_db
def test_revised_value_is_added_beside_the_one_that_it_revises(run, source):
    run(comtrade(comtrade_row(value="100")))
    assert "1 revised" in run(comtrade(comtrade_row(value="120")), released_on=LATER)
    assert values(source) == [("2024-05-31", 100), ("2024-06-30", 120)]
    newest = readings.newest_releases().filter(source=source)
    assert [int(figure.value) for figure in newest] == [120]
    assert [int(figure.value) for figure in readings.releases_of(newest[0])] == [120, 100]


@pytest.mark.django_db
def test_earlier_release_is_added_before_the_one_that_revised_it(run, source):
    run(comtrade(comtrade_row(value="120")), released_on=LATER)
    assert "1 new" in run(comtrade(comtrade_row(value="100")))
    assert values(source) == [("2024-05-31", 100), ("2024-06-30", 120)]
    assert "1 unchanged" in run(comtrade(comtrade_row(value="120")), released_on=LATER)


@pytest.mark.django_db
def test_file_is_compared_with_the_last_release_before_it(run, source):
    for day, value in ((EARLIER, "100"), (RELEASED, "120")):
        run(comtrade(comtrade_row(value=value)), released_on=day)
    assert "1 unchanged" in run(comtrade(comtrade_row(value="120")), released_on=LATER)
    another = comtrade(comtrade_row(value="100"), comtrade_row(flow="M", value="100"))
    assert "1 new, 1 revised" in run(another, released_on=LATER)
    assert values(source) == [("2024-05-01", 100), ("2024-05-31", 120), ("2024-06-30", 100), ("2024-06-30", 100)]


@pytest.mark.django_db
def test_other_value_for_the_same_release_is_refused_with_its_number(run, source):
    run(comtrade(comtrade_row(value="100")))
    code = TradeFigure.objects.get(source=source).code
    said = run(comtrade(comtrade_row(value="120"), comtrade_row(flow="M")))
    assert f"line 2: {code} holds another value" in said
    assert values(source) == [("2024-05-31", 100)]


@pytest.mark.django_db
@pytest.mark.parametrize("last", [{"value": "-1"}, {"flow": "Z"}, {}])
def test_one_refused_row_stops_all(run, last):
    before = stored()
    said = run(comtrade(comtrade_row(), comtrade_row(flow="M"), comtrade_row(**last)))
    assert "line 4" in said
    assert "1 rows refused; nothing was written" in said
    assert stored() == before


@pytest.mark.django_db
def test_dry_run_writes_nothing(run):
    before = stored()
    assert "1 new" in run(comtrade(comtrade_row()), dry_run=True)
    assert stored() == before


@pytest.mark.django_db
def test_draft_of_the_same_release_is_left_to_its_editor(run, source):
    draft = TradeFigureFactory(year=2023, value=100, released_on=RELEASED, valuation="fob", source=source)
    assert "1 unchanged" in run(comtrade(comtrade_row(value="100")))
    assert not TradeFigure.objects.get(pk=draft.pk).is_public()


@pytest.mark.django_db
def test_draft_of_another_release_is_no_release(run, source):
    TradeFigureFactory(year=2023, value=100, released_on=EARLIER, valuation="fob", source=source)
    assert "1 new" in run(comtrade(comtrade_row(value="100")))


@pytest.mark.django_db
def test_withdrawn_figure_stays_withdrawn(run, source):
    run(comtrade(comtrade_row(value="100")))
    publishing.withdraw(TradeFigure.objects.get(source=source), by=None, reason="Mistyped by the office.")
    assert "1 unchanged" in run(comtrade(comtrade_row(value="100")))
    assert values(source) == []


@pytest.mark.django_db
def test_import_keeps_who_when_and_which_figures(run, source):
    user = User.objects.create_user("editor")
    run(plain(plain_row(source=source.code), plain_row(flow="import", source=source.code)), by="editor")
    figures = TradeFigure.objects.filter(source=source).order_by("number")
    kept = TradeImport.that_brought(figures[1].number)
    assert (kept.by, kept.first_number, kept.last_number) == (user, figures[0].number, figures[1].number)
    assert (len(kept.digest), kept.outcome["counts"]["new"]) == (64, 2)
    assert {figure.publish_at for figure in figures} == {kept.imported_at}
    assert NumberSeries.last_of("T") == kept.last_number


@pytest.mark.django_db
def test_first_version_of_an_imported_figure_is_kept_when_it_is_changed(run, source):
    """Nothing of what was published is lost, although an import writes no version of each row."""
    importer = User.objects.create_user("importer")
    run(comtrade(comtrade_row(value="100")), by="importer")
    figure = TradeFigure.objects.get(source=source)
    kept = TradeImport.that_brought(figure.number)
    publishing.withdraw(figure, by=people.editor("second"), reason="Mistyped by the office.")
    first, second = figure.history.order_by("history_date")
    assert (first.history_change_reason, first.history_user, first.history_date) == ("import", importer, kept.imported_at)
    assert (first.value, first.state, first.publish_at) == (100, "published", kept.imported_at)
    assert (second.history_change_reason, second.history_user.username, second.state) == ("withdraw", "second", "withdrawn")


@pytest.mark.django_db
def test_imported_row_is_like_one_made_by_hand(run, source):
    """The bulk verb fills every column as saving and publishing one figure would."""
    by_hand = TradeFigureFactory(year=2022, value=100, released_on=RELEASED, valuation="fob", source=source)
    publishing.publish(by_hand, by=None)
    run(comtrade(comtrade_row(value="100")))
    own = {"id", "number", "year", "publish_at", "version"}
    rows = [{k: v for k, v in row.items() if k not in own} for row in TradeFigure.objects.filter(source=source).values()]
    assert rows[0] == rows[1]
    figure = TradeFigure.objects.get(source=source, year=2023)
    figure.note = "Checked."
    figure.save()
    assert figure.version == 2


@pytest.mark.django_db
def test_bulk_publication_is_only_for_kinds_that_need_nothing_more():
    from events.models import Event

    with pytest.raises(TypeError, match="one by one"):
        publishing.add_published(Event, select="SELECT 1", columns=())


@pytest.mark.django_db
def test_newest_release_is_one_question_for_any_number_of_rows(empty_record, django_assert_num_queries):
    for year in (2019, 2020, 2021):
        for day, value in (("2022-01-10", 5), ("2022-06-10", 7), ("2021-12-31", 3)):
            publishing.publish(TradeFigureFactory(year=year, released_on=day, value=value), by=None)
    TradeFigureFactory(year=2021, released_on="2023-01-01", value=9)
    with django_assert_num_queries(1):
        newest = list(readings.newest_releases().order_by("year"))
    assert [(figure.year, int(figure.value)) for figure in newest] == [(2019, 7), (2020, 7), (2021, 7)]


@pytest.mark.django_db
def test_page_of_a_source_does_not_list_a_whole_table(run, source, client):
    run(comtrade(*(comtrade_row(code=f"{chapter:02}") for chapter in range(1, 55))))
    page = client.get(source.get_absolute_url()).content.decode()
    assert page.count("USD 25.6 million") == 50
    assert "and 4 figures more" in page


@pytest.mark.django_db
def test_same_file_under_a_later_day_cannot_undo_a_revision(run, source):
    first, revision = comtrade(comtrade_row(value="100")), comtrade(comtrade_row(value="120"))
    run(first)
    run(revision, released_on=LATER)
    before = stored()
    assert "This very file was imported on" in run(first, released_on=LATER + datetime.timedelta(days=30))
    assert stored() == before
