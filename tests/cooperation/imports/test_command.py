"""The command: what it refuses, and what is left when it is killed."""

import io
import os
import signal
import subprocess
import sys
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from cooperation.imports.carry_out import NotCarriedOut, carry_out
from cooperation.imports.examine import examine
from cooperation.imports.stage import JUDGED, READY, STAGED, Stage
from cooperation.models import TradeFigure, TradeImport
from tests.cooperation.imports.conftest import terms
from tests.cooperation.imports.files import comtrade, comtrade_row
from tests.factories import TradeFigureFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"source": "S99999"}, "There is no source 99999"),
        ({"source": "abc"}, "is not the number of a source"),
        ({"by": "nobody"}, "There is no user nobody"),
    ],
)
def test_unknown_source_and_user_are_refused(tmp_path, options, sentence):
    path = tmp_path / "trade.csv"
    path.write_bytes(comtrade(comtrade_row()))
    with pytest.raises(CommandError, match=sentence):
        call_command("import_trade", path, **options)


@pytest.mark.django_db
def test_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_trade", tmp_path / "none.csv")


@pytest.mark.django_db
def test_import_that_was_overtaken_writes_nothing(tmp_path, source):
    """Figures added between the comparison and the writing make the comparison void."""
    path = tmp_path / "trade.csv"
    path.write_bytes(comtrade(comtrade_row()))
    with path.open("rb") as file, Stage() as stage:
        examine(stage, file, terms(source_id=source.pk))
        TradeFigureFactory(source=source, year=2001)
        with pytest.raises(NotCarriedOut, match="meanwhile"):
            carry_out(TradeImport(digest="x"), stage, by=None)
    assert TradeFigure.objects.filter(source=source).count() == 1
    assert not TradeImport.objects.exists()


@pytest.mark.django_db
def test_stored_import_is_carried_out_once_whoever_asks(source):
    """Two editors confirm at the same moment: both have read it as not carried out yet."""
    kept = TradeImport.objects.create(digest="x")
    second = TradeImport.objects.get(pk=kept.pk)
    with Stage() as stage:
        examine(stage, io.BytesIO(comtrade(comtrade_row())), terms(source_id=source.pk))
        carry_out(kept, stage, by=None)
        with pytest.raises(NotCarriedOut, match="already"):
            carry_out(second, stage, by=None)
    assert TradeFigure.objects.filter(source=source).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("table", [STAGED, JUDGED, READY])
def test_refused_import_leaves_no_table_behind(source, table):
    """The connection of a web worker lives on after the request."""
    with Stage() as stage:
        examine(stage, io.BytesIO(comtrade(comtrade_row(value="-1"))), terms(source_id=source.pk))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table}")


PROGRAM = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "relations_site.settings"
import django
django.setup()
from django.core.management import call_command
from record import publishing
whole = publishing.insert_select
def slowly(*args, **kwargs):
    added = whole(*args, **kwargs)
    print("written", flush=True)
    sys.stdin.read()
    return added
if sys.argv[2] == "killed":
    publishing.insert_select = slowly
call_command("import_trade", sys.argv[1], source="S1", released_on=__import__("datetime").date(2024, 5, 31))
"""


@pytest.mark.one_engine
def test_killed_import_leaves_nothing_and_the_next_one_works(tmp_path):
    """A real process on a database of its own, held up after the writing and killed before the end of the transaction."""
    path = tmp_path / "trade.csv"
    path.write_bytes(comtrade(*(comtrade_row(code=f"{chapter:02}") for chapter in range(1, 70))))
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/own.sqlite3"}
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "-v0"], env=env, check=True)
    make = "from record.models import Source; Source.objects.create(number=1, publisher='UN', title='Table', language='en', side='third-party')"
    subprocess.run([*manage, "shell", "-v0", "-c", make], env=env, check=True)
    count = "from cooperation.models import *; print(TradeFigure.objects.count(), TradeImport.objects.count())"

    def counted():
        return subprocess.run([*manage, "shell", "-v0", "-c", count], env=env, capture_output=True, text=True, check=True).stdout.split()

    start = [sys.executable, "-c", PROGRAM, str(path)]
    child = subprocess.Popen([*start, "killed"], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert any("written" in line for line in child.stdout)
    child.send_signal(signal.SIGKILL)
    child.wait()
    time.sleep(0.1)
    assert counted() == ["0", "0"]
    subprocess.run([*start, "whole"], env=env, check=True, capture_output=True)
    assert counted() == ["69", "1"]
