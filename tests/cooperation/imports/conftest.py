"""What tests of imports share: a source of their own, a file on disk, and the ways to read and to import it."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command

from cooperation.imports.examine import examine
from cooperation.imports.rows import Terms
from cooperation.imports.stage import Stage
from tests.factories import SourceFactory

RELEASED = datetime.date(2024, 5, 31)
TODAY = datetime.date(2026, 11, 24)


def terms(**changes):
    """Terms under which a file without a source and a day of its own can be read."""
    return Terms(**{"source_id": 12, "released_on": RELEASED, "today": TODAY, **changes})


def examined(content, **changes):
    """What the bytes of a file would change."""
    with Stage() as stage:
        return examine(stage, io.BytesIO(content), terms(**changes))


@pytest.fixture
def source(db):
    return SourceFactory(publisher="United Nations", kind="statistics")


@pytest.fixture
def run(source, tmp_path, capsys):
    """Import bytes by the command; returns what it said, refusals included."""

    def _run(content, *, released_on=RELEASED, **options):
        path = tmp_path / "trade.csv"
        path.write_bytes(content)
        try:
            call_command("import_trade", path, source=source.code, released_on=released_on, **options)
        except CommandError as error:
            return "".join(capsys.readouterr()) + str(error)
        return "".join(capsys.readouterr())

    return _run
