"""The shipped record: checked before anything is written, faults named by file, entry and field, edits left alone."""

import shutil

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from cooperation.models import Agreement, Commitment, Initiative, QuotedFigure, TradeFigure
from events.models import Event
from record.models import Disagreement, Organisation, Person, Place, Source
from relations_site.shipped.reader import Content

pytestmark = [pytest.mark.one_engine, pytest.mark.django_db]


@pytest.fixture
def content(tmp_path):
    """A copy of the shipped files, to be spoilt."""
    return shutil.copytree(settings.BASE_DIR / "content", tmp_path / "content")


def test_everything_that_was_researched_is_there():
    counts = [
        model.objects.count()
        for model in (
            Event,
            Agreement,
            Initiative,
            Source,
            Person,
            Organisation,
            Place,
            Disagreement,
            QuotedFigure,
            TradeFigure,
            Commitment,
        )
    ]
    assert counts == [88, 70, 30, 251, 52, 60, 42, 28, 98, 5, 11]


def test_what_is_unverified_is_a_draft_with_a_note_for_editors():
    drafts = [*Event.objects.filter(state="draft"), *Agreement.objects.filter(state="draft")]
    assert sorted(entry.code for entry in drafts) == ["A1", "A13", "A5", "E1"]
    assert all(entry.editor_note for entry in drafts)


@pytest.mark.parametrize("model", [Event, Agreement, Initiative])
@pytest.mark.parametrize("lang", ["en", "az", "uz", "ru"])
def test_titles_and_summaries_are_there_in_every_language_and_marked(model, lang):
    for entry in model.objects.all():
        assert getattr(entry, f"title_{lang}") and getattr(entry, f"summary_{lang}"), entry.code
        assert entry.translation_mark(lang) == ("original" if lang == "en" else "machine")


def test_second_run_changes_nothing():
    before = {model: model.history.count() for model in (Event, Agreement, Source)}
    call_command("load_record", verbosity=0)
    assert {model: model.history.count() for model in before} == before


def test_edited_and_deleted_rows_are_left_alone():
    event = Event.objects.get(number=88)
    event.title_en = "As an editor wrote it"
    event.save()
    Event.objects.get(number=87).delete()
    call_command("load_record", verbosity=0)
    assert Event.objects.get(number=88).title_en == "As an editor wrote it"
    assert not Event.objects.filter(number=87).exists()


SPOILT = [
    ("events/2022.yaml", "date: 2022-06-21/2022-06-22", "date: 2022-06-31", "events/2022.yaml: E22: date:"),
    ("events/2022.yaml", "kind: state-visit", "kind: stately-visit", "events/2022.yaml: E22: kind:"),
    ("events/2022.yaml", "place: tashkent", "place: atlantis", "place: “atlantis” is not among the places"),
    ("events/2022.yaml", "number: E22", "number: E21", "“E21” stands in the files twice"),
    ("events/2022.yaml", "- S39", "- S9999", "“S9999” is not among the sources"),
    ("sources.yaml", "\n  side: ", "\n  sides: ", "sides: is not a field of this kind"),
    ("quoted_figures.csv", "million-usd", "bushels", "quoted_figures.csv: Q1: unit:"),
    ("topics.yaml", "- slug:", "slug:", "topics.yaml: –: –: cannot be read"),
    ("events/undated.yaml", "state: draft", "state: Draft", "E1: state: “Draft” is none"),
    ("events/2022.yaml", "number: E22", "number: E22x", "“E22x” is not E and a number"),
    ("events/2022.yaml", "- S39", "- {source: S39, statement: nonsense}", "E22: sources 1: statement:"),
    ("events/2022.yaml", "- S39", "- {source: S39, page: 7}", "sources 1: page: is not a field of this kind"),
    (
        "events/2022.yaml",
        "participants:\n  - person: sahiba-gafarova\n",
        "participants:\n  - karimov\n  - person: sahiba-gafarova\n",
        "must be a row with named fields",
    ),
    ("events/2022.yaml", "topics:\n  - parliaments\n  - political-relations\n", "topics: parliaments\n", "E21: topics: must be a list"),
    ("events/2022.yaml", "slug: state-visit-ilham", "slug: first\n  slug: state-visit-ilham", "slug stands twice in one row"),
    (
        "events/2022.yaml",
        "slug: state-visit-ilham-aliyev-uzbekistan-2022",
        "slug: milli-majlis-delegation-uzbekistan-2022",
        "stands in the files twice",
    ),
    ("trade_figures.csv", "T1,az,uz", "T1,AZ,qq", "trade_figures.csv: T1: reporter:"),
    ("events/2022.yaml", "kind: state-visit\n", 'kind: state-visit\n  editor_note: "a\\0b"\n', "holds a NUL character"),
    ("events/2022.yaml", "series: state-visits", "ordinal: 3", "events/2022.yaml: E22: –: breaks a rule of the database"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "said"), SPOILT)
def test_fault_is_named_and_nothing_is_written(content, empty_record, capsys, file, right, wrong, said):
    path = content / file
    path.write_text(path.read_text().replace(right, wrong, 1))
    with pytest.raises(CommandError, match="nothing was written"):
        call_command("load_record", content=content, verbosity=0)
    assert said in capsys.readouterr().err
    assert not Source.objects.exists()


def test_entry_that_may_not_be_published_stops_the_whole_load(content, empty_record, capsys):
    path = content / "agreements" / "2024.yaml"
    text = path.read_text()
    start = text.index("  parties:\n")
    end = text.index("\n  ", text.index("\n  renewal", start) - 1) if "\n  renewal" in text[start:] else len(text)
    path.write_text(text[:start] + text[end + 1 :])
    with pytest.raises(CommandError):
        call_command("load_record", content=content, verbosity=0)
    assert "state:" in capsys.readouterr().err
    assert not Source.objects.exists()


def test_shipped_files_have_no_fault():
    assert Content(settings.BASE_DIR / "content").check() == []
